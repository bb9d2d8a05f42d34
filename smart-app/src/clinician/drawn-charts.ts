import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import { type Measure, spanOf } from '../../../src/homework/log/measures-of.ts';
import { showsGoal } from '../../../src/homework/log/shows-goal.ts';
import { besideMeasures } from '../charts/beside-measures.ts';
import { type ToldTime, timesOf } from '../charts/told-times.ts';
import { measuresIn } from '../plan/measures-in.ts';
import { type Charted, goalsFirst } from './charted.ts';

/** A measure of a plan, and the times that it was to be done. */
export interface DrawnChart extends Charted {
  readonly measure: Measure;
  readonly times: readonly ToldTime[];
}

/**
 * The charts of each plan, each with what its kind says is drawn beside it right after it. Plans do not share a chart: the belief of
 * one is not that of another.
 */
export function drawnCharts(homework: PatientHomework, charted: readonly Charted[]): readonly DrawnChart[] {
  return charted.flatMap(({ view, logs }) => {
    const measures = ratedOften(homework, { view, logs });
    // of several ratings that one line tells it stands next to the first
    const after = besideMeasures(homework, logs).map(({ beside, measure }) => ({
      measure,
      first: measures.find(({ label }) => label.startsWith(beside)),
    }));
    return measures
      .flatMap((measure) => [measure, ...after.flatMap((beside) => (beside.first === measure ? [beside.measure] : []))])
      .map((measure) => ({ view, logs, measure, times: timesOf(view, { logs, measure, now: homework.now }) }));
  });
}

/** Measures of a plan that were rated more than once, and those that a goal names. */
function ratedOften(homework: PatientHomework, { view, logs }: Charted): readonly Measure[] {
  return goalsFirst(measuresIn(homework, logs), view).filter(
    (measure) => spanOf(measure).count > 1 || view.plan.goals.some((goal) => showsGoal(measure, goal)),
  );
}
