import type { Instant, Schedule } from '../model.ts';
import { dayEnd } from './day-end.ts';

/** Whether a schedule still has time left at `at`; one that runs from when it is opened always has. */
export function stillOccurs(schedule: Schedule, at: Instant, timeZone: string): boolean {
  if (schedule.type === 'once-within') return true;
  return at < dayEnd(schedule.type === 'event' ? schedule.window.end : schedule.by, timeZone);
}
