import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import { type Measure, spanOf } from '../../../src/homework/log/measures-of.ts';
import { measuresIn } from '../plan/summary.ts';

/** A plan and those of its logs that are looked at, in order of time. */
export interface Charted {
  readonly view: PlanView;
  readonly logs: readonly LogView[];
}

/** A measure that a goal of the plan names says most. */
export function goalsFirst(measures: readonly Measure[], { plan }: PlanView): readonly Measure[] {
  const named = new Set(plan.goals.map(({ measure }) => measure?.code));
  return measures.toSorted((measure, other) => Number(named.has(other.linkId)) - Number(named.has(measure.linkId)));
}

/**
 * What is drawn: of each plan the measures that were rated more than once, and those that a goal names. Plans do not share a
 * chart: the belief of one is not that of another.
 */
export function chartsOf(
  homework: PatientHomework,
  charted: readonly Charted[],
): readonly (Charted & { readonly measure: Measure })[] {
  return charted.flatMap(({ view, logs }) =>
    goalsFirst(measuresIn(homework, logs), view)
      .filter(
        (measure) => spanOf(measure).count > 1 || view.plan.goals.some((goal) => goal.measure?.code === measure.linkId),
      )
      .map((measure) => ({ view, logs, measure })),
  );
}
