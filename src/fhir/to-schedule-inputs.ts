import type { Period, TaskInput } from 'fhir/r4';
import type { Schedule, ScheduleVersion } from '../homework/model.ts';
import { toDateTime } from './date-time.ts';
import { ourExtensions } from './systems.ts';
import { toTaskInput } from './task-input.ts';
import { toTiming } from './timing/to-timing.ts';

/**
 * A version of an assignment's schedule as Task inputs: its Timing, and for an event-driven one the event's name; each
 * says in which Period it was in force, so that a logged occurrence can be judged by what held then.
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function toScheduleInputs(version: ScheduleVersion, timeZone: string): TaskInput[] {
  const { schedule } = version;
  const inForce = [{ url: ourExtensions.scheduleInForce, valuePeriod: toPeriod(version, timeZone) }];
  const timing = toTaskInput('schedule', { extension: inForce, valueTiming: toTiming(schedule, timeZone) });
  if (schedule.type !== 'event') return [timing];
  return [timing, toTaskInput('named-event', { extension: inForce, valueString: schedule.event })];
}

/** A Period of moments; open at its end when `until` is absent. */
export function toPeriod(span: { readonly from: string; readonly until?: string }, timeZone: string): Period {
  return {
    start: toDateTime(span.from, timeZone),
    ...(span.until !== undefined && { end: toDateTime(span.until, timeZone) }),
  };
}

/** The last day of a schedule, once it is known. */
export function lastDay(schedule: Schedule | undefined): string | undefined {
  if (schedule?.type === 'event') return schedule.window.end;
  if (schedule?.type === 'series' && schedule.ends.type === 'on') return schedule.ends.date;
  return schedule?.type === 'once' ? schedule.by : undefined;
}
