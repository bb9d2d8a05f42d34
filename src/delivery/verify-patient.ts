import type { Ehr } from '../ehr/open-ehr.ts';
import type { Queryable } from '../record/database/database.ts';

const verdict = `
insert into patient (tenant, id, state, checked_at) values ($1, $2, $3, $4)
on conflict (tenant, id) do update set state = excluded.state, checked_at = excluded.checked_at`;

/** Asks the EHR whether it knows a patient and keeps what it says; an EHR that does not answer leaves it open. */
export async function verifyPatient(
  database: Queryable,
  ehr: Ehr,
  patientId: string,
  now: Date,
): Promise<'known' | 'unknown' | 'unreachable'> {
  const answer = await ehr.verifyPatient(patientId);
  if (answer !== 'unreachable') {
    await database.query(verdict, [ehr.tenantId, patientId, answer === 'known' ? 'verified' : 'unknown', now]);
  }
  return answer;
}
