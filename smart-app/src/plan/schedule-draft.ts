import type { Schedule } from '../../../src/homework/model.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import {
  type PartOfDay,
  partsOfDay,
  type Series,
  type SeriesEnd,
  type SeriesPattern,
  type Weekday,
  weekdays,
} from '../../../src/homework/schedule/schedule.ts';
import { type StepDays, suggestedDay } from './suggested-day.ts';

/** What a clinician chooses first: how often. Each pattern of a series is one of them. */
export type HowOften = Exclude<Schedule['type'], 'series'> | SeriesPattern['type'];

/** How often and by when, as it is being written: every field as it stands in its box. */
export interface ScheduleDraft {
  readonly how: HowOften;
  /** Of `once`. */
  readonly by: string;
  /** Of `once-within`. */
  readonly days: string;
  /** Of `event`: how many times of what, from when until when. */
  readonly count: string;
  readonly event: string;
  readonly start: string;
  readonly end: string;
  /** Of `event`: as people say it, where that is not made of the number and the event. */
  readonly text: string;
  /** Of `sessions`. */
  readonly sessions: string;
  /** Of a series: every so many days, or weeks. */
  readonly every: string;
  readonly everyWeeks: string;
  readonly weekdays: readonly Weekday[];
  readonly perWeek: string;
  /** None: once a day. */
  readonly parts: readonly PartOfDay[];
  /** Empty: from the day on which the step opens. */
  readonly from: string;
  readonly ends: SeriesEnd['type'];
  readonly endsOn: string;
  readonly endsAfter: string;
  /** Empty: nothing is said of it. */
  readonly enough: string;
}

/** How often and by when, as a draft. What it does not say stands there as a clinician would begin with it. */
export function scheduleDraft(schedule: Schedule, days: StepDays): ScheduleDraft {
  const { today } = days;
  const blank: ScheduleDraft = {
    how: 'once',
    by: suggestedDay(days),
    days: '7',
    ...{ count: '3', event: '', start: today, end: addDays(today, 14), text: '' },
    sessions: '5',
    ...{ every: '1', everyWeeks: '1', weekdays: ['mon', 'wed', 'fri'], perWeek: '3', parts: [] },
    ...{ from: '', ends: days.last === undefined ? 'open' : 'on', endsOn: days.last ?? addDays(today, 28) },
    ...{ endsAfter: '14', enough: '' },
  };
  switch (schedule.type) {
    case 'once':
      return { ...blank, by: schedule.by };
    case 'once-within':
      return { ...blank, how: 'once-within', days: String(schedule.days) };
    case 'event': {
      const { count, event, text, window } = schedule;
      return { ...blank, how: 'event', count: String(count), event, text, ...window };
    }
    case 'at-visit':
      return { ...blank, how: 'at-visit' };
    case 'sessions':
      return { ...blank, how: 'sessions', sessions: String(schedule.count) };
    case 'series':
      return { ...blank, ...seriesDraft(schedule) };
  }
}

function seriesDraft({ pattern, times = [], start = '', ends, enough }: Series): Partial<ScheduleDraft> {
  return {
    how: pattern.type,
    ...(pattern.type === 'days' ? { every: String(pattern.every) } : {}),
    ...(pattern.type === 'weekdays' ? { weekdays: pattern.days, everyWeeks: String(pattern.everyWeeks) } : {}),
    ...(pattern.type === 'per-week' ? { perWeek: String(pattern.count) } : {}),
    ...{ parts: times, from: start, ends: ends.type, enough: enough === undefined ? '' : String(enough) },
    ...(ends.type === 'on' ? { endsOn: ends.date } : {}),
    ...(ends.type === 'after' ? { endsAfter: String(ends.count) } : {}),
  };
}

/** The schedule that a draft says; only of one in which nothing is wrong. */
export function scheduleIn(draft: ScheduleDraft): Schedule {
  const { how } = draft;
  switch (how) {
    case 'once':
      return { type: 'once', by: draft.by };
    case 'once-within':
      return { type: 'once-within', days: Number(draft.days) };
    case 'event': {
      const { start, end, text } = draft;
      const [event, count] = [draft.event.trim(), Number(draft.count)];
      return {
        type: 'event',
        event,
        count,
        text: text.trim() === '' ? plainText(event, count) : text,
        window: { start, end },
      };
    }
    case 'at-visit':
      return { type: 'at-visit' };
    case 'sessions':
      return { type: 'sessions', count: Number(draft.sessions) };
    default:
      return seriesIn(draft, patternIn(draft, how));
  }
}

function patternIn(draft: ScheduleDraft, how: SeriesPattern['type']): SeriesPattern {
  if (how === 'days') return { type: 'days', every: Number(draft.every) };
  if (how === 'per-week') return { type: 'per-week', count: Number(draft.perWeek) };
  const days = weekdays.filter((day) => draft.weekdays.includes(day));
  return { type: 'weekdays', days, everyWeeks: Number(draft.everyWeeks) };
}

function seriesIn({ parts, from, enough, ...draft }: ScheduleDraft, pattern: SeriesPattern): Series {
  const times = partsOfDay.filter((part) => parts.includes(part));
  return {
    ...{ type: 'series', pattern },
    ...(times.length === 0 || pattern.type === 'per-week' ? {} : { times }),
    ...(from === '' ? {} : { start: from }),
    ends: endIn(draft),
    ...(enough === '' ? {} : { enough: Number(enough) }),
  };
}

function endIn({ ends, endsOn, endsAfter }: Pick<ScheduleDraft, 'ends' | 'endsOn' | 'endsAfter'>): SeriesEnd {
  if (ends === 'on') return { type: 'on', date: endsOn };
  return ends === 'after' ? { type: 'after', count: Number(endsAfter) } : { type: ends };
}

function plainText(event: string, count: number): string {
  return count === 1 ? `next ${event}` : `next ${count} ${event}s`;
}
