import type { Assignment, EhrReference, Instant, PlanState } from '../model.ts';
import { assignmentById } from '../replace-in-state.ts';
import { scheduleOf, timesAsked } from '../schedule/schedule-of.ts';
import { keepChange } from './keep-change.ts';
import { ruleForCount } from './rule-for-count.ts';

/** Who decided a change, and why. */
export interface Decided {
  readonly by?: EhrReference | undefined;
  readonly reason?: string;
  readonly via?: string;
}

/**
 * Rules of steps that have not been open yet go with a step that was given another number of times: one that asks for all of its logs
 * asks for all of them still, and none for more than there will be.
 * @param before the step as it stood before
 */
export function followCount(state: PlanState, before: Assignment, decided: Decided, at: Instant): PlanState {
  const [was, is] = [timesAsked(scheduleOf(before)), timesAsked(scheduleOf(assignmentById(state, before.id)))];
  if (was === is) return state;
  return state.assignments.reduce((next, { id, status, unlockedAt, unlock }) => {
    const waits = status === 'draft' && unlockedAt === undefined;
    const fitted = waits ? ruleForCount(unlock, { after: before.key, was, is }) : unlock;
    return keepChange(next, { assignmentId: id, to: { unlock: fitted }, goesWith: before.key, ...decided }, at);
  }, state);
}
