import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { keepStanding } from './keep-standing.ts';
import { patientMerged } from './patient-merged.ts';
import { readStanding } from './read-standing.ts';

/** Whether the EHR has said that it knows a patient; unverified: it could not be asked. */
export type PatientState = 'verified' | 'unverified';

/**
 * Asks the EHR whether it knows a patient under whose id something is about to be kept. While it cannot be asked, delivery
 * asks before the first write.
 * @throws `unknown-patient`, `patient-merged`
 */
export async function patientStateOf(
  record: HomeworkRecord,
  tenantId: string,
  patientId: string,
): Promise<PatientState> {
  const known = await readStanding(record.database, tenantId, patientId);
  if (known.movedTo !== undefined) throw patientMerged(patientId, known);
  const asked = await record.standingOf(tenantId, patientId);
  if (asked.answer === 'unknown') {
    throw new IntersessionError('unknown-patient', { patientId }, 'The EHR does not know this patient.');
  }
  if (asked.answer === 'unreachable') {
    if (known.state === 'merged') throw patientMerged(patientId, known);
    return 'unverified';
  }
  const { standing } = asked;
  await keepStanding(record.database, tenantId, patientId, { standing, from: 'plan', at: record.clock.now() });
  if (standing.state === 'merged') throw patientMerged(patientId, standing);
  return 'verified';
}

/** Notes the patient as one of whom homework is held. An EHR that is down now takes nothing back of what it said before. */
export async function keepPatient(
  tx: Queryable,
  tenantId: string,
  { patientId, state, at }: { readonly patientId: string; readonly state: PatientState; readonly at: Date },
): Promise<void> {
  await tx.query(
    `insert into patient (tenant, id, state, checked_at) values ($1, $2, $3, $4)
     on conflict (tenant, id) do update set state = excluded.state, checked_at = excluded.checked_at
     where excluded.state = 'verified' or patient.state <> 'verified'`,
    [tenantId, patientId, state, at],
  );
}
