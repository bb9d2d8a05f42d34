import type { PlanState } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';

/** The plan as if reports that a person kept out of the chart had not been filed: what they told is still to be told. */
export async function withoutWithdrawnReports(
  database: Queryable,
  tenantId: string,
  state: PlanState,
): Promise<PlanState> {
  if (state.reports.length === 0) return state;
  const { rows } = await database.query<{ id: string }>(
    `select id from ledger where tenant = $1 and artefact = 'report' and id = any($2) and state = 'withdrawn' and landed = 0`,
    [tenantId, state.reports.map(({ id }) => id)],
  );
  if (rows.length === 0) return state;
  const withdrawn = new Set(rows.map(({ id }) => id));
  return { ...state, reports: state.reports.filter(({ id }) => !withdrawn.has(id)) };
}
