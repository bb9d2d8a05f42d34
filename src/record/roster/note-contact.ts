import { randomUUID } from 'node:crypto';
import type { EhrReference } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';

export interface NoteContact {
  readonly patientId: string;
  readonly by: EhrReference;
  readonly note: string;
  /** ISO instant; absent: the patient stays on the list. */
  readonly snoozeUntil?: string;
}

/** Whether a tenant's record holds a plan of this patient. */
export async function holdsPatient(record: HomeworkRecord, tenantId: string, patientId: string): Promise<boolean> {
  const { rows } = await record.database.query<{ held: boolean }>(
    'select exists (select from plan where tenant = $1 and patient_id = $2) as held',
    [tenantId, patientId],
  );
  return rows[0]?.held === true;
}

/** Notes that someone was in touch with a patient, and until when the patient needs no further look. @throws `unknown-artefact` */
export async function noteContact(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, by, note, snoozeUntil }: NoteContact,
): Promise<void> {
  tenantOf(record, tenantId);
  if (!(await holdsPatient(record, tenantId, patientId))) throw unknownArtefact({ artefact: 'patient', id: patientId });
  const at = (await record.clockOf(tenantId)).now();
  await record.database.query(
    'insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until) values ($1, $2, $3, $4, $5, $6, $7)',
    [tenantId, randomUUID(), patientId, at, by, note, snoozeUntil],
  );
}
