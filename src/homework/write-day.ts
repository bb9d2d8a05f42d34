import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './model.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon 2 Mar 2026` */
export function writeDate(date: LocalDate, withYear = true): string {
  const { dayOfWeek, day, month, year } = Temporal.PlainDate.from(date);
  return `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]}${withYear ? ` ${year}` : ''}`;
}

/** The calendar day of an instant in a zone. */
export function writeDay(at: Instant, timeZone: string, withYear = true): string {
  return writeDate(Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString(), withYear);
}

/** `Mon 2 Mar 10:00` */
export function writeTime(at: Instant, timeZone: string): string {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainTime();
  return `${writeDay(at, timeZone, false)} ${time.toString({ smallestUnit: 'minute' })}`;
}
