import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, LocalDate, Occurrence, PlanState } from '../model.ts';
import { isFresh } from '../plan/is-fresh.ts';
import { withOccurrence } from '../replace-in-state.ts';
import { addDays, dayEnd, dayOf, dayStart } from './day-end.ts';
import { passTime } from './open-occurrence.ts';
import { inOrderOfDay, partEnd } from './parts-of-day.ts';
import type { PartOfDay } from './schedule.ts';
import { askedOfWeek, asksOn, nextDay, nextWeek, weekOf } from './series-days.ts';
import { type SeriesFrame, seriesFrame } from './series-frame.ts';
import { takeBack } from './take-back.ts';
import { timesNow } from './times-now.ts';
import { lateAfter } from './times-of.ts';

/** So many days back at most are made up for when nothing was swept. */
const daysMadeUp = 400;

/** A day or a week that a series asks for, and what of it. */
interface Period {
  /** The day, or the first day of the whole week. */
  readonly day: LocalDate;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** One entry for each time. */
  readonly parts: readonly (PartOfDay | undefined)[];
}

/**
 * Fits the times of a series to what it asks for now: makes those whose window has opened since, in their order and each as what it is by
 * now, and takes back what is not begun and no longer asked for. Looks at the last day (or week) that was made and at those after it.
 * The same state when there is nothing to do.
 */
export function fitSeries(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const frame = seriesFrame(state, assignment, rules);
  if (frame === undefined) return state;
  const last = lastMade(state, assignment.id, frame);
  const fitted = isOpen(last, frame, at) ? fitPeriod(state, assignment, { frame, last, at, rules }) : state;
  const today = dayOf(at, frame.timeZone);
  const made: Occurrence[] = [];
  const { lastOrdinal } = timesNow(fitted, assignment.id);
  let left = leftToAsk(frame, fitted, assignment.id);
  let from = searchedFrom(last[0]?.day, frame, today);
  for (;;) {
    const period = left > 0 ? periodFrom(frame, from) : undefined;
    if (period === undefined || period.from > today) break;
    const parts = period.parts.slice(0, left);
    left -= parts.length;
    for (const part of parts)
      made.push(newTime(assignment, period, part, lastOrdinal + made.length + 1, { frame, at, rules }));
    from = addDays(period.day, frame.series.pattern.type === 'per-week' ? 7 : 1);
  }
  return made.length === 0 ? fitted : { ...fitted, occurrences: [...fitted.occurrences, ...made] };
}

/** The first day on which the next window of a series opens; undefined: none will. What is made already is not asked for again. */
export function nextOpening(
  state: PlanState,
  assignment: Assignment,
  at: Instant,
  rules: Pick<HomeworkRules, 'weekBegins'>,
): LocalDate | undefined {
  const frame = seriesFrame(state, assignment, rules);
  if (frame === undefined) return undefined;
  if (leftToAsk(frame, state, assignment.id) <= 0) return undefined;
  const [last] = lastMade(state, assignment.id, frame);
  return periodFrom(frame, searchedFrom(last?.day, frame, dayOf(at, frame.timeZone)))?.from;
}

/** The times of the last day or week that was made, of those that are asked for. */
function lastMade(state: PlanState, assignmentId: string, { since }: SeriesFrame): readonly Occurrence[] {
  const { own } = timesNow(state, assignmentId);
  const last: Occurrence[] = [];
  for (let index = own.length - 1; index >= 0; index -= 1) {
    const time = own[index];
    if (time === undefined || time.openedAt < since) break;
    if (time.superseded || time.day === undefined) continue;
    if (last[0] !== undefined && last[0].day !== time.day) break;
    last.unshift(time);
  }
  return last;
}

/** How many times were made of the series that a step has now: those of another schedule, or of weeks before days, are none of them. */
export function madeOfSeries(state: PlanState, assignment: Assignment): number {
  const frame = seriesFrame(state, assignment, {});
  return frame === undefined ? 0 : madeSince(state, assignment.id, frame);
}

function madeSince(state: Pick<PlanState, 'occurrences'>, assignmentId: string, { since }: SeriesFrame): number {
  const { own, asked } = timesNow(state, assignmentId);
  return since === '' ? asked.count : own.filter((time) => time.openedAt >= since && !time.superseded).length;
}

function leftToAsk(frame: SeriesFrame, state: PlanState, assignmentId: string): number {
  const { ends } = frame.series;
  return ends.type === 'after' ? ends.count - madeSince(state, assignmentId, frame) : Number.POSITIVE_INFINITY;
}

/** Where the search for the next day or week begins: what is too long ago is not made up for. */
function searchedFrom(made: LocalDate | undefined, frame: SeriesFrame, today: LocalDate): LocalDate {
  const [next, earliest] = [after(made, frame), addDays(today, -daysMadeUp)];
  return next > earliest ? next : earliest;
}

function after(made: LocalDate | undefined, { series, notBefore, weekBegins }: SeriesFrame): LocalDate {
  const isWeekly = series.pattern.type === 'per-week';
  const lower = isWeekly ? weekOf(notBefore, weekBegins) : notBefore;
  if (made === undefined) return lower;
  const next = addDays(isWeekly ? weekOf(made, weekBegins) : made, isWeekly ? 7 : 1);
  return next > lower ? next : lower;
}

/** The first day or week from there on of which anything is asked. */
function periodFrom(frame: SeriesFrame, from: LocalDate): Period | undefined {
  const period = anyPeriodFrom(frame, from);
  if (period === undefined) return undefined;
  // a week of which the days that are asked for were over before: no change of it asks for what has passed
  if (period.to < frame.notBefore) return periodFrom(frame, addDays(period.day, 7));
  if (frame.series.pattern.type === 'per-week') return period;
  const parts = notOver(period, frame);
  // all of its parts were over when the step opened
  return parts.length > 0 ? { ...period, parts } : periodFrom(frame, addDays(period.day, 1));
}

function anyPeriodFrom(frame: SeriesFrame, from: LocalDate): Period | undefined {
  const { series, first, weekBegins } = frame;
  const { pattern } = series;
  if (pattern.type === 'per-week') {
    const week = nextWeek(pattern.count, weekOf(from, weekBegins), first, frame);
    return week && { day: week.week, from: week.from, to: week.to, parts: Array(week.count).fill(undefined) };
  }
  const day = nextDay(series, from, frame);
  return day === undefined ? undefined : { day, from: day, to: day, parts: partsOf(frame) };
}

function partsOf({ series: { times } }: SeriesFrame): readonly (PartOfDay | undefined)[] {
  return times === undefined ? [undefined] : inOrderOfDay(times);
}

/** Without the parts of the day that were over when it was first asked for. */
function notOver({ day, parts }: Pick<Period, 'day' | 'parts'>, { askedFrom, timeZone }: SeriesFrame) {
  // most days begin long after
  if (day > addDays(askedFrom.slice(0, 10), 2)) return parts;
  return parts.filter((part) => part === undefined || partEnd(day, part, timeZone) > askedFrom);
}

interface Fitting {
  readonly frame: SeriesFrame;
  readonly at: Instant;
  readonly rules: HomeworkRules;
}

function newTime(
  { id, planId, patientId, lateGraceHours }: Assignment,
  { day, from, to }: Period,
  part: PartOfDay | undefined,
  ordinal: number,
  { frame: { timeZone, askedFrom }, at, rules }: Fitting,
): Occurrence {
  const begins = dayStart(from, timeZone);
  const dueUntil = dayEnd(to, timeZone);
  const lateUntil = lateAfter(dueUntil, { lateGraceHours }, timeZone, rules);
  const openedAt = begins < askedFrom && askedFrom < dueUntil ? askedFrom : begins;
  const made: Occurrence = {
    ...{ id: `${id}.${ordinal}`, assignmentId: id, planId, patientId, ordinal, status: 'due', day },
    ...(part === undefined ? {} : { part }),
    ...{ openedAt, dueUntil, lateUntil, lastModified: at },
  };
  return passTime(made, at);
}

/** Whether a day or week goes on: some time of it does, or the week goes on longer now than it did. */
function isOpen(last: readonly Occurrence[], frame: SeriesFrame, at: Instant): boolean {
  if (last.some(({ dueUntil }) => dueUntil > at)) return true;
  const label = frame.series.pattern.type === 'per-week' ? last[0]?.day : undefined;
  const week = label === undefined ? undefined : periodAt(frame, label);
  return week !== undefined && dayEnd(week.to, frame.timeZone) > at;
}

/** Fits the day or week that is open: what is missing of it is made, what is too much and not begun is taken back. */
function fitPeriod(
  state: PlanState,
  assignment: Assignment,
  { frame, last, at, rules }: Fitting & { readonly last: readonly Occurrence[] },
): PlanState {
  const label = last[0]?.day;
  if (label === undefined) return state;
  const period = periodAt(frame, label);
  const back = surplusOf(last, period).filter((time) => time.dueUntil > at && isFresh(state, time));
  const taken = takeBack(state, back, 'it is not asked for any more', at);
  if (period === undefined) return taken;
  const kept = last.filter((time) => !back.includes(time));
  const redated = redateWeek(taken, assignment, { kept, period, frame, at, rules });
  const { lastOrdinal } = timesNow(redated, assignment.id);
  const missing = missingOf(kept, period, frame).slice(0, Math.max(0, leftToAsk(frame, redated, assignment.id)));
  const made = missing.map((part, index) =>
    newTime(assignment, period, part, lastOrdinal + index + 1, { frame, at, rules }),
  );
  return made.length === 0 ? redated : { ...redated, occurrences: [...redated.occurrences, ...made] };
}

/** What is open of a week goes on until its last day as that is now; what is begun gets more time, never less. */
function redateWeek(
  state: PlanState,
  assignment: Assignment,
  { kept, period, frame, at, rules }: Fitting & { readonly kept: readonly Occurrence[]; readonly period: Period },
): PlanState {
  if (frame.series.pattern.type !== 'per-week') return state;
  const dueUntil = dayEnd(period.to, frame.timeZone);
  const lateUntil = lateAfter(dueUntil, assignment, frame.timeZone, rules);
  return kept
    .filter((time) => time.status === 'due' && time.dueUntil !== dueUntil)
    .filter((time) => time.dueUntil < dueUntil || isFresh(state, time))
    .reduce(
      (next, time) => withOccurrence(next, passTime({ ...time, dueUntil, lateUntil, lastModified: at }, at)),
      state,
    );
}

/** What is asked of the day or week with that name. */
function periodAt(frame: SeriesFrame, label: LocalDate): Period | undefined {
  const { series, first } = frame;
  if (series.pattern.type !== 'per-week') {
    const asked = asksOn(series, label, frame);
    return asked ? { day: label, from: label, to: label, parts: partsOf(frame) } : undefined;
  }
  const week = askedOfWeek(series.pattern.count, label, first, frame);
  return week && { day: label, from: week.from, to: week.to, parts: Array(week.count).fill(undefined) };
}

/** Those that are too many, the last first to go; of a day with parts those of other parts. */
function surplusOf(last: readonly Occurrence[], period: Period | undefined): readonly Occurrence[] {
  if (period === undefined) return last;
  const other = last.filter(({ part }) => !period.parts.includes(part));
  const fitting = last.filter(({ part }) => period.parts.includes(part));
  const open = fitting.filter(({ status }) => status === 'due');
  const tooMany = Math.max(0, fitting.length - period.parts.length);
  return [...other, ...(tooMany === 0 ? [] : open.slice(-tooMany))];
}

/** What is not there yet. Nothing where something else was done or begun on that day: it is asked for by the new parts from the next day on. */
function missingOf(
  kept: readonly Occurrence[],
  period: Period,
  frame: SeriesFrame,
): readonly (PartOfDay | undefined)[] {
  if (period.to < frame.notBefore || kept.some(({ part }) => !period.parts.includes(part))) return [];
  if (frame.series.pattern.type === 'per-week') return period.parts.slice(kept.length);
  return notOver(period, frame).filter((part) => !kept.some((time) => time.part === part));
}
