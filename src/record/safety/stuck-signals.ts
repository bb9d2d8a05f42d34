import type { Queryable } from '../database/database.ts';

/**
 * Of a patient's safety signals those of which no copy is in the chart as it is now, and none is on its way there: each waits for
 * somebody, was refused, or is not taken there.
 * @returns their ids
 */
export async function stuckSignals(
  database: Queryable,
  tenantId: string,
  patientId: string,
): Promise<ReadonlySet<string>> {
  // a signal's copies are one landing group, named by it
  const { rows } = await database.query<{ id: string }>(
    `select substr(group_id, length('safety:') + 1) as id from ledger
      where tenant = $1 and patient_id = $2 and artefact = 'safety' group by group_id
     having not bool_or(state in ('pending', 'in-flight', 'awaiting-review'))
        and not bool_or(state = 'landed' and landed >= wanted and landing is distinct from 'app-only')`,
    [tenantId, patientId],
  );
  return new Set(rows.map(({ id }) => id));
}
