import type { PlanState } from '../../homework/model.ts';
import { changesSinceFiling } from '../../homework/report/changes-since-filing.ts';
import type { ReportWording } from '../../homework/report/report-frame.ts';
import { factKey } from '../../homework/report/told-facts.ts';
import type { UntoldChange } from '../../homework/report/untold-lines.ts';
import type { Queryable } from '../database/database.ts';
import { ledgerArtefact, pendingAddenda } from './pending-addenda.ts';
import type { writeReport } from './write-report.ts';

const inChartSql = `select c.key
  from jsonb_to_recordset($3::jsonb) as c(key text, artefact text, id text)
  join ledger l on l.tenant = $1 and l.plan_id = $2 and l.artefact = c.artefact and l.id = c.id
  where l.state = 'landed' and l.landed >= l.wanted and l.landing is distinct from 'app-only'`;

/**
 * What came in the time of a report and is not told by it, because it is about a time of which a filed one tells; and where each is
 * told. A reader would take the report's silence for nothing having come.
 * @param state without reports that were kept out
 */
export async function untoldInReport(
  database: Queryable,
  { tenantId, wording }: { readonly tenantId: string; readonly wording: ReportWording },
  state: PlanState,
  { from, to, content }: Pick<Awaited<ReturnType<typeof writeReport>>, 'from' | 'to' | 'content'>,
): Promise<readonly UntoldChange[]> {
  const told = new Set(content.told.map(factKey));
  // what came in the very instant in which the earlier one ended and was told there is no change
  const changes = changesSinceFiling(state).filter(
    (change) => change.changedAt >= from && change.changedAt <= to && !told.has(factKey(change)),
  );
  if (changes.length === 0) return [];
  const addenda = await pendingAddenda(database, { tenantId, wording }, state);
  const left = new Set(addenda.filter(({ because }) => because !== 'unknown').map(factKey));
  const { rows } = await database.query<{ key: string }>(inChartSql, [
    tenantId,
    state.plan.id,
    JSON.stringify(
      changes.map((change) => ({ key: factKey(change), artefact: ledgerArtefact[change.artefact], id: change.id })),
    ),
  ]);
  const inChart = new Set(rows.map(({ key }) => key));
  return changes.map((change): UntoldChange => {
    const key = factKey(change);
    const place = left.has(key) ? 'addendum' : inChart.has(key) ? 'chart' : 'nowhere';
    return { change: change.change, told: place };
  });
}
