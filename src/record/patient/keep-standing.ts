import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { Queryable } from '../database/database.ts';

/** Who read it. */
export type LearnedFrom = 'delivery' | 'launch' | 'coordinator' | 'plan' | 'integration';

// Nothing is kept of a patient of whom there is nothing to say, and a row is written only when something is new: whoever
// reads a patient may call this each time.
const keep = `
insert into patient_standing (tenant, patient_id, state, survivor_id, deceased, deceased_at, learned_at, learned_from)
select $1, $2::text, $3::text, $4::text, $5::boolean, $6::timestamptz, $7::timestamptz, $8::text
 where $3::text <> 'current' or $5::boolean or exists (select from patient_standing where tenant = $1 and patient_id = $2)
on conflict (tenant, patient_id) do update set state = excluded.state, survivor_id = excluded.survivor_id,
  deceased = excluded.deceased, deceased_at = excluded.deceased_at,
  learned_at = excluded.learned_at, learned_from = excluded.learned_from
where (patient_standing.state, patient_standing.survivor_id, patient_standing.deceased, patient_standing.deceased_at)
  is distinct from (excluded.state, excluded.survivor_id, excluded.deceased, excluded.deceased_at)`;

// The sweep counts anew what is overdue, also where the tenant's clock is pinned to another time.
const sweepSoon = `
update plan set sweep_at = 'epoch'
 where tenant = $1 and patient_id = $2 and status = 'active'`;

/** Keeps how a patient stands in the EHR, with when and from whom it was learned. @returns whether that is news */
export async function keepStanding(
  database: Queryable,
  tenantId: string,
  patientId: string,
  { standing, from, at }: { readonly standing: PatientStanding; readonly from: LearnedFrom; readonly at: Date },
): Promise<boolean> {
  const { state, survivorId = null, deceased } = standing;
  const parameters = [tenantId, patientId, state, survivorId, deceased !== undefined, deceased?.at ?? null, at, from];
  const { rowCount } = await database.query(keep, parameters);
  if (rowCount > 0) await database.query(sweepSoon, [tenantId, patientId]);
  return rowCount > 0;
}
