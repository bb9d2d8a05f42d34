import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { LocalDate, Occurrence, OccurrenceStatus } from '../../../src/homework/model.ts';
import { isLive } from '../../../src/homework/plan/is-live.ts';
import { addDays, daysBetween } from '../../../src/homework/schedule/day-end.ts';
import { inOrderOfDay } from '../../../src/homework/schedule/parts-of-day.ts';
import type { PartOfDay, Series, Weekday } from '../../../src/homework/schedule/schedule.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { asksOn, weekOf } from '../../../src/homework/schedule/series-days.ts';
import { type SeriesFrame, seriesFrame } from '../../../src/homework/schedule/series-frame.ts';
import { isRunning, occurrencesOf } from './steps.ts';

/** One time of a day, or of a week where any day will do. */
export interface WeekTime {
  /** Of an occurrence; one that is to come has none yet. */
  readonly id?: string;
  /** Absent: on any day of the week. */
  readonly day?: LocalDate;
  readonly part?: PartOfDay;
  readonly status: OccurrenceStatus | 'to-come';
}

export interface ThisWeek {
  readonly times: readonly WeekTime[];
  readonly done: number;
  /** Without what was excused or paused. */
  readonly asked: number;
}

/** The series that a step has, if it has one. */
export function seriesOf(step: StepView): Series | undefined {
  const schedule = scheduleOf(step);
  return schedule.type === 'series' ? schedule : undefined;
}

/**
 * A series in the week of `today`: what there is of it, and what is to come of it, by the days that the service asks by. Of the next
 * visit nothing is known here: what runs until then is to come on all of its days.
 * @param begins the day on which a week begins for this clinic
 */
export function thisWeek(view: PlanView, step: StepView, today: LocalDate, begins: Weekday = 'mon'): ThisWeek {
  const series = seriesOf(step);
  if (series === undefined) return { times: [], done: 0, asked: 0 };
  const first = weekOf(today, begins);
  const all = occurrencesOf(view, step.id).filter(({ superseded }) => superseded !== true);
  const { pattern } = series;
  const times: readonly WeekTime[] =
    pattern.type === 'per-week'
      ? ofAnyDay(all, today)
      : ofDays(all, {
          asking: isRunning(view) && isLive(step) ? seriesFrame(view, step, { weekBegins: begins }) : undefined,
          first,
          today,
        });
  const counted = times.filter(({ status }) => status !== 'excused' && status !== 'paused');
  const done = counted.filter(({ status }) => status === 'done' || status === 'late').length;
  return { times, done, asked: counted.length };
}

/** Of a week, whose occurrences are made together and name its first day; what was done stands first, whichever day that was. */
function ofAnyDay(all: readonly Occurrence[], today: LocalDate): readonly WeekTime[] {
  const known = all.filter(({ day }) => day !== undefined && day <= today && daysBetween(day, today) < 7);
  const place = ({ status }: WeekTime): number => ['done', 'late', 'due', 'overdue'].indexOf(status) + 1 || 9;
  return known.map(({ id, status }) => ({ id, status })).toSorted((one, other) => place(one) - place(other));
}

interface OfDays {
  /** How the series asks from now on; undefined: nothing of it is to come. */
  readonly asking: SeriesFrame | undefined;
  readonly first: LocalDate;
  readonly today: LocalDate;
}

function ofDays(all: readonly Occurrence[], { asking, first, today }: OfDays): readonly WeekTime[] {
  let left = asking === undefined ? 0 : leftToAsk(all, asking);
  return Array.from({ length: 7 }, (_, place) => addDays(first, place)).flatMap((day): readonly WeekTime[] => {
    const known = all.filter((occurrence) => occurrence.day === day);
    if (known.length > 0 || day <= today || asking === undefined || !asksOn(asking.series, day, asking))
      return known.map(({ id, status, part }) => ({ id, day, status, ...defined({ part }) }));
    const { times } = asking.series;
    const parts = (times === undefined ? [undefined] : inOrderOfDay(times)).slice(0, left);
    left -= parts.length;
    return parts.map((part) => ({ day, status: 'to-come', ...defined({ part }) }));
  });
}

/** How many times of a series are to come still, where it says how many there are in all. */
function leftToAsk(all: readonly Occurrence[], { series: { ends }, since }: SeriesFrame): number {
  if (ends.type !== 'after') return Number.POSITIVE_INFINITY;
  return Math.max(0, ends.count - all.filter(({ openedAt }) => openedAt >= since).length);
}
