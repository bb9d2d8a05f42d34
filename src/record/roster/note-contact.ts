import { randomUUID } from 'node:crypto';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Instant } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';

export interface NoteContact {
  readonly patientId: string;
  readonly by: EhrReference;
  readonly note: string;
  /** ISO instant; absent: the patient stays on the list. */
  readonly snoozeUntil?: string;
  /** The latest contact that was seen, null for none; absent: it does not matter. */
  readonly after?: string | null;
}

/** So long whoever noted a contact can take it back. */
const undoMs = 10 * 60_000;

/** Whether a tenant's record holds a plan of this patient. */
export async function holdsPatient(record: HomeworkRecord, tenantId: string, patientId: string): Promise<boolean> {
  const { rows } = await record.database.query<{ held: boolean }>(
    'select exists (select from plan where tenant = $1 and patient_id = $2) as held',
    [tenantId, patientId],
  );
  return rows[0]?.held === true;
}

/**
 * Notes that someone was in touch with a patient, and until when the patient needs no further look. Two at once are noted
 * one after the other, so that the second hears of the first where they say what they had seen. The same again by the same person,
 * who had seen the same, is no second one while it can be taken back: its answer was lost.
 * @throws `unknown-artefact`; `version-conflict` when somebody has noted another contact meanwhile
 */
export async function noteContact(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, by, note, snoozeUntil, after }: NoteContact,
): Promise<{ readonly id: string; readonly undoUntil: Instant }> {
  tenantOf(record, tenantId);
  if (!(await holdsPatient(record, tenantId, patientId))) throw unknownArtefact({ artefact: 'patient', id: patientId });
  const at = (await record.clockOf(tenantId)).now();
  const made = { id: randomUUID(), at };
  const noted = await record.database.transaction(async (tx) => {
    await tx.query('select from roster_patient where tenant = $1 and patient_id = $2 for update', [
      tenantId,
      patientId,
    ]);
    if (after !== undefined) {
      const [latest, before] = await latestContacts(tx, tenantId, patientId);
      const again = isSame(latest, { by, note, snoozeUntil }, at) && (before?.id ?? null) === after;
      if (latest !== undefined && again) return latest;
      if ((latest?.id ?? null) !== after) throw newerContact(patientId);
    }
    await tx.query(
      'insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until) values ($1, $2, $3, $4, $5, $6, $7)',
      [tenantId, made.id, patientId, at, by, note, snoozeUntil],
    );
    return made;
  });
  return { id: noted.id, undoUntil: new Date(new Date(noted.at).getTime() + undoMs).toISOString() };
}

interface Contact {
  readonly id: string;
  readonly at: Instant;
  readonly by: EhrReference;
  readonly note: string;
  readonly snoozeUntil: Instant | null;
  readonly endedAt: Instant | null;
}

/** The latest contact with a patient, and the one before. */
async function latestContacts(tx: Queryable, tenantId: string, patientId: string): Promise<readonly Contact[]> {
  const { rows } = await tx.query<Contact>(
    `select id, at, by_user as by, note, snooze_until as "snoozeUntil", ended_at as "endedAt"
     from contact where tenant = $1 and patient_id = $2 order by at desc, id desc limit 2`,
    [tenantId, patientId],
  );
  return rows;
}

function isSame(
  latest: Contact | undefined,
  { by, note, snoozeUntil }: Pick<NoteContact, 'by' | 'note'> & { readonly snoozeUntil: string | undefined },
  at: Date,
): boolean {
  if (latest === undefined || latest.endedAt !== null || latest.by !== by || latest.note !== note) return false;
  const until = (instant: string | null | undefined) => (instant == null ? null : Date.parse(instant));
  const age = at.getTime() - Date.parse(latest.at);
  return until(latest.snoozeUntil) === until(snoozeUntil) && age >= 0 && age <= undoMs;
}

function newerContact(patientId: string): IntersessionError {
  const fields = { id: patientId, expected: 0, actual: 1 };
  return new IntersessionError(
    'version-conflict',
    fields,
    'Somebody has noted another contact with this patient meanwhile.',
  );
}

export interface NamedContact {
  readonly contactId: string;
  readonly by: EhrReference;
}

/** Whose a contact is. @throws `unknown-artefact` */
export async function patientOfContact(record: HomeworkRecord, tenantId: string, contactId: string): Promise<string> {
  tenantOf(record, tenantId);
  const { rows } = await record.database.query<{ patientId: string }>(
    'select patient_id as "patientId" from contact where tenant = $1 and id = $2',
    [tenantId, contactId],
  );
  if (rows[0] === undefined) throw unknownContact(contactId);
  return rows[0].patientId;
}

/** Takes a contact back, as if it had never been noted: for whoever noted it, for ten minutes. @throws `unknown-artefact`, `not-supported` */
export async function undoContact(
  record: HomeworkRecord,
  tenantId: string,
  { contactId, by }: NamedContact,
): Promise<void> {
  tenantOf(record, tenantId);
  const since = new Date((await record.clockOf(tenantId)).now().getTime() - undoMs);
  const { rowCount } = await record.database.query(
    'delete from contact where tenant = $1 and id = $2 and by_user = $3 and at >= $4::timestamptz',
    [tenantId, contactId, by, since],
  );
  if (rowCount > 0) return;
  await patientOfContact(record, tenantId, contactId);
  throw new IntersessionError(
    'not-supported',
    { what: 'to take back this contact' },
    'A contact can be taken back by whoever noted it, for ten minutes.',
  );
}

/** Puts a patient who was set aside by this contact back on the list; the note stays. Said again, it changes nothing. @throws `unknown-artefact` */
export async function endSetAside(
  record: HomeworkRecord,
  tenantId: string,
  { contactId, by }: NamedContact,
): Promise<void> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now();
  const { rowCount } = await record.database.query(
    `update contact set ended_at = coalesce(ended_at, $3::timestamptz), ended_by = coalesce(ended_by, $4)
     where tenant = $1 and id = $2 and snooze_until is not null`,
    [tenantId, contactId, at, by],
  );
  if (rowCount === 0) throw unknownContact(contactId);
}

function unknownContact(id: string): IntersessionError {
  return unknownArtefact({ artefact: 'contact', id });
}
