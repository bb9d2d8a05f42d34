/** Days as models count them, with Temporal; it imports nothing of what they judge. */
import { Temporal } from 'temporal-polyfill';

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const calculated = new Map<string, string>();
/** What a calendar says is always the same; many histories ask it. */
function once(key: string, calculate: () => string): string {
  const known = calculated.get(key) ?? calculate();
  calculated.set(key, known);
  return known;
}

export const plus = (day: string, days: number): string =>
  once(`${day} + ${days}`, () => Temporal.PlainDate.from(day).add({ days }).toString());
export const between = (from: string, to: string): number =>
  Number(once(`${from} to ${to}`, () => String(Temporal.PlainDate.from(from).until(to).days)));
export const nameOf = (day: string): string => once(day, () => names[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? '');

/** Homework days of a zone, which begin at four in the morning. */
export class ModelCalendar {
  zone: string;

  constructor(zone: string) {
    this.zone = zone;
  }

  instant(day: string, hour = 4): string {
    return once(`${day} ${hour} ${this.zone}`, () => {
      const zoned = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: this.zone, plainTime: { hour } });
      return new Date(zoned.epochMilliseconds).toISOString();
    });
  }

  dayOf(at: string): string {
    let day = plus(at.slice(0, 10), -2);
    while (this.instant(plus(day, 1)) <= at) day = plus(day, 1);
    return day;
  }
}
