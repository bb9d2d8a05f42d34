import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant, LocalDate, Schedule } from '../model.ts';
import { invalidRequest } from '../replace-in-state.ts';
import { type SeriesWithin, seriesFault } from './check-series.ts';
import { dayEnd, isLocalDate } from './day-end.ts';

/**
 * Refuses a schedule that can never be kept inside the plan's period from `at` on.
 * @param path where the schedule stands in the command, e.g. `assignments[2].schedule`
 * @throws IntersessionError `schedule-never-occurs`, its field under `path`; `invalid-request` for what isn't a day or a text
 */
export function checkSchedule(schedule: Schedule, path: string, within: SeriesWithin, at: Instant): void {
  const never = (field: string, problem: string): never => {
    throw new IntersessionError(
      'schedule-never-occurs',
      { field: `${path}.${field}`, problem },
      `${path}.${field} ${problem}`,
    );
  };
  const day = (field: string, date: LocalDate): void => {
    if (!isLocalDate(date)) throw invalidRequest(`${path}.${field}`, 'is not a day (YYYY-MM-DD)');
  };
  const past = (date: LocalDate) => dayEnd(date, within.timeZone) <= at;
  switch (schedule.type) {
    case 'once-within':
      if (!Number.isInteger(schedule.days) || schedule.days < 1) never('days', 'must be a whole number, at least 1');
      return;
    case 'once':
      day('by', schedule.by);
      if (schedule.by < within.start) never('by', 'is before the plan starts');
      if (within.end !== undefined && schedule.by > within.end) never('by', 'is after the plan ends');
      if (past(schedule.by)) never('by', 'is in the past');
      return;
    case 'event': {
      const { start, end } = schedule.window;
      if (schedule.event.trim() === '') throw invalidRequest(`${path}.event`, 'is empty');
      if (schedule.text.trim() === '') throw invalidRequest(`${path}.text`, 'is empty');
      day('window.start', start);
      day('window.end', end);
      if (!Number.isInteger(schedule.count) || schedule.count < 1) never('count', 'must be a whole number, at least 1');
      if (end < start) never('window.end', 'is before the window starts');
      if (end < within.start) never('window.end', 'is before the plan starts');
      if (within.end !== undefined && start > within.end) never('window.start', 'is after the plan ends');
      if (past(end)) never('window.end', 'is in the past');
      return;
    }
    case 'series': {
      const fault = seriesFault(schedule, within, at);
      if (fault?.shape) throw invalidRequest(`${path}.${fault.field}`, fault.problem);
      if (fault !== undefined) never(fault.field, fault.problem);
      return;
    }
    case 'sessions':
      if (!Number.isInteger(schedule.count) || schedule.count < 1) never('count', 'must be a whole number, at least 1');
      return;
    case 'at-visit':
  }
}
