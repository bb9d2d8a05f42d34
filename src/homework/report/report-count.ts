import { isLoggedNotDone, logsByTime, notDoneOfLogged } from '../log/told-not-done.ts';
import { writeNumber } from '../log/write-number.ts';
import type { Occurrence } from '../model.ts';
import { type CameTo, countDue, percentOf } from '../plan/count-due.ts';
import { countedAs, logsIn, type ReportFrame, saidIn } from './report-frame.ts';

/**
 * Done, of what was planned, with the denominator in words: `6 of 7 done (85.7 %), 5 on time, 1 late; 1 missed`; undefined when
 * nothing was due. Where a log says that it was not done, what was logged is called that, and how often it was not done.
 */
export function countWords(
  frame: ReportFrame,
  occurrences: readonly Occurrence[],
  withPercent: boolean,
): string | undefined {
  const { due, done, onTime, late, missed, overdue } = countDue(
    occurrences.map((occurrence) => countedAs(frame, occurrence)),
  );
  if (due === 0) return undefined;
  const how = [...(onTime > 0 ? [`${onTime} on time`] : []), ...(late > 0 ? [`${late} late`] : [])];
  const open = [...(missed > 0 ? [`${missed} missed`] : []), ...(overdue > 0 ? [`${overdue} overdue`] : [])];
  const percent = withPercent ? ` (${writeNumber(percentOf(done, due), frame.state.plan.language)} %)` : '';
  const logsOf = logsByTime(frame.state.logs);
  const notDone = occurrences.filter(
    (occurrence) =>
      countsAsLogged(countedAs(frame, occurrence)) &&
      isLoggedNotDone(occurrence, logsOf.get(occurrence.id) ?? [], saidIn(frame)),
  ).length;
  const of = `${done} of ${due} ${notDone === 0 ? 'done' : 'logged'}${percent}`;
  return [
    [of, ...how].join(', '),
    ...(notDone === 0 ? [] : [notDoneOfLogged({ notDone, logged: done })]),
    ...(open.length > 0 ? [open.join(', ')] : []),
  ].join('; ');
}

const countsAsLogged = (became: CameTo) => became === 'done' || became === 'late';

/** The same of the whole plan; what was made by mistake doesn't count. */
export function planCount(frame: ReportFrame): string | undefined {
  const { assignments, occurrences } = frame.state;
  const mistakes = assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id);
  return countWords(
    frame,
    occurrences.filter(({ assignmentId }) => !mistakes.includes(assignmentId)),
    true,
  );
}

/** The count as a report tells it. */
export function toldCount(frame: ReportFrame): string {
  const count = planCount(frame);
  if (count !== undefined) return `${count}.`;
  const logs = logsIn(frame).length;
  const unplanned = logs === 0 ? '' : ` ${logs === 1 ? '1 log was' : `${logs} logs were`} written all the same.`;
  return `nothing was due in this time.${unplanned}`;
}

/** The first line of a report: one sentence. */
export function reportHeadline(frame: ReportFrame): string {
  return `Homework between visits: ${toldCount(frame)}`;
}
