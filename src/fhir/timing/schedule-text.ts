import type { LibrarySchedule } from '../../homework/plan/library-plan.ts';
import type { Schedule } from '../../homework/schedule/schedule.ts';
import { enoughWords, scheduleWords } from '../../homework/schedule/schedule-words.ts';

/** A schedule as `Timing.code.text` says it, with days as FHIR writes them; of an event its own text, as it is read back. */
export function scheduleText(schedule: Schedule | LibrarySchedule): string {
  if (schedule.type === 'event') return schedule.text;
  const words = scheduleWords(schedule, { day: (date) => date, withStart: true });
  const enough = schedule.type === 'series' ? enoughWords(schedule) : undefined;
  return enough === undefined ? words : `${words}; ${enough}`;
}
