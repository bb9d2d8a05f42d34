import type { Instant, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { nextAddendumAt } from '../report/next-addendum-at.ts';
import { dayEnd } from '../schedule/day-end.ts';

/**
 * When time will next change something: the earliest end of a due day or of a late window still ahead of its occurrence,
 * or the end of the plan's period (its adherence is final then), if that is still to come at `at`; or the day's end at which
 * an addendum to a filed report is due. Undefined: nothing waits, or the plan doesn't run. May be in the past when the sweep is behind.
 */
export function nextSweepAt(state: PlanState, at: Instant): Instant | undefined {
  const { plan, occurrences } = state;
  // a note that has become wrong is corrected also after the plan is closed
  const addendum = nextAddendumAt(state, at);
  if (plan.status !== 'active' || hasDied(state, at)) return addendum;
  const periodEnd = plan.period.end === undefined ? undefined : dayEnd(plan.period.end, plan.timeZone);
  const waits = occurrences.map(({ status, dueUntil, lateUntil }) =>
    status === 'due' ? dueUntil : status === 'overdue' ? lateUntil : undefined,
  );
  const ahead = periodEnd !== undefined && periodEnd > at ? periodEnd : undefined;
  // what is undefined sorts last
  return [...waits, ahead, addendum].sort()[0];
}
