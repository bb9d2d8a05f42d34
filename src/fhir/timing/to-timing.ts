import type { Duration, Element, Extension, Timing, TimingRepeat } from 'fhir/r4';
import type { Schedule } from '../../homework/model.ts';
import type { LibrarySeries } from '../../homework/plan/library-plan.ts';
import type { Series, SeriesPattern } from '../../homework/schedule/schedule.ts';
import { toConcept } from '../concept.ts';
import { foreignCodeSystems, ourCodeSystems, ourExtensions, timeZoneExtension } from '../systems.ts';
import { scheduleText } from './schedule-text.ts';
import { whenOfPart } from './timing-words.ts';

/**
 * A schedule as a Timing, by `docs/engines/timing.md`. What a Timing has no word for stands in our own extension on it, whole; never
 * half of it in the Timing, where the half would be read as another whole. The name of an event is not in it.
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function toTiming(schedule: Schedule, timeZone: string): Timing {
  const code = toConcept(ourCodeSystems.scheduleType, schedule.type, scheduleText(schedule));
  const zone = { extension: [{ url: timeZoneExtension, valueCode: timeZone }] };
  switch (schedule.type) {
    case 'event': {
      const { start, end } = schedule.window;
      return { repeat: { boundsPeriod: { start, _start: zone, end }, count: schedule.count }, code };
    }
    case 'once':
      return { repeat: { boundsPeriod: { end: schedule.by, _end: zone }, count: 1 }, code };
    case 'once-within':
      return { repeat: { boundsDuration: toDays(schedule.days), count: 1 }, code };
    case 'series':
      return { ...seriesTiming(schedule, seriesBounds(schedule, zone)), code };
    case 'at-visit':
      return { repeat: { count: 1 }, code };
    case 'sessions':
      return { repeat: { count: schedule.count }, code };
  }
}

/** So many days, in UCUM. */
export function toDays(value: number): Duration {
  return { value, unit: value === 1 ? 'day' : 'days', system: foreignCodeSystems.ucum, code: 'd' };
}

function seriesBounds({ start, ends }: Series, zone: Element): Pick<TimingRepeat, 'boundsPeriod'> {
  return {
    // the zone stands there, also where there is no start yet
    boundsPeriod: {
      ...(start !== undefined && { start }),
      _start: zone,
      ...(ends.type === 'on' && { end: ends.date }),
    },
  };
}

/** What recurs, within `bounds`: the pace of a series in the Timing's own elements, and what they cannot say in our extension. */
export function seriesTiming(
  { pattern, times, ends, enough }: Series | LibrarySeries,
  bounds: TimingRepeat = {},
): Timing {
  const when = times?.map((part) => whenOfPart[part]);
  const skipsWeeks = pattern.type === 'weekdays' && pattern.everyWeeks !== 1;
  const pace = skipsWeeks ? {} : { ...paceOf(pattern, when?.length ?? 1), ...(when && { when }) };
  const repeat: TimingRepeat = { ...bounds, ...(ends.type === 'after' && { count: ends.count }), ...pace };
  const detail: Extension[] = [
    ...(skipsWeeks
      ? [
          { url: 'everyWeeks', valuePositiveInt: pattern.everyWeeks },
          // a Timing of its own: R4's codes, in their order
          { url: 'onDays', valueTiming: { repeat: { dayOfWeek: [...pattern.days], ...(when && { when }) } } },
        ]
      : []),
    ...(ends.type === 'next-visit' ? [{ url: 'ends', valueCode: ends.type }] : []),
    ...(enough === undefined ? [] : [{ url: 'enough', valuePositiveInt: enough }]),
  ];
  return {
    ...(detail.length > 0 && { extension: [{ url: ourExtensions.scheduleDetail, extension: detail }] }),
    ...(Object.keys(repeat).length > 0 && { repeat }),
  };
}

/** R4 lets neither frequency nor period stand beside dayOfWeek. */
function paceOf(pattern: SeriesPattern, timesADay: number): TimingRepeat {
  switch (pattern.type) {
    case 'days':
      return { frequency: timesADay, period: pattern.every, periodUnit: 'd' };
    case 'weekdays':
      return { dayOfWeek: [...pattern.days] };
    case 'per-week':
      return { frequency: pattern.count, period: 1, periodUnit: 'wk' };
  }
}
