import { rememberFew } from '../../foundation/remember-few.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, LocalDate, PlanState } from '../model.ts';
import { addDays, dayEnd, dayOf, dayStart } from './day-end.ts';
import type { ScheduleVersion } from './schedule.ts';
import { scheduleOf, unitOf } from './schedule-of.ts';
import type { AskingDays, BegunSeries } from './series-days.ts';

/** A series as it asks now: with all of its plan and its step that decides when. */
export interface SeriesFrame extends AskingDays {
  readonly series: BegunSeries;
  readonly timeZone: string;
  /** Since when times are counted as this series' own: its days (or weeks) are asked for without a break. */
  readonly since: Instant;
  /** The first day that is asked for. */
  readonly first: LocalDate;
  /** From when on something may be asked for: since it opened, went on, or was changed; on the day of it, of the parts that are not over. */
  readonly askedFrom: Instant;
  readonly notBefore: LocalDate;
}

/** undefined: the step asks by no series, or it has not opened. */
export function seriesFrame(
  state: Pick<PlanState, 'plan' | 'nextVisit'>,
  assignment: Assignment,
  rules: Pick<HomeworkRules, 'weekBegins'>,
): SeriesFrame | undefined {
  const series = scheduleOf(assignment);
  const openedAt = assignment.unlocked?.at ?? assignment.unlockedAt;
  if (series.type !== 'series' || openedAt === undefined) return undefined;
  const { timeZone, daysOff = [] } = state.plan;
  const begun = latest(openedAt, unbrokenSince(assignment.schedules));
  const opened = dayOf(begun, timeZone);
  const start = series.start ?? opened;
  const askedFrom = latest(begun, assignment.schedules.at(-1)?.from, assignment.pauses.at(-1)?.until);
  const first = start > opened ? start : opened;
  // no change of it and no pause asks for anything on a day that was before
  const goesOn = askedFrom === begun ? opened : dayOf(askedFrom, timeZone);
  const until = lastDayOfSeries(state, assignment, { ...series, start }, first);
  return {
    ...{ series: { ...series, start }, timeZone, since: unbrokenSince(assignment.schedules) ?? '' },
    ...{ first, askedFrom, notBefore: goesOn > first ? goesOn : first },
    weekBegins: rules.weekBegins ?? 'mon',
    ...(until === undefined ? {} : { until }),
    isOff: (day) =>
      daysOff.some(({ from, to }) => from <= day && day <= to) ||
      assignment.pauses.some((pause) => isWithin(day, pause, timeZone)) ||
      isLeftOut(day, timeZone),
  };
}

/** The last day of a series, by itself, by the next visit or by the plan's end; undefined: it goes on. */
function lastDayOfSeries(
  state: Pick<PlanState, 'plan' | 'nextVisit'>,
  assignment: Assignment,
  { ends }: BegunSeries,
  first: LocalDate,
): LocalDate | undefined {
  const own = ends.type === 'on' ? ends.date : undefined;
  const visit = ends.type === 'next-visit' ? visitDay(state, assignment, first) : undefined;
  const days = [own, visit === undefined ? undefined : addDays(visit, -1), state.plan.period.end];
  return days.filter((day) => day !== undefined).sort()[0];
}

/**
 * The day of the next visit; undefined: none is known. One on the day on which the step opened, or was given its schedule, is the one that
 * it was given in.
 */
export function visitDay(
  { plan: { timeZone }, nextVisit }: Pick<PlanState, 'plan' | 'nextVisit'>,
  { schedules }: Pick<Assignment, 'schedules'>,
  opened: LocalDate,
): LocalDate | undefined {
  if (nextVisit === undefined) return undefined;
  const day = dayOf(nextVisit, timeZone);
  const given = schedules.at(-1)?.from;
  return day > opened && (given === undefined || day > dayOf(given, timeZone)) ? day : undefined;
}

/** Since when the step has asked by days, or by weeks; undefined: it always did. */
function unbrokenSince(versions: readonly ScheduleVersion[]): Instant | undefined {
  const unit = unitOf(versions.at(-1)?.schedule);
  const broken = versions.findLastIndex(({ schedule }) => unitOf(schedule) !== unit);
  return broken === -1 ? undefined : versions[broken + 1]?.from;
}

/** Whether a day lay in a pause from its begin to its end. */
function isWithin(
  day: LocalDate,
  { from, until }: { readonly from: Instant; readonly until?: Instant },
  timeZone: string,
): boolean {
  // by the calendar first, for the clock is dear: no zone is a day and a half from UTC
  if (day < addDays(from.slice(0, 10), -2) || (until !== undefined && day > addDays(until.slice(0, 10), 2)))
    return false;
  return dayStart(day, timeZone) >= from && (until === undefined || dayEnd(day, timeZone) <= until);
}

/** A day that the zone has left out: it ends where it begins. Asked again with each sweep, and dear to calculate. */
const leftOut = rememberFew(5_000, (dayInZone) => {
  const day = dayInZone.slice(0, 10);
  const timeZone = dayInZone.slice(11);
  return { isLeftOut: dayStart(day, timeZone) >= dayEnd(day, timeZone) };
});

function isLeftOut(day: LocalDate, timeZone: string): boolean {
  return leftOut(`${day} ${timeZone}`).isLeftOut;
}

function latest(...instants: readonly (Instant | undefined)[]): Instant {
  return instants.reduce<Instant>((last, instant) => (instant !== undefined && instant > last ? instant : last), '');
}
