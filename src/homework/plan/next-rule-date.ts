import type { Assignment, Instant, PlanState } from '../model.ts';
import { dayStart } from '../schedule/day-end.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
import { partsOf } from './rule-parts.ts';

/** So long after it has begun a day is still to be judged where nobody can tell whether it was: five sweeps. */
const settledAfterMs = 300_000;

/**
 * When the next day begins for which a locked step waits, in the patient's zone; undefined: none does. In the past when that day has begun
 * and the step would be open by now, so that a change which judges no rule does not put off the sweep that does.
 */
export function nextRuleDate(state: PlanState, at: Instant): Instant | undefined {
  const { plan, assignments } = state;
  return assignments
    .filter(({ status, unlockedAt }) => status === 'draft' && unlockedAt === undefined)
    .flatMap((step) =>
      partsOf(step.unlock)
        .flatMap((part) => (part.type === 'on-date' ? [dayStart(part.date, plan.timeZone)] : []))
        .filter((begins) => begins > at || isUnjudged(state, step, begins, at)),
    )
    .sort()[0];
}

/** Whether a day that has begun may not have been judged yet. */
function isUnjudged({ plan, openSafetySignals }: PlanState, step: Assignment, begins: Instant, at: Instant): boolean {
  if (openSafetySignals > 0) return false;
  // whether the other parts of an `all` hold is not known here
  if (step.unlock.type === 'all') return Date.parse(at) - Date.parse(begins) < settledAfterMs;
  return stillOccurs(scheduleOf(step), at, plan);
}
