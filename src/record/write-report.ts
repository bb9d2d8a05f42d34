import { type FileReport, nextReportVersion } from '../homework/file-report.ts';
import type { Instant, PlanState, Report } from '../homework/model.ts';
import { reportText } from '../homework/report-text.ts';
import { kindBySlug } from '../kinds/registry.ts';
import type { Queryable } from './database/database.ts';

/** Writes the text of a between-session report as it would be filed now; files nothing. */
export async function writeReport(
  database: Queryable,
  tenantId: string,
  state: PlanState,
  { id, from, to, at }: { readonly id: string; readonly from: Instant; readonly to: Instant; readonly at: Instant },
): Promise<Omit<FileReport, 'author'>> {
  const members = await membersOf(database, tenantId, state.plan.id);
  const report = { id, version: nextReportVersion(state, id), from, to, members };
  const wording = {
    summaryOf: (slug: string) => kindBySlug(slug).summary,
    kindTitle: (slug: string) => kindBySlug(slug).title,
  };
  return { ...report, text: reportText(state, { ...report, ...wording }, at) };
}

/** Everything of the plan that is wanted in the EHR, at the version it has now; the report stands for it there. A
 * safety signal is told at once, by a note of its own: no report stands for it. */
async function membersOf(database: Queryable, tenantId: string, planId: string): Promise<Report['members']> {
  const { rows } = await database.query<Report['members'][number]>(
    `select artefact, id, wanted as version from ledger
     where tenant = $1 and plan_id = $2 and artefact not in ('report', 'safety') and state <> 'withdrawn' order by artefact, id`,
    [tenantId, planId],
  );
  return rows;
}
