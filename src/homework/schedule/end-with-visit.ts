import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, LocalDate, PlanState } from '../model.ts';
import { withAssignment } from '../replace-in-state.ts';
import { addDays, dayStart } from './day-end.ts';
import { scheduleOf, withSchedule } from './schedule-of.ts';
import { seriesFrame, visitDay } from './series-frame.ts';

type WeekRules = Pick<HomeworkRules, 'weekBegins'>;

/** When the day of the next visit begins for a series that runs until then; undefined: it ends otherwise, or no visit is known. */
export function endsWithVisitAt(state: PlanState, assignment: Assignment, rules: WeekRules): Instant | undefined {
  const visit = endingVisit(state, assignment, rules);
  return visit === undefined ? undefined : dayStart(visit, state.plan.timeZone);
}

/** Writes the end of a series that runs until the next visit down as a date, once that day has begun: the visit after it changes nothing then. */
export function endWithVisit(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const schedule = scheduleOf(assignment);
  const visit = endingVisit(state, assignment, rules);
  if (schedule.type !== 'series' || visit === undefined || dayStart(visit, state.plan.timeZone) > at) return state;
  const ends = { type: 'on', date: addDays(visit, -1) } as const;
  return withAssignment(state, withSchedule(assignment, { ...schedule, ends }, at));
}

function endingVisit(state: PlanState, assignment: Assignment, rules: WeekRules): LocalDate | undefined {
  const schedule = scheduleOf(assignment);
  if (schedule.type !== 'series' || schedule.ends.type !== 'next-visit') return undefined;
  const frame = seriesFrame(state, assignment, rules);
  return frame && visitDay(state, assignment, frame.first);
}
