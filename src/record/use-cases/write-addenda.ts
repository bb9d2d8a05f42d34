import { defined } from '../../foundation/defined.ts';
import type { Instant, LocalDate, PlanState, Report } from '../../homework/model.ts';
import { addReport } from '../../homework/report/add-report.ts';
import { addendumContent } from '../../homework/report/addendum-content.ts';
import { markerOf } from '../../homework/report/report-content.ts';
import type { ReportWording } from '../../homework/report/report-frame.ts';
import { reportText } from '../../homework/report/report-text.ts';
import { addDays, dayEnd, dayOf } from '../../homework/schedule/day-end.ts';
import type { Queryable } from '../database/database.ts';
import { deriveId } from '../store/derive-id.ts';
import { ledgerArtefact, type PendingChange, pendingAddenda } from './pending-addenda.ts';
import { toldVersions } from './told-versions.ts';
import { withoutWithdrawnReports } from './without-withdrawn-reports.ts';

/**
 * The plan with an addendum to each filed report of whose time something came until the patient's last day ended: one a report
 * and day, so that doing it again adds nothing. The same state when there is nothing to tell.
 */
export async function writeAddenda(
  tx: Queryable,
  { tenantId, wording }: { readonly tenantId: string; readonly wording: ReportWording },
  state: PlanState,
  at: Instant,
): Promise<PlanState> {
  if (state.reports.length === 0) return state;
  const { timeZone } = state.plan;
  const standing = await withoutWithdrawnReports(tx, tenantId, state);
  const pending = (await pendingAddenda(tx, { tenantId, wording }, standing)).filter(
    ({ because, changedAt }) => because !== 'unknown' && dayEnd(dayOf(changedAt, timeZone), timeZone) <= at,
  );
  const day = addDays(dayOf(at, timeZone), -1);
  let next = state;
  for (const report of new Set(pending.map((change) => change.report))) {
    const id = deriveId('addendum', tenantId, report.id, day);
    if (state.reports.some((report) => report.id === id)) continue;
    const changes = pending.filter((change) => change.report === report);
    const members = await membersOf(tx, tenantId, standing, changes);
    next = fileAddendum(next, { id, report, changes, members, day, wording }, at);
  }
  return next;
}

interface Addendum {
  readonly id: string;
  readonly report: Report;
  readonly changes: readonly PendingChange[];
  readonly members: Report['members'];
  readonly day: LocalDate;
  readonly wording: ReportWording;
}

function fileAddendum(
  state: PlanState,
  { id, report, members, wording, ...addendum }: Addendum,
  at: Instant,
): PlanState {
  const marker = markerOf(id, 1);
  const content = addendumContent(state, { ...wording, ...addendum, report, members, marker, at });
  const { from, to, encounter } = report;
  return addReport(
    state,
    {
      ...{ id, version: 1, from, to, members, content, text: reportText(content), addendumTo: report.id },
      ...defined({ encounter }),
    },
    at,
  );
}

/** What changed, at the version it has now, where no report has told that version. */
async function membersOf(
  tx: Queryable,
  tenantId: string,
  { plan, reports, logs }: PlanState,
  changes: readonly PendingChange[],
): Promise<Report['members']> {
  const { rows } = await tx.query<Report['members'][number]>(
    `select artefact, id, wanted as version from ledger
     where tenant = $1 and plan_id = $2 and artefact <> 'report' and state <> 'withdrawn' order by artefact, id`,
    [tenantId, plan.id],
  );
  const named = new Set(changes.map(({ artefact, id }) => `${ledgerArtefact[artefact]}/${id}`));
  const logIds = changes.filter(({ artefact }) => artefact === 'log').map(({ id }) => id);
  const occurrences = new Set(logs.filter(({ id }) => logIds.includes(id)).map(({ occurrenceId }) => occurrenceId));
  const told = toldVersions(reports);
  return rows.filter(({ artefact, id, version }) => {
    const mine =
      named.has(`${artefact}/${id}`) ||
      (artefact === 'occurrence' && occurrences.has(id)) ||
      (artefact === 'measure' && logIds.some((logId) => id.startsWith(`${logId}.`)));
    return mine && version > (told.get(`${artefact}/${id}`) ?? 0);
  });
}
