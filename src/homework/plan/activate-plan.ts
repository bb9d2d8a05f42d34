import type { HomeworkRules } from '../homework-rules.ts';
import type { Instant, PlanState } from '../model.ts';
import { refuseClosedPlan } from '../replace-in-state.ts';
import { sweep } from './sweep.ts';

/**
 * Sets a draft in force: what may start at once unlocks. An active plan is returned as it is.
 * @throws IntersessionError `plan-closed`
 */
export function activatePlan(state: PlanState, at: Instant, rules: HomeworkRules): PlanState {
  refuseClosedPlan(state);
  if (state.plan.status === 'active') return state;
  return sweep({ ...state, plan: { ...state.plan, status: 'active' } }, at, rules);
}
