import type { Period, TaskInput, Timing } from 'fhir/r4';
import type { Schedule, ScheduleVersion } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { ourCodeSystems, ourExtensions, timeZoneExtension } from './systems.ts';
import { toTaskInput } from './task-input.ts';

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

function toTiming(schedule: Schedule, timeZone: string): Timing {
  const code = toConcept(ourCodeSystems.scheduleType, schedule.type, scheduleText(schedule));
  const zone = { extension: [{ url: timeZoneExtension, valueCode: timeZone }] };
  switch (schedule.type) {
    case 'event': {
      const { start, end } = schedule.window;
      return { repeat: { boundsPeriod: { start, _start: zone, end }, count: schedule.count }, code };
    }
    case 'once':
      return { repeat: { boundsPeriod: { end: schedule.by, _end: zone }, count: 1 }, code };
    case 'once-within': {
      const boundsDuration = { value: schedule.days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' };
      return { repeat: { boundsDuration, count: 1 }, code };
    }
  }
}

/** A schedule in words: an event's own text, else `once, by 2026-03-13`. */
export function scheduleText(schedule: Schedule): string {
  if (schedule.type === 'event') return schedule.text;
  if (schedule.type === 'once') return `once, by ${schedule.by}`;
  return `once, within ${schedule.days} ${schedule.days === 1 ? 'day' : 'days'} of unlocking`;
}

/** The last day of a schedule, once it is known. */
export function lastDay(schedule: Schedule | undefined): string | undefined {
  if (schedule?.type === 'event') return schedule.window.end;
  return schedule?.type === 'once' ? schedule.by : undefined;
}
