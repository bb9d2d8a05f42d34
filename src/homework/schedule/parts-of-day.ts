import type { Instant, LocalDate } from '../values.ts';
import { dayEnd, dayEndsAtHour } from './day-end.ts';
import { type PartOfDay, partsOfDay } from './schedule.ts';
import { instantOf, momentOf } from './wall-clock.ts';

/**
 * At which hour a part of the day is over. It decides what is still asked for on the day on which a step opens, and to which part a
 * log is tied that names none; each part can be done all day.
 */
const overAtHour: Readonly<Record<PartOfDay, number>> = {
  ...{ morning: 12, noon: 14, afternoon: 18, evening: 22, night: 24 + dayEndsAtHour },
};

/** When a part of a day is over. */
export function partEnd(day: LocalDate, part: PartOfDay, timeZone: string): Instant {
  if (part === 'night') return dayEnd(day, timeZone);
  const hour = String(overAtHour[part]).padStart(2, '0');
  return instantOf(momentOf(Date.parse(`${day}T${hour}:00:00Z`), timeZone));
}

/** The part of a homework day in which a moment lies. */
export function partAt(at: Instant, day: LocalDate, timeZone: string): PartOfDay {
  return partsOfDay.find((part) => at < partEnd(day, part, timeZone)) ?? 'night';
}

/** These parts in the order of the day, each once. */
export function inOrderOfDay(parts: readonly PartOfDay[]): readonly PartOfDay[] {
  return partsOfDay.filter((part) => parts.includes(part));
}
