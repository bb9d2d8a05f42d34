import rrule from 'rrule';
import { Temporal } from 'temporal-polyfill';
import type { Series, Weekday } from '../../../src/homework/schedule/schedule.ts';

/** What a series is in the words of RFC 5545, by rrule: on which days, and nothing of zones. */
export function daysByRrule(
  { pattern, ends }: Series,
  start: string,
  { until, weekBegins = 'mon', off = [] }: { until: string; weekBegins?: Weekday; off?: readonly string[] },
): readonly string[] {
  const { RRule } = rrule;
  const of = {
    mon: RRule.MO,
    tue: RRule.TU,
    wed: RRule.WE,
    thu: RRule.TH,
    fri: RRule.FR,
    sat: RRule.SA,
    sun: RRule.SU,
  };
  const midnight = (day: string) => new Date(`${day}T00:00:00Z`);
  const last = ends.type === 'on' && ends.date < until ? ends.date : until;
  const frame = { dtstart: midnight(start), until: midnight(last), wkst: of[weekBegins] };
  if (pattern.type === 'per-week') throw new Error('RFC 5545 has no so many times a week');
  const rule =
    pattern.type === 'days'
      ? new RRule({ ...frame, freq: RRule.DAILY, interval: pattern.every })
      : new RRule({
          ...frame,
          freq: RRule.WEEKLY,
          interval: pattern.everyWeeks,
          byweekday: pattern.days.map((day) => of[day]),
        });
  const days = rule
    .all()
    .map((date) => date.toISOString().slice(0, 10))
    .filter((day) => !off.includes(day));
  return ends.type === 'after' ? days.slice(0, ends.count) : days;
}

/** The instant at which the wall clock of a zone shows this hour of a day, by Temporal. */
export function instantByTemporal(day: string, timeZone: string, hour = 4): string {
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour } });
  return new Date(zoned.epochMilliseconds).toISOString();
}

/** So many days later, by Temporal. */
export function dayByTemporal(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** 1 is Monday. */
export function weekdayByTemporal(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The same hour on the day after, on the wall clock of a zone. */
export function dayLaterByTemporal(at: string, timeZone: string): string {
  const later = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).add({ days: 1 });
  return new Date(later.epochMilliseconds).toISOString();
}
