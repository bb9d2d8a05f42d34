import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { type Measure, type MeasureReading, spanOf } from '../../../src/homework/log/measures-of.ts';
import { showsGoal } from '../../../src/homework/log/shows-goal.ts';
import { measuresIn } from '../plan/measures-in.ts';
import { timesNotDone } from '../plan/said-done.ts';
import type { SinceVisit } from '../plan/since-visit.ts';
import { doneOf, isRunning } from '../plan/steps.ts';
import { doneWords } from '../words/done-words.ts';
import { isolate } from '../words/isolate.ts';
import { hasMoments, momentWords } from '../words/moment-words.ts';
import { writeMeasured } from '../words/numbers.ts';
import { goalsFirst } from './charted.ts';
import { useClinicianPages } from './clinician-context.ts';

/** Few sentences that would do if there were no time for more; each of the same time and the same plans as the lists below. */
export function Headline({ since }: { readonly since: SinceVisit }) {
  const { homework, plans } = useClinicianPages();
  const counts = plans.flatMap((view) => {
    const done = doneOf(view);
    if (done === undefined || (plans.length > 1 && !isRunning(view))) return [];
    const { what, count } = doneWords(view, done, timesNotDone(homework, view).length);
    const of = plans.length === 1 ? 'the plan' : `“${isolate(view.plan.title)}”`;
    return [` ${what === 'done' ? 'Done' : 'Logged'} of ${of}: ${count}.`];
  });
  const [change] = plans.flatMap((view) => {
    // a log that was written late tells of another time
    const ofThisTime = since.done.filter((done) => done.view === view && done.log.performedAt >= since.from);
    const measures = measuresIn(
      homework,
      ofThisTime.map(({ log }) => log),
    );
    return goalsFirst(measures, view).flatMap((measure) => {
      const { first, last } = spanOf(measure);
      if (first === last) return [];
      const of = plans.length === 1 ? '' : ` in “${isolate(view.plan.title)}”`;
      const which = whichRatings(view, measure);
      const from = `${writeMeasured(first, measure.unit, view.plan)}${which.first}`;
      const to = `${writeMeasured(last, measure.unit, view.plan)}${which.last}`;
      // which thought, or what else it is a measure of, stands in the words of its goal alone
      const goal = view.plan.goals.find((goal) => showsGoal(measure, goal));
      const why = goal === undefined ? '' : ` Its goal: “${isolate(goal.description)}”.`;
      return [` ${measure.label}${of} went ${last < first ? 'down' : 'up'} in this time, from ${from} to ${to}.${why}`];
    });
  });
  const count = (status: string) => since.notDone.filter(({ occurrence }) => occurrence?.status === status).length;
  const [missed, overdue] = [count('missed'), count('overdue')];
  return (
    <>
      {since.done.length === 0
        ? 'No logs in this time'
        : since.done.length === 1
          ? 'One log'
          : `${since.done.length} logs`}
      {missed > 0 ? `, ${missed} missed` : ''}
      {overdue > 0 ? `, ${overdue} overdue` : ''}.{counts.join('')}
      {change ?? ''}
    </>
  );
}

/**
 * Which ratings the two figures are, so that they are found in the chart and its table: before or after, and of which step where
 * these are two, as a harder one may well be rated higher.
 */
function whichRatings(
  { assignments, logs }: PlanView,
  measure: Measure,
): { readonly first: string; readonly last: string } {
  const { readings } = measure;
  const [first, last] = [readings[0], readings.at(-1) ?? readings[0]];
  const keyOf = ({ logId }: MeasureReading) => {
    const log = logs.find(({ id }) => id === logId);
    return assignments.find(({ id }) => id === log?.assignmentId)?.key;
  };
  const [firstKey, lastKey] = [keyOf(first), keyOf(last)];
  if (firstKey === undefined || lastKey === undefined || firstKey === lastKey) {
    const words = momentWords(measure);
    return { first: spaced(words.first), last: spaced(words.last) };
  }
  const at = ({ moment }: MeasureReading) => (hasMoments(measure) ? moment : 'in');
  return { first: ` ${at(first)} step ${firstKey}`, last: ` ${at(last)} step ${lastKey}` };
}

const spaced = (words: string): string => (words === '' ? '' : ` ${words}`);
