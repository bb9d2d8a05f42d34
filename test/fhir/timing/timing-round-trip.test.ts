import type { Extension, Timing } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { fromLibraryTiming, toLibraryTiming } from '../../../src/fhir/library/library-timing.ts';
import { fromTiming } from '../../../src/fhir/timing/from-timing.ts';
import { toTiming } from '../../../src/fhir/timing/to-timing.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import type { LibrarySchedule } from '../../../src/homework/plan/library-plan.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import fc from '../../fast-check.ts';
import { localDate, schedule } from '../mapping/arbitraries.ts';
import { arbitrarySeries } from '../mapping/arbitrary-series.ts';
import { refusedElement } from '../refused-element.ts';

const zone = 'America/New_York';
const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const start = { _start: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: zone }] } };
const detail = (...extension: Extension[]) => ({
  extension: [{ url: 'https://intersession.dev/fhir/StructureDefinition/schedule-detail', extension }],
});
const daily: Series = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
const onDays = (everyWeeks: number): Series => ({
  ...daily,
  pattern: { type: 'weekdays', days: ['mon', 'thu'], everyWeeks },
});

describe('what a schedule is written as', () => {
  // from the table of docs/engines/timing.md
  const written: readonly [string, Schedule, Omit<Timing, 'code'>][] = [
    ['every day', daily, { repeat: { boundsPeriod: start, frequency: 1, period: 1, periodUnit: 'd' } }],
    [
      'every third day, morning and evening, from a day until a day',
      {
        ...{ ...daily, pattern: { type: 'days', every: 3 }, times: ['morning', 'evening'] },
        ...{ start: '2026-03-02', ends: { type: 'on', date: '2026-03-31' } },
      },
      {
        repeat: {
          boundsPeriod: { start: '2026-03-02', ...start, end: '2026-03-31' },
          ...{ frequency: 2, period: 3, periodUnit: 'd', when: ['MORN', 'EVE'] },
        },
      },
    ],
    ['weekdays', onDays(1), { repeat: { boundsPeriod: start, dayOfWeek: ['mon', 'thu'] } }],
    [
      'weekdays, at noon, in the afternoon and at night',
      { ...onDays(1), times: ['noon', 'afternoon', 'night'] },
      { repeat: { boundsPeriod: start, dayOfWeek: ['mon', 'thu'], when: ['NOON', 'AFT', 'NIGHT'] } },
    ],
    [
      'weekdays of every other week, in the evening, six times',
      { ...onDays(2), times: ['evening'], ends: { type: 'after', count: 6 } },
      {
        ...detail(
          { url: 'everyWeeks', valuePositiveInt: 2 },
          { url: 'onDays', valueTiming: { repeat: { dayOfWeek: ['mon', 'thu'], when: ['EVE'] } } },
        ),
        repeat: { boundsPeriod: start, count: 6 },
      },
    ],
    [
      'three a week until the next visit, of which two are enough',
      { ...daily, pattern: { type: 'per-week', count: 3 }, ends: { type: 'next-visit' }, enough: 2 },
      {
        ...detail({ url: 'ends', valueCode: 'next-visit' }, { url: 'enough', valuePositiveInt: 2 }),
        repeat: { boundsPeriod: start, frequency: 3, period: 1, periodUnit: 'wk' },
      },
    ],
    ['at the next visit', { type: 'at-visit' }, { repeat: { count: 1 } }],
    ['in four sessions', { type: 'sessions', count: 4 }, { repeat: { count: 4 } }],
  ];
  it.each(written)('%s', (_words, given, timing) => {
    const { code, ...rest } = wire(toTiming(given, zone));
    expect(rest).toStrictEqual(timing);
    expect(code?.coding?.[0]).toMatchObject({
      system: 'https://intersession.dev/fhir/CodeSystem/schedule-type',
      code: given.type,
    });
    expect(code?.text).toBeTruthy();
  });

  test('names no element beside another that R4 forbids there', () => {
    fc.assert(
      fc.property(schedule, (given) => {
        const { frequency, period, dayOfWeek, timeOfDay, when, boundsPeriod } = toTiming(given, zone).repeat ?? {};
        expect(timeOfDay).toBeUndefined();
        if (dayOfWeek !== undefined) expect([frequency, period]).toEqual([undefined, undefined]);
        if (when !== undefined && frequency !== undefined) expect(frequency).toBe(when.length);
        if (given.type === 'series') expect(boundsPeriod?._start).toEqual(start._start);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a schedule comes back as it was', () => {
  test('from a Timing', () => {
    fc.assert(
      fc.property(schedule, (given) => {
        const event = given.type === 'event' ? given.event : undefined;
        expect(fromTiming(wire(toTiming(given, zone)), () => event)).toStrictEqual(wire(given));
      }),
      { numRuns: 2000 },
    );
  });

  const days = fc.integer({ min: 1, max: 400 });
  const library: fc.Arbitrary<LibrarySchedule> = fc.oneof(
    schedule.filter((given) => given.type === 'at-visit' || given.type === 'sessions'),
    fc.record({ type: fc.constant('once-within' as const), days }),
    fc.record({ type: fc.constant('event' as const), event: fc.string(), count: days, text: fc.string(), days }),
    arbitrarySeries(localDate).map(({ start: _start, ends, ...series }) => ({
      ...series,
      ends: ends.type === 'on' ? { type: 'open' as const } : ends,
    })),
  );
  test('from a library plan’s', () => {
    fc.assert(
      fc.property(library, (given) => {
        const event = given.type === 'event' ? given.event : undefined;
        expect(fromLibraryTiming(wire(toLibraryTiming(given)), event, 'action')).toStrictEqual(wire(given));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a Timing of ours in which something is missing is refused by its element', () => {
  const code = (type: string): Timing['code'] => ({
    coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/schedule-type', code: type }],
  });
  const broken: readonly [Timing, string][] = [
    [{ code: code('series') }, 'Timing.repeat.period'],
    [{ code: code('series'), repeat: { period: 1 } }, 'Timing.repeat.periodUnit'],
    [{ code: code('series'), repeat: { period: 1, periodUnit: 'mo' } }, 'Timing.repeat.periodUnit'],
    [{ code: code('series'), repeat: { period: 1, periodUnit: 'wk' } }, 'Timing.repeat.frequency'],
    [{ code: code('series'), repeat: { period: 1, periodUnit: 'd', when: ['HS'] } }, 'Timing.repeat.when'],
    [{ code: code('series'), repeat: { dayOfWeek: [JSON.parse('"funday"')] } }, 'Timing.dayOfWeek'],
    [{ ...detail({ url: 'everyWeeks', valuePositiveInt: 2 }), code: code('series') }, 'Timing.extension(onDays)'],
    [{ code: code('sessions') }, 'Timing.repeat.count'],
    [{ code: code('weekly') }, 'Timing.code'],
  ];
  it.each(broken)('%j', (timing, path) => {
    expect(refusedElement(() => fromTiming(timing, () => undefined))?.path).toBe(path);
  });
});
