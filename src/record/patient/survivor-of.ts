import type { Queryable } from '../database/database.ts';

/** No chart was merged on more often; a chain that is longer is a circle, which `confirmMerge` refuses. */
export const longestChain = 20;

/**
 * Who a patient is now, by the merges that people have confirmed: the patient themself when there is none. A later merge
 * of the survivor is followed.
 */
export async function survivorOf(database: Queryable, tenantId: string, patientId: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `with recursive chain (id, step) as (
       select $2::text collate "C", 0
       union all
       select m.to_patient_id, c.step + 1 from chain c
         join patient_merge m on m.tenant = $1 and m.from_patient_id = c.id where c.step < ${longestChain}
     ) select id from chain order by step desc limit 1`,
    [tenantId, patientId],
  );
  return rows[0]?.id ?? patientId;
}

/** The ids that a patient had before, by confirmed merges, in order; empty for one into whom nobody was merged. */
export async function formerIdsOf(database: Queryable, tenantId: string, patientId: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `with recursive chain (id, step) as (
       select $2::text collate "C", 0
       union all
       select m.from_patient_id, c.step + 1 from chain c
         join patient_merge m on m.tenant = $1 and m.to_patient_id = c.id where c.step < ${longestChain}
     ) select distinct id from chain where step > 0 order by id`,
    [tenantId, patientId],
  );
  return rows.map(({ id }) => id);
}
