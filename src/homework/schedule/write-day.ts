import type { Instant, LocalDate } from '../model.ts';
import { calendarDay } from './day-end.ts';
import { instantOf, wallOf } from './wall-clock.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon 2 Mar 2026` */
export function writeDate(date: LocalDate, withYear = true): string {
  const day = new Date(`${date}T00:00:00Z`);
  const year = withYear ? ` ${day.getUTCFullYear()}` : '';
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]}${year}`;
}

/** The calendar day of an instant in a zone. */
export function writeDay(at: Instant, timeZone: string, withYear = true): string {
  return writeDate(calendarDay(at, timeZone), withYear);
}

/** `Mon 2 Mar 10:00` */
export function writeTime(at: Instant, timeZone: string): string {
  const time = instantOf(wallOf(Date.parse(at), timeZone)).slice(11, 16);
  return `${writeDay(at, timeZone, false)} ${time}`;
}
