import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, PlanState, Report } from '../model.ts';
import { safetyRules } from '../safety/safety-signal.ts';
import { writeDay, writeTime } from '../schedule/write-day.ts';
import { changeFacts, changesSection } from './report-changes.ts';
import { reportHeadline, toldCount } from './report-count.ts';
import { logsIn, plain, type ReportFrame, type ReportOptions, reportFrame, saidIn } from './report-frame.ts';
import { logFacts, logSections } from './report-logs.ts';
import { keyMeasures } from './report-measures.ts';
import type { ReportContent, ReportSection } from './report-model.ts';
import { nextLines } from './report-next.ts';
import { feedbackSection, notDoneSection, otherFacts, withoutToldBarriers } from './report-not-done.ts';
import { stepsSection } from './report-steps.ts';
import { lastReport } from './told-facts.ts';

/**
 * The between-session report as data, most important first: one sentence of what was done of what was planned; safety
 * signals that are open, and those closed in its time; what was not done and why; measures first to last; each step; then what was logged, what is next, feedback, and what
 * it speaks of. It names nobody, and nothing that the patient does not share.
 */
export function reportContent(state: PlanState, options: ReportOptions): ReportContent {
  const frame = reportFrame(state, options);
  const { from, to, marker } = options;
  const { plan } = state;
  const { timeZone, language, title } = plan;
  const assignments = reportedSteps(state);
  const signals = signalsSection(frame);
  const notDone = notDoneSection(frame, assignments);
  const rest = [
    ...listSection('Change', keyMeasures(logsIn(frame), options, { language, timeZone })),
    ...stepsSection(frame, assignments),
    ...changesSection(frame, assignments),
    ...logSections(frame, assignments),
  ];
  const feedback = feedbackSection(frame);
  const news = [...signals, ...notDoneSection(withoutToldBarriers(frame), assignments), ...rest, ...feedback];
  return {
    language,
    headline: reportHeadline(frame),
    count: toldCount(frame),
    namesSignals: signals.length > 0,
    title: plain(title),
    period: `${writeDay(from, plan)} to ${writeDay(to, plan)} (${timeZone})`,
    date: to,
    // what is next is news in a plan's first report, which tells of the plan; later it stands beside what was
    ...(news.length === 0 && lastReport(state) !== undefined ? { nothing: true } : {}),
    sections: [
      ...signals,
      ...notDone,
      ...rest,
      ...listSection('Next', nextLines(state, assignments, { said: saidIn(frame), at: to })),
      ...feedback,
    ],
    members: memberLine(options.members),
    ...defined({ marker }),
    told: [...logFacts(frame, assignments), ...otherFacts(frame, assignments), ...changeFacts(frame, assignments)],
  };
}

/** The steps of a plan in their order, without those made by mistake. */
export function reportedSteps({ assignments }: PlanState): readonly Assignment[] {
  return [...assignments].filter(({ status }) => status !== 'entered-in-error').sort((a, b) => a.step - b.step);
}

export function markerOf(id: string, version: number): string {
  return `[IS:${id}:v${version}]`;
}

function listSection(title: string, lines: readonly string[]): readonly ReportSection[] {
  return lines.length === 0 ? [] : [{ title, entries: [{ lines }] }];
}

/** What is open, whenever it was raised; then what was raised or closed in the period and is closed. */
function signalsSection(frame: ReportFrame): readonly ReportSection[] {
  const { signals = [], from, to, state } = frame;
  const time = (at: Instant) => writeTime(at, state.plan);
  const open = signals
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ rule, raisedAt }) => `${safetyRules[rule]}: raised ${time(raisedAt)}, not closed yet`);
  const closed = signals.flatMap(({ rule, raisedAt, closedAt, closeReason }) => {
    if (closedAt === undefined || closedAt < from || raisedAt > to) return [];
    const reason = closeReason === undefined ? '' : `. Reason: ${plain(closeReason)}`;
    return [`${safetyRules[rule]}: raised ${time(raisedAt)}, closed ${time(closedAt)}${reason}`];
  });
  return [
    ...(open.length === 0 ? [] : [{ title: 'Open safety signals', urgent: true, entries: [{ lines: open }] } as const]),
    ...listSection('Closed safety signals', closed),
  ];
}

/** What a report speaks of: `plan/… log/…`. Measures go with their logs. */
export function memberLine(members: Report['members']): string {
  return members
    .filter(({ artefact }) => artefact !== 'measure')
    .map(({ artefact, id }) => `${artefact}/${id}`)
    .join(' ');
}
