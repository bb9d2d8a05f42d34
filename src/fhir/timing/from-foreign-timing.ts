import type { Timing } from 'fhir/r4';
import type { Schedule } from '../../homework/model.ts';
import { isLocalDate } from '../../homework/schedule/day-end.ts';
import type { SeriesEnd } from '../../homework/schedule/schedule.ts';
import { codeIn } from '../concept.ts';
import { findExtension } from '../find-extension.ts';
import { foreignCodeSystems, ourExtensions } from '../systems.ts';
import { type Bounds, foreignBounds } from './foreign-bounds.ts';
import { paceByCode } from './foreign-code.ts';
import { foreignPace, type Pace } from './foreign-pace.ts';
import { refuseTiming, type TimingReader } from './refuse-timing.ts';

/** R4's extensions that say on which days, beside the elements: whoever reads past them reads another schedule. */
const onOtherDays = ['timing-dayOfMonth', 'timing-daysOfCycle'].map(
  (name) => `http://hl7.org/fhir/StructureDefinition/${name}`,
);

/**
 * The schedule that a Timing says which somebody else wrote, by the table of `docs/engines/timing.md`. Nothing of it is rounded or
 * left out: what no schedule says is refused.
 * @throws IntersessionError `invalid-request` naming the element
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function fromForeignTiming(timing: Timing, reader: TimingReader): Schedule {
  if (timing.modifierExtension !== undefined)
    refuseTiming(reader, 'modifierExtension', 'may mean the contrary of what stands here');
  if (findExtension(timing, ourExtensions.scheduleDetail) !== undefined)
    refuseTiming(reader, 'extension', 'is of a schedule of ours, whose code is not there');
  const { repeat, event, code } = timing;
  if (onOtherDays.some((url) => findExtension(repeat, url) !== undefined))
    refuseTiming(reader, 'repeat.extension', 'says on which days in a way that a schedule cannot');
  if (event !== undefined) {
    if (codeIn(code, foreignCodeSystems.gtsAbbreviation) !== undefined)
      refuseTiming(reader, 'code', 'says something else than the data do');
    return onOneDay(timing, reader);
  }
  const pace = paceByCode(code, repeat && foreignPace(repeat, reader), reader);
  const bounds = foreignBounds(timing, reader);
  if (pace !== undefined) return seriesOf(timing, pace, bounds, reader);
  if (repeat === undefined) refuseTiming(reader, 'repeat', 'is missing');
  return onceOf(timing, bounds, reader);
}

/** On that day and on no other, which `once, by that day` is not. */
function onOneDay({ event = [], repeat }: Timing, reader: TimingReader): Schedule {
  const [day] = event;
  if (day === undefined || event.length > 1 || repeat !== undefined || !isLocalDate(day))
    return refuseTiming(reader, 'event', 'is not one day alone');
  return { type: 'series', pattern: { type: 'days', every: 1 }, start: day, ends: { type: 'on', date: day } };
}

function seriesOf({ repeat }: Timing, pace: Pace, bounds: Bounds, reader: TimingReader): Schedule {
  const start = bounds.start ?? (bounds.lastFrom === undefined ? undefined : reader.start);
  const last = bounds.end ?? (start === undefined ? undefined : bounds.lastFrom?.(start));
  if (bounds.lastFrom !== undefined && last === undefined)
    refuseTiming(reader, 'repeat.boundsDuration', 'is counted from a day that is not known');
  const count = repeat?.count;
  if (count !== undefined && last !== undefined)
    refuseTiming(reader, 'repeat.count', 'cannot stand beside an end: a series ends by one of both');
  return { type: 'series', ...pace, ...(start !== undefined && { start }), ends: endOf(last, count, reader) };
}

function endOf(last: string | undefined, count: number | undefined, reader: TimingReader): SeriesEnd {
  if (last !== undefined) return { type: 'on', date: last };
  if (count === undefined) return { type: 'open' };
  if (!Number.isInteger(count) || count < 1) refuseTiming(reader, 'repeat.count', 'must be 1 or more');
  return { type: 'after', count };
}

function onceOf({ repeat }: Timing, { start, end, days, lastFrom }: Bounds, reader: TimingReader): Schedule {
  const count = repeat?.count;
  if (count !== undefined && count !== 1) refuseTiming(reader, 'repeat.count', 'does not say how often');
  if (start !== undefined)
    refuseTiming(reader, 'repeat.boundsPeriod.start', 'cannot be said of something that is done once');
  if (end !== undefined) return { type: 'once', by: end };
  if (days !== undefined) return { type: 'once-within', days };
  if (lastFrom !== undefined)
    refuseTiming(reader, 'repeat.boundsDuration', 'is no number of days, and what is done once has no other');
  return refuseTiming(reader, 'repeat', 'does not say how often or by when');
}
