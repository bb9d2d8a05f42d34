import { dayStart, isLocalDate } from '../../homework/schedule/day-end.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';

// Only of patients who have a plan here, and only what is news. Plans of whom it is are swept soon: what is due at the visit moves
// with it, and 'epoch' is before every clock, also a pinned one.
const keep = `
with told as (
  select patient_id, at from jsonb_to_recordset($2::jsonb) as visit (patient_id text, at timestamptz)
), news as (
  insert into next_visit (tenant, patient_id, at, learned_at)
  select $1, patient_id, at, $3::timestamptz from told
   where exists (select from plan where tenant = $1 and plan.patient_id = told.patient_id)
   order by patient_id
  on conflict (tenant, patient_id) do update set at = excluded.at, learned_at = excluded.learned_at
  where next_visit.at <> excluded.at
  returning patient_id
), soon as (
  update plan set sweep_at = 'epoch'
   where tenant = $1 and patient_id in (select patient_id from news) and status = 'active'
)
select count(*)::int as kept from news`;

/**
 * Keeps when patients next meet the clinician, as the EHR told of it: an ISO instant, or a day in the tenant's zone where it says no
 * time. Of whom it told nothing, what was known stays: it may plan visits in another way, or not let this person see them.
 * @returns of how many that is news
 */
export async function keepNextVisits(
  record: HomeworkRecord,
  tenantId: string,
  visits: ReadonlyMap<string, string>,
): Promise<number> {
  const { timeZone } = tenantOf(record, tenantId);
  if (visits.size === 0) return 0;
  const told = [...visits].map(([patient_id, start]) => ({
    patient_id,
    // a day of which no more is known begins as days of homework do, so that it is that day in the count, too
    at: isLocalDate(start) ? dayStart(start, timeZone) : start,
  }));
  const { rows } = await record.database.query<{ kept: number }>(keep, [
    tenantId,
    JSON.stringify(told),
    record.clock.now(),
  ]);
  return rows[0]?.kept ?? 0;
}
