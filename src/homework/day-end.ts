import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './model.ts';

/** A day belongs to the evening before it until this hour: homework done at 1 a.m. is yesterday's. */
export const dayEndsAtHour = 4;

const toInstant = (zoned: Temporal.ZonedDateTime): Instant => new Date(zoned.epochMilliseconds).toISOString();

/** End of a local day: 04:00 on the day after, in `timeZone`, as an instant; right on days of 23 and 25 hours. */
export function dayEnd(date: LocalDate, timeZone: string): Instant {
  const next = Temporal.PlainDate.from(date).add({ days: 1 });
  return toInstant(next.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: dayEndsAtHour }) }));
}

/** Begin of a local day: 04:00 on that day, where the day before ends. */
export function dayStart(date: LocalDate, timeZone: string): Instant {
  return dayEnd(addDays(date, -1), timeZone);
}

/** The calendar day's first moment, usually midnight, without the 04:00 rule. */
export function midnight(date: LocalDate, timeZone: string): Instant {
  return toInstant(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }));
}

/** The local day an instant belongs to, by the 04:00 rule. */
export function dayOf(at: Instant, timeZone: string): LocalDate {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const date = zoned.toPlainDate();
  return (zoned.hour < dayEndsAtHour ? date.subtract({ days: 1 }) : date).toString();
}

/** The day so many days later; `days` may be negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** Adds a grace in hours: each whole 24 h is a local day (so it ends at 04:00 also when clocks change), the rest is elapsed time. */
export function addGrace(at: Instant, hours: number, timeZone: string): Instant {
  const days = Math.floor(hours / 24);
  const minutes = Math.round((hours - days * 24) * 60);
  return toInstant(Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).add({ days }).add({ minutes }));
}

/** Whether the runtime knows this IANA zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Whether this is a real calendar day written `2026-03-02`. */
export function isLocalDate(text: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
