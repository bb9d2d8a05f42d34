import { rememberFew } from '../../foundation/remember-few.ts';
import type { Instant, LocalDate } from '../model.ts';
import { dayMs, instantOf, momentOf, wallOf } from './wall-clock.ts';

/**
 * The one place that decides which homework day a moment belongs to, for the service and for the app: days are counted on the calendar of
 * the patient's zone, never in hours.
 */

/** A day belongs to the evening before it until this hour: homework done at 1 a.m. is yesterday's. */
export const dayEndsAtHour = 4;

const dayEndsMs = dayEndsAtHour * 3_600_000;

/** A calendar day as its midnight on a wall clock. @throws RangeError when it is none. */
const wallDay = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`);

const dateOf = (wall: number): LocalDate => instantOf(wall).slice(0, 10);

/** A service asks for the same few days again and again, and the clock of a zone is dear. */
const daysKept = 4_000;

const ends = rememberFew(daysKept, (dayInZone) => {
  const [date = '', timeZone = ''] = dayInZone.split(' ');
  return { at: instantOf(momentOf(wallDay(date) + dayMs + dayEndsMs, timeZone)) };
});

/** End of a local day: 04:00 on the day after, in `timeZone`, as an instant; right on days of 23 and 25 hours. */
export function dayEnd(date: LocalDate, timeZone: string): Instant {
  return ends(`${date} ${timeZone}`).at;
}

/** Begin of a local day: 04:00 on that day, where the day before ends. */
export function dayStart(date: LocalDate, timeZone: string): Instant {
  return dayEnd(addDays(date, -1), timeZone);
}

/** The calendar day's first moment, usually midnight, without the 04:00 rule. */
export function midnight(date: LocalDate, timeZone: string): Instant {
  return instantOf(momentOf(wallDay(date), timeZone));
}

/** The local day an instant belongs to, by the 04:00 rule: the one that has begun and not ended. */
export function dayOf(at: Instant, timeZone: string): LocalDate {
  const date = dateOf(wallOf(Date.parse(at), timeZone) - dayEndsMs);
  // the clock alone is not enough: set forward over four it shows a day that has not begun, set back over four one that has ended
  if (dayStart(date, timeZone) > at) return addDays(date, -1);
  return dayEnd(date, timeZone) > at ? date : addDays(date, 1);
}

/** The calendar day that the wall clock shows, without the 04:00 rule. */
export function calendarDay(at: Instant, timeZone: string): LocalDate {
  return dateOf(wallOf(Date.parse(at), timeZone));
}

/** The last day on which something is due whose time ends at `dueUntil`, which is four in the morning after it. */
export function dueDay(dueUntil: Instant, timeZone: string): LocalDate {
  return dayOf(instantOf(Date.parse(dueUntil) - 1), timeZone);
}

/** How many homework days are left until the last one on which it is due: 0 is today, 1 tomorrow, -2 was the day before yesterday. */
export function daysLeft(dueUntil: Instant, now: Instant, timeZone: string): number {
  return daysBetween(dayOf(now, timeZone), dueDay(dueUntil, timeZone));
}

/** The day so many days later; `days` may be negative. Never beyond the years 1 to 9999. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(wallDay(date) + days * dayMs);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (wallDay(to) - wallDay(from)) / dayMs;
}

/** Adds a grace in hours: each whole 24 h is a local day (so it ends at 04:00 also when clocks change), the rest is elapsed time. */
export function addGrace(at: Instant, hours: number, timeZone: string): Instant {
  const days = Math.floor(hours / 24);
  const ms = Date.parse(at);
  const dayLater = days === 0 ? ms : momentOf(wallOf(ms, timeZone) + days * dayMs, timeZone);
  return instantOf(dayLater + Math.round((hours - days * 24) * 60) * 60_000);
}

/** Whether the runtime knows this IANA zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return Number.isFinite(wallOf(0, timeZone));
  } catch {
    return false;
  }
}

/** Whether this is a real calendar day written `2026-03-02`. */
export function isLocalDate(text: string): boolean {
  const wall = wallDay(text);
  return Number.isFinite(wall) && dateOf(wall) === text;
}
