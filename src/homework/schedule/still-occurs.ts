import type { Instant, Schedule } from '../model.ts';
import { dayEnd } from './day-end.ts';
import { dated } from './schedule-of.ts';

/** Whether a schedule still has time left at `at`. */
export function stillOccurs(schedule: Schedule, at: Instant, timeZone: string): boolean {
  const day = dated(schedule, at, timeZone);
  return at < dayEnd(day.type === 'event' ? day.window.end : day.by, timeZone);
}
