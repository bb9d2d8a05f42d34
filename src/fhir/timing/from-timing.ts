import type { Timing, TimingRepeat } from 'fhir/r4';
import type { Schedule } from '../../homework/model.ts';
import type { LibrarySeries } from '../../homework/plan/library-plan.ts';
import { type Series, type SeriesEnd, type SeriesPattern, weekdays } from '../../homework/schedule/schedule.ts';
import { codeIn } from '../concept.ts';
import { expectCode, expectElement } from '../expect-element.ts';
import { findExtension } from '../find-extension.ts';
import { ourCodeSystems, ourExtensions } from '../systems.ts';
import { expectPart } from './timing-words.ts';

export const scheduleTypes = [
  'event',
  'once',
  'once-within',
  'series',
  'at-visit',
  'sessions',
] as const satisfies Schedule['type'][];

/**
 * The schedule that a Timing of ours carries, exactly as `toTiming` wrote it.
 * @param event the name of the event, which stands beside the Timing; asked for by an event-driven one only
 * @throws IntersessionError `invalid-request` naming the element that is missing, under `path`
 */
export function fromTiming(timing: Timing, event: () => string | undefined, path = 'Timing'): Schedule {
  const { code, repeat } = timing;
  const type = expectCode(codeIn(code, ourCodeSystems.scheduleType), scheduleTypes, `${path}.code`);
  const end = () => expectElement(repeat?.boundsPeriod?.end, `${path}.repeat.boundsPeriod.end`);
  const count = () => expectElement(repeat?.count, `${path}.repeat.count`);
  switch (type) {
    case 'event':
      return {
        type,
        event: expectElement(event(), 'Task.input(named-event)'),
        count: count(),
        text: expectElement(code?.text, `${path}.code.text`),
        window: { start: expectElement(repeat?.boundsPeriod?.start, `${path}.repeat.boundsPeriod.start`), end: end() },
      };
    case 'once':
      return { type, by: end() };
    case 'once-within':
      return { type, days: expectElement(repeat?.boundsDuration?.value, `${path}.repeat.boundsDuration.value`) };
    case 'series': {
      const start = repeat?.boundsPeriod?.start;
      return { type, ...paceIn(timing, path), ...(start !== undefined && { start }), ends: endOf(timing) };
    }
    case 'at-visit':
      return { type };
    case 'sessions':
      return { type, count: count() };
  }
}

/** On which days, at which parts of them, and how many are enough. @throws IntersessionError `invalid-request` naming the element */
export function paceIn(timing: Timing, path: string): Pick<Series, 'pattern' | 'times' | 'enough'> {
  const detail = findExtension(timing, ourExtensions.scheduleDetail);
  const enough = findExtension(detail, 'enough')?.valuePositiveInt;
  const named = onDaysIn(timing)?.when ?? timing.repeat?.when ?? [];
  const times = named.map((code) => expectPart(code, `${path}.repeat.when`));
  return {
    pattern: patternIn(timing, path),
    ...(times.length > 0 && { times }),
    ...(enough !== undefined && { enough }),
  };
}

function patternIn(timing: Timing, path: string): SeriesPattern {
  const { repeat } = timing;
  const detail = findExtension(timing, ourExtensions.scheduleDetail);
  const everyWeeks = findExtension(detail, 'everyWeeks')?.valuePositiveInt;
  const skipping = onDaysIn(timing)?.dayOfWeek;
  const dayOfWeek = everyWeeks === undefined ? repeat?.dayOfWeek : expectElement(skipping, `${path}.extension(onDays)`);
  if (dayOfWeek !== undefined) {
    const days = dayOfWeek.map((code) => expectCode(code, weekdays, `${path}.dayOfWeek`));
    return { type: 'weekdays', days, everyWeeks: everyWeeks ?? 1 };
  }
  const period = expectElement(repeat?.period, `${path}.repeat.period`);
  const unit = expectCode(repeat?.periodUnit, ['d', 'wk'], `${path}.repeat.periodUnit`);
  if (unit === 'd') return { type: 'days', every: period };
  return { type: 'per-week', count: expectElement(repeat?.frequency, `${path}.repeat.frequency`) };
}

/** The days and parts of weeks of which some are left out. */
function onDaysIn(timing: Timing): TimingRepeat | undefined {
  return findExtension(findExtension(timing, ourExtensions.scheduleDetail), 'onDays')?.valueTiming?.repeat;
}

function endOf(timing: Timing): SeriesEnd {
  const date = timing.repeat?.boundsPeriod?.end;
  return date === undefined ? datelessEndIn(timing) : { type: 'on', date };
}

/** The end of a series that names no day. */
export function datelessEndIn(timing: Timing): LibrarySeries['ends'] {
  const detail = findExtension(timing, ourExtensions.scheduleDetail);
  if (findExtension(detail, 'ends')?.valueCode === 'next-visit') return { type: 'next-visit' };
  const count = timing.repeat?.count;
  return count === undefined ? { type: 'open' } : { type: 'after', count };
}
