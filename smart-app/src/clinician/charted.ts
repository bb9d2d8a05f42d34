import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Measure } from '../../../src/homework/log/measures-of.ts';
import { showsGoal } from '../../../src/homework/log/shows-goal.ts';

/** A plan and those of its logs that are looked at, in order of time. */
export interface Charted {
  readonly view: PlanView;
  readonly logs: readonly LogView[];
}

/** A measure that a goal of the plan names says most. */
export function goalsFirst(measures: readonly Measure[], { plan }: PlanView): readonly Measure[] {
  const named = (measure: Measure) => Number(plan.goals.some((goal) => showsGoal(measure, goal)));
  return measures.toSorted((measure, other) => named(other) - named(measure));
}
