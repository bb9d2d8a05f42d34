import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { withOccurrence } from '../replace-in-state.ts';
import { dayEnd, dayOf, dayStart, dueDay } from './day-end.ts';
import { noEnd, scheduleOf } from './schedule-of.ts';
import { visitDay } from './series-frame.ts';
import { timesNow } from './times-now.ts';
import { lateAfter } from './times-of.ts';

/** Until when what is to be done for the next visit is due: until the end of its day; without end while none is known. */
export function visitTimes(
  state: Pick<PlanState, 'plan' | 'nextVisit'>,
  assignment: Assignment,
  openedAt: Instant,
  rules: HomeworkRules,
): { readonly dueUntil: Instant; readonly lateUntil: Instant } {
  const { timeZone } = state.plan;
  const visit = visitDay(state, assignment, dayOf(openedAt, timeZone));
  const dueUntil = visit === undefined ? noEnd : dayEnd(visit, timeZone);
  return { dueUntil, lateUntil: lateAfter(dueUntil, assignment, timeZone, rules) };
}

/** Follows a visit that was moved, called off or found, as long as the day that was known for it has not begun. */
export function followVisit(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (scheduleOf(assignment).type !== 'at-visit') return state;
  const { plan } = state;
  // one that is over by now is not the next one
  const ahead = state.nextVisit !== undefined && state.nextVisit > at ? { nextVisit: state.nextVisit } : {};
  return timesNow(state, assignment.id).open.reduce((next, time) => {
    const { status, dueUntil, openedAt, superseded } = time;
    const begun = dueUntil !== noEnd && at >= dayStart(dueDay(dueUntil, plan.timeZone), plan.timeZone);
    if (status !== 'due' || superseded || begun) return next;
    const times = visitTimes({ plan, ...ahead }, assignment, openedAt, rules);
    return times.dueUntil === dueUntil ? next : withOccurrence(next, { ...time, ...times, lastModified: at });
  }, state);
}
