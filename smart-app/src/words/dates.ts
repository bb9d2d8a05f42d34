import type { Instant, LocalDate } from '../../../src/homework/model.ts';
import { calendarDay, daysLeft, dueDay } from '../../../src/homework/schedule/day-end.ts';
import { noEnd } from '../../../src/homework/schedule/schedule-of.ts';
import { instantOf, momentOf, wallOf } from '../../../src/homework/schedule/wall-clock.ts';

/** How days and times are written: in whose zone, and in which language. */
export interface Place {
  readonly timeZone: string;
  readonly language: string;
}

/** Where a plan is carried out: its days and times are written so, whichever plan stands beside it. */
export function placeOf({ plan: { language, timeZone } }: { readonly plan: Place }): Place {
  return { language, timeZone };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(place: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${place.language} ${place.timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(place.language, { timeZone: place.timeZone, ...options });
  formats.set(name, made);
  return made;
}

/** `Mon, Mar 2` or `Mon, 2 Mar`, as the language has it. */
export function writeDay(at: Instant, place: Place): string {
  return format(place, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at));
}

/** The same, with its year where that is not the one it is now there. */
export function writeDayNear(at: Instant, now: Instant, place: Place): string {
  const yearOf = (of: Instant) => calendarDay(of, place.timeZone).slice(0, 4);
  if (yearOf(at) === yearOf(now)) return writeDay(at, place);
  return format(place, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/** `Mon, Mar 2, 10:00 AM`. */
export function writeTime(at: Instant, place: Place): string {
  return format(place, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(
    new Date(at),
  );
}

/** A day under a chart, with the year where the chart runs through more than one: `Mar 2`. */
export function writeAxisDay(at: Instant, place: Place, withYear: boolean): string {
  const year = withYear ? ({ year: '2-digit' } as const) : {};
  return format(place, { day: 'numeric', month: 'short', ...year }).format(new Date(at));
}

/** The time of day alone: `10:00 AM`. */
export function writeTimeOfDay(at: Instant, place: Place): string {
  return format(place, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** `Mon, Mar 2, 2026, 10:00 AM`, for what outlasts the year. */
export function writeTimeWithYear(at: Instant, place: Place): string {
  return format(place, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit' },
  }).format(new Date(at));
}

/** A calendar day, which has no zone: `Mon, Mar 2`. */
export function writeDate(date: LocalDate, place: Place): string {
  return writeDay(`${date}T12:00:00.000Z`, { ...place, timeZone: 'UTC' });
}

/** The last day of what began on another, with its year where that is not the one it began in. */
export function writeLastDate(date: LocalDate, first: LocalDate, place: Place): string {
  return writeDayNear(`${date}T12:00:00.000Z`, `${first}T12:00:00.000Z`, { ...place, timeZone: 'UTC' });
}

/** With the year, for a birth date: `4 May 1991`. */
export function writeBirthDate(date: LocalDate, place: Place): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (!whole) return date;
  return format({ ...place, timeZone: 'UTC' }, { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(`${date}T12:00:00.000Z`),
  );
}

/** `due today`, `due tomorrow`, `due by Wed, Mar 11`, `was due Mon, Mar 9`. */
export function dueWords(dueUntil: Instant, now: Instant, place: Place): string {
  const left = daysLeft(dueUntil, now, place.timeZone);
  if (left === 0) return 'due today';
  if (left === 1) return 'due tomorrow';
  if (dueUntil === noEnd) return 'no day set';
  return `${left < 0 ? 'was due' : 'due by'} ${writeDate(dueDay(dueUntil, place.timeZone), place)}`;
}

/** The wall clock in that zone as `<input type="datetime-local">` has it: `2026-03-02T10:00`. */
export function toWallClock(at: Instant, timeZone: string): string {
  return instantOf(wallOf(Date.parse(at), timeZone)).slice(0, 16);
}

/** The instant of a wall clock in that zone; a time that a change to summer time leaves out is as much later as the change. */
export function fromWallClock(wallClock: string, timeZone: string): Instant | undefined {
  const wall = Date.parse(`${wallClock}Z`);
  return Number.isNaN(wall) ? undefined : instantOf(momentOf(wall - (wall % 60_000), timeZone));
}
