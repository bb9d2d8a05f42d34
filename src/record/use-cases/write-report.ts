import { defined } from '../../foundation/defined.ts';
import type { Instant, PlanState, Report } from '../../homework/model.ts';
import { type AddReport, nextReportVersion } from '../../homework/report/add-report.ts';
import { markerOf, reportContent } from '../../homework/report/report-content.ts';
import { endedInItsMinute, type ReportWording } from '../../homework/report/report-frame.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { reportText } from '../../homework/report/report-text.ts';
import type { Actor } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import { readSignals } from '../safety/read-signals.ts';
import { seenSignals } from '../safety/seen-signal.ts';
import { seesOnly, seesSafety } from '../store/own-reach.ts';
import { ledgerArtefact, type PendingChange, pendingAddenda } from './pending-addenda.ts';
import { toldVersions } from './told-versions.ts';
import { withoutWithdrawnReports } from './without-withdrawn-reports.ts';

interface ReportToWrite {
  readonly id: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Who files it and is answered its text: it tells the safety signals that they may see; default: all of the patient's. */
  readonly actor?: Actor;
  readonly wording: ReportWording;
  /** It is only read: it stands for nothing in the EHR, and names no members. */
  readonly isPreview?: true;
}

/** Writes a between-session report as it would be filed now; files nothing. */
export async function writeReport(
  database: Queryable,
  tenantId: string,
  given: PlanState,
  { id, from, to, wording, actor, isPreview }: ReportToWrite,
): Promise<Omit<AddReport, 'author'> & { readonly content: ReportContent }> {
  const version = nextReportVersion(given, id);
  const state = await withoutWithdrawnReports(database, tenantId, given);
  const left = (await pendingAddenda(database, { tenantId, wording }, state)).filter(
    (change) => !coveredBy({ from, to }, change, state),
  );
  const members = isPreview ? [] : await membersOf(database, tenantId, state, { id, to, left });
  const told = { patientId: state.plan.patientId, owner: actor && seesOnly(actor) } as const;
  const found = actor === undefined || seesSafety(actor) ? await readSignals(database, tenantId, told) : [];
  // since when, as far as its own evidence says: a system is not told by a report when others raised it
  const signals = actor === undefined ? found : await seenSignals({ database, actor }, tenantId, found);
  const content = reportContent(state, {
    ...wording,
    ...{ from, to, members, marker: markerOf(id, version) },
    leftToAddenda: new Set(left.map(({ artefact, id: of }) => `${artefact}/${of}`)),
    signals: signals.map(({ rule, raisedAt, closedAt, closeReason }) => ({
      ...{ rule, raisedAt },
      ...defined({ closedAt, closeReason }),
    })),
  });
  return { id, version, from, to, members, content, text: reportText(content) };
}

/** Whether a report tells a change itself, because it speaks of that time again. */
function coveredBy(
  { from, to }: Pick<ReportToWrite, 'from' | 'to'>,
  { artefact, id, report }: PendingChange,
  { logs }: PlanState,
): boolean {
  if (artefact !== 'log') return from <= report.from && to >= report.to;
  const log = logs.find((log) => log.id === id);
  if (log === undefined) return false;
  return (log.performedAt > from && log.performedAt <= to) || (report.to === from && endedInItsMinute(from, log));
}

/**
 * The plan, and everything of it that is wanted in the EHR at a version that no other standing report has told; the report stands for it
 * there. Not what an addendum will tell, nor what came after its time, nor what is still being written. A safety signal is told at once,
 * by a note of its own: no report stands for it.
 */
async function membersOf(
  database: Queryable,
  tenantId: string,
  { plan, reports, logs, barriers, feedback }: PlanState,
  { id: own, to, left }: { readonly id: string; readonly to: Instant; readonly left: readonly PendingChange[] },
): Promise<Report['members']> {
  const { rows } = await database.query<Report['members'][number]>(
    `select artefact, id, wanted as version from ledger
     where tenant = $1 and plan_id = $2 and artefact not in ('report', 'safety') and state <> 'withdrawn' order by artefact, id`,
    [tenantId, plan.id],
  );
  const untold = new Set([
    ...left.map(({ artefact, id }) => `${ledgerArtefact[artefact]}/${id}`),
    ...logs
      .filter(({ status, performedAt }) => status === 'in-progress' || performedAt > to)
      .map(({ id }) => `log/${id}`),
    ...barriers.filter(({ recordedAt }) => recordedAt > to).map(({ id }) => `measure/${id}`),
    ...feedback.filter(({ sentAt }) => sentAt > to).map(({ id }) => `feedback/${id}`),
  ]);
  // a later version of a report stands in the place of the one before
  const told = toldVersions(reports.filter(({ id }) => id !== own));
  const isNews = ({ artefact, id, version }: Report['members'][number]) =>
    artefact === 'plan' || version > (told.get(`${artefact}/${id}`) ?? 0);
  const untoldLogs = logs.map(({ id }) => id).filter((id) => untold.has(`log/${id}`));
  return rows.filter(
    ({ artefact, id, version }) =>
      isNews({ artefact, id, version }) &&
      !untold.has(`${artefact}/${id}`) &&
      !(artefact === 'measure' && untoldLogs.some((logId) => id.startsWith(`${logId}.`))),
  );
}
