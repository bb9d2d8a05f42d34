import type { Queryable } from '../database/database.ts';

/**
 * By id of each of a patient's safety signals whether it is stuck: no copy is in the chart as it is now, and none is on its way
 * there, as each waits, was refused or withdrawn, is not known to have arrived, or is not taken there.
 */
export async function stuckSignals(
  database: Queryable,
  tenantId: string,
  patientId: string,
): Promise<ReadonlyMap<string, boolean>> {
  // a signal's copies are one landing group, named by it
  const { rows } = await database.query<{ id: string; stuck: boolean }>(
    `select substr(group_id, length('safety:') + 1) as id,
       not bool_or(state in ('pending', 'in-flight', 'awaiting-review'))
         and not bool_or(state = 'landed' and landed >= wanted and landing is distinct from 'app-only') as stuck
     from ledger where tenant = $1 and patient_id = $2 and artefact = 'safety' group by group_id order by group_id`,
    [tenantId, patientId],
  );
  return new Map(rows.map(({ id, stuck }) => [id, stuck]));
}
