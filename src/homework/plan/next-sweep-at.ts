import type { Assignment, Instant, LocalDate, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { nextAddendumAt } from '../report/next-addendum-at.ts';
import { addDays, dayEnd, dayOf, dayStart } from '../schedule/day-end.ts';
import { endsWithVisitAt } from '../schedule/end-with-visit.ts';
import { nextOpening } from '../schedule/fit-series.ts';
import { noEnd, scheduleOf } from '../schedule/schedule-of.ts';
import { seriesFrame } from '../schedule/series-frame.ts';
import { openTimes } from '../schedule/times-now.ts';
import { isLive } from './is-live.ts';
import { nextRuleDate } from './next-rule-date.ts';

/**
 * When time will next change something: the earliest end of a due day or of a late window still ahead of its occurrence, the opening of
 * the next window of a series or its end with a visit, a day on which a rule opens a step, or the end of the plan's period (its
 * adherence is final then), if that is still to come at `at`; or the day's end at which an addendum to a filed report is due.
 * Undefined: nothing waits, or the plan doesn't run. May be in the past when the sweep is behind.
 */
export function nextSweepAt(state: PlanState, at: Instant): Instant | undefined {
  const { plan, assignments } = state;
  // a note that has become wrong is corrected also after the plan is closed
  const addendum = nextAddendumAt(state, at);
  if (plan.status !== 'active' || hasDied(state, at)) return addendum;
  const periodEnd = plan.period.end === undefined ? undefined : dayEnd(plan.period.end, plan.timeZone);
  const waits = openTimes(state).map(({ status, dueUntil, lateUntil }) => (status === 'due' ? dueUntil : lateUntil));
  const opens = assignments.flatMap((assignment) => openings(state, assignment, at));
  const ahead = periodEnd !== undefined && periodEnd > at ? periodEnd : undefined;
  // what is undefined sorts last
  const next = [...waits, ...opens, ahead, addendum, nextRuleDate(state, at)].sort()[0];
  return next === noEnd ? undefined : next;
}

function openings(state: PlanState, assignment: Assignment, at: Instant): readonly Instant[] {
  const { timeZone } = state.plan;
  const schedule = scheduleOf(assignment);
  if (schedule.type !== 'series' || !isLive(assignment)) return [];
  const visit = endsWithVisitAt(state, assignment, {});
  const { pattern } = schedule;
  // where a week begins only the tenant's rules know: the sweep looks each morning until the last day
  const byWeek = pattern.type === 'per-week' || (pattern.type === 'weekdays' && pattern.everyWeeks > 1);
  const opens = byWeek ? tomorrowOf(state, assignment, at) : nextOpening(state, assignment, at, {});
  return [...(opens === undefined ? [] : [dayStart(opens, timeZone)]), ...(visit === undefined ? [] : [visit])];
}

function tomorrowOf(state: PlanState, assignment: Assignment, at: Instant): LocalDate | undefined {
  const until = seriesFrame(state, assignment, {})?.until;
  const tomorrow = addDays(dayOf(at, state.plan.timeZone), 1);
  return until !== undefined && tomorrow > until ? undefined : tomorrow;
}
