import type { Instant, PlanState } from '../model.ts';
import { dayEnd, dayOf, daysBetween } from '../schedule/day-end.ts';
import { changesSinceFiling } from './changes-since-filing.ts';

/** Whether something is told in a note is known once delivery has looked at it; after a week it is asked no more by itself. */
const lookAgainDays = 7;

/**
 * When the addenda to filed reports are next to be written: at the end of the patient's day in which something came. What was not
 * written then is looked at again each day for a week, because the EHR may have been down.
 */
export function nextAddendumAt(state: PlanState, at: Instant): Instant | undefined {
  const { timeZone } = state.plan;
  let next: Instant | undefined;
  for (const { changedAt } of changesSinceFiling(state)) {
    const [changed, today] = [dayOf(changedAt, timeZone), dayOf(at, timeZone)];
    if (daysBetween(changed, today) > lookAgainDays) continue;
    const due = dayEnd(changed > today ? changed : today, timeZone);
    if (next === undefined || due < next) next = due;
  }
  return next;
}
