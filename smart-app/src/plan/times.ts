import type { Schedule } from '../../../src/homework/model.ts';
import { type Place, writeDate } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';

/** A schedule as people say it: `next three team meetings, Mon, Mar 2 to Fri, Mar 13`. */
export function scheduleWords(schedule: Schedule, place: Place): string {
  switch (schedule.type) {
    case 'event':
      return `${isolate(schedule.text)}, ${writeDate(schedule.window.start, place)} to ${writeDate(schedule.window.end, place)}`;
    case 'once':
      return `once, by ${writeDate(schedule.by, place)}`;
    case 'once-within':
      return schedule.days === 1 ? 'once, within a day of opening' : `once, within ${schedule.days} days of opening`;
  }
}
