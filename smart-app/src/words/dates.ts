import type { Instant, LocalDate } from '../../../src/homework/model.ts';

/** How days and times are written: in whose zone, and in which language. */
export interface Place {
  readonly timeZone: string;
  readonly language: string;
}

const hourMs = 3_600_000;
/** A day of homework lasts until four in the morning. */
const dayEndsAfterMs = 4 * hourMs;

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

/** `Mon, Mar 2, 10:00 AM`. */
export function writeTime(at: Instant, place: Place): string {
  return format(place, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(
    new Date(at),
  );
}

/** A calendar day, which has no zone: `Mon, Mar 2`. */
export function writeDate(date: LocalDate, place: Place): string {
  return writeDay(`${date}T12:00:00.000Z`, { ...place, timeZone: 'UTC' });
}

/** With the year, for a birth date: `4 May 1991`. */
export function writeBirthDate(date: LocalDate, place: Place): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (!whole) return date;
  return format({ ...place, timeZone: 'UTC' }, { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(`${date}T12:00:00.000Z`),
  );
}

/** The calendar day in that zone. */
export function dayIn(at: Instant, timeZone: string): LocalDate {
  return format({ language: 'en-CA', timeZone }, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );
}

/** The day of homework that it is: at two in the morning still the evening's. */
export function homeworkDay(now: Instant, timeZone: string): LocalDate {
  return dayIn(new Date(Date.parse(now) - dayEndsAfterMs).toISOString(), timeZone);
}

/** The last day on which something is due whose time ends at `dueUntil`, which is four in the morning after it. */
export function dueDay(dueUntil: Instant, timeZone: string): LocalDate {
  return dayIn(new Date(Date.parse(dueUntil) - dayEndsAfterMs - 1).toISOString(), timeZone);
}

/** Days from one calendar day to another. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * hourMs));
}

/** A calendar day so many days later. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10);
}

/** `due today`, `due tomorrow`, `due by Wed, Mar 11`, `was due Mon, Mar 9`. */
export function dueWords(dueUntil: Instant, now: Instant, place: Place): string {
  const day = dueDay(dueUntil, place.timeZone);
  const ahead = daysBetween(homeworkDay(now, place.timeZone), day);
  if (ahead < 0) return `was due ${writeDate(day, place)}`;
  if (ahead === 0) return 'due today';
  return ahead === 1 ? 'due tomorrow' : `due by ${writeDate(day, place)}`;
}

/** The wall clock in that zone as `<input type="datetime-local">` has it: `2026-03-02T10:00`. */
export function toWallClock(at: Instant, timeZone: string): string {
  const parts = Object.fromEntries(
    format(
      { language: 'en-CA', timeZone },
      { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    )
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant of a wall clock in that zone; a time that a change to summer time leaves out is the one an hour later. */
export function fromWallClock(wallClock: string, timeZone: string): Instant | undefined {
  const asUtc = Date.parse(`${wallClock}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsetAt = (at: number): number => Date.parse(`${toWallClock(new Date(at).toISOString(), timeZone)}Z`) - at;
  const minute = asUtc - (asUtc % 60_000);
  const before = minute - offsetAt(minute);
  const settled = minute - offsetAt(before);
  return new Date(settled).toISOString();
}
