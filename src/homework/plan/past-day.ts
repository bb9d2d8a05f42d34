import type { Assignment, Instant, LocalDate } from '../model.ts';
import { scheduleOf } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';

/**
 * The last day of a locked step where it is over: whatever its rule says, only a clinician opens it then, with a new day.
 * Undefined: the step isn't locked, or has time left.
 */
export function pastDay(assignment: Assignment, at: Instant, timeZone: string): LocalDate | undefined {
  const schedule = scheduleOf(assignment);
  if (assignment.status !== 'draft' || stillOccurs(schedule, at, timeZone)) return undefined;
  return schedule.type === 'event' ? schedule.window.end : schedule.type === 'once' ? schedule.by : undefined;
}
