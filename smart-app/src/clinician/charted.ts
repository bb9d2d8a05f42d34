import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Measure } from '../../../src/homework/log/measures-of.ts';

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
