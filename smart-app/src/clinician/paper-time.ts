import type { Instant, LocalDate } from '../../../src/homework/model.ts';
import { calendarDay, midnight } from '../../../src/homework/schedule/day-end.ts';
import { fromWallClock, type Place, writeDate } from '../words/dates.ts';

/** What a paper says of when it was; empty: nothing. */
export interface PaperTime {
  readonly day: string;
  readonly time: string;
}

export type ReadTime = { readonly at: Instant } | { readonly field: 'day' | 'time'; readonly problem: string };

interface Bounds {
  readonly planStart: LocalDate;
  readonly now: Instant;
  readonly place: Place;
}

const noon = '12:00';

/** When it was, or what is wrong with it, and in which field. Without a time it is noon, or now where that is to come. */
export function readPaperTime({ day, time }: PaperTime, { planStart, now, place }: Bounds): ReadTime {
  if (day === '') return { field: 'day', problem: 'Please give the day that the paper says.' };
  const given = fromWallClock(`${day}T${time === '' ? noon : time}`, place.timeZone);
  if (given === undefined) return { field: 'day', problem: 'Please give the day as a date.' };
  const today = calendarDay(now, place.timeZone);
  if (day > today) return { field: 'day', problem: `This day is to come: today is ${writeDate(today, place)}.` };
  if (given < midnight(planStart, place.timeZone))
    return { field: 'day', problem: `This is before the plan began, on ${writeDate(planStart, place)}.` };
  if (given <= now) return { at: given };
  return time === '' ? { at: now } : { field: 'time', problem: 'This time is to come.' };
}
