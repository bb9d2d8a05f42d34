import type { LocalDate, Schedule } from '../../../src/homework/model.ts';
import { enoughWords, scheduleWords as words } from '../../../src/homework/schedule/schedule-words.ts';
import { type Place, writeDate } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';

/**
 * A schedule as people say it, its days in the reader's language: `next three team meetings, Mon, Mar 2 to Fri, Mar 13`, `each morning
 * and evening, until Tue, Mar 3; 5 of 7 is good`.
 */
export function scheduleWords(schedule: Schedule, place: Place): string {
  const day = (date: LocalDate) => writeDate(date, place);
  if (schedule.type === 'event')
    return `${isolate(schedule.text)}, ${day(schedule.window.start)} to ${day(schedule.window.end)}`;
  const said = words(schedule, { day, withStart: true });
  const enough = schedule.type === 'series' ? enoughWords(schedule) : undefined;
  return enough === undefined ? said : `${said}; ${enough}`;
}
