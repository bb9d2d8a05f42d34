import type { Timing, TimingRepeat } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromForeignTiming } from '../../../src/fhir/timing/from-foreign-timing.ts';
import { refusedElement } from '../refused-element.ts';

// what is expected stands in docs/engines/timing.md, and was decided there before the reader was written

const gts = (code: string): Timing['code'] => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code }],
});
const local: Timing['code'] = { coding: [{ system: 'https://hospital.example/freq', code: 'Q-EVERYNIGHT' }] };
const ucum = (value: number, code: string) => ({ value, unit: code, system: 'http://unitsofmeasure.org', code });
const read = (timing: Timing, known: { readonly start?: string } = {}) =>
  fromForeignTiming(timing, { path: 'Timing', timeZone: 'America/New_York', ...known });
const series = (pattern: object, rest: object = {}) => ({ type: 'series', pattern, ends: { type: 'open' }, ...rest });
const days = (every: number) => ({ type: 'days', every });
const weekly = (count: number) => ({ type: 'per-week', count });
const on = (...names: string[]) => ({ type: 'weekdays', days: names, everyWeeks: 1 });
const scheduleDetail = { url: 'https://intersession.dev/fhir/StructureDefinition/schedule-detail', extension: [] };
const daily: TimingRepeat = { frequency: 1, period: 1, periodUnit: 'd' };

describe('a Timing that somebody else wrote is read as', () => {
  it.each<[string, Timing, object]>([
    ['every day', { repeat: daily }, series(days(1))],
    ['every day, without a frequency', { repeat: { period: 1, periodUnit: 'd' } }, series(days(1))],
    ['every other day', { repeat: { frequency: 1, period: 2, periodUnit: 'd' } }, series(days(2))],
    ['every 2 weeks', { repeat: { frequency: 1, period: 2, periodUnit: 'wk' } }, series(days(14))],
    ['every 7 days', { repeat: { frequency: 1, period: 7, periodUnit: 'd' } }, series(days(7))],
    ['once a week', { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } }, series(weekly(1))],
    ['three a week', { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } }, series(weekly(3))],
    ['three in 7 days', { repeat: { frequency: 3, period: 7, periodUnit: 'd' } }, series(weekly(3))],
    [
      'seven a week, which is not every day',
      { repeat: { frequency: 7, period: 1, periodUnit: 'wk' } },
      series(weekly(7)),
    ],
    ['Monday, Wednesday, Friday', { repeat: { dayOfWeek: ['mon', 'wed', 'fri'] } }, series(on('mon', 'wed', 'fri'))],
    ['a weekday said twice', { repeat: { dayOfWeek: ['mon', 'mon'] } }, series(on('mon'))],
    [
      'weekday evenings',
      { repeat: { dayOfWeek: ['sat', 'sun'], when: ['EVE'] } },
      series(on('sat', 'sun'), { times: ['evening'] }),
    ],
    ['every morning, by when alone', { repeat: { when: ['MORN'] } }, series(days(1), { times: ['morning'] })],
    ['every evening', { repeat: { ...daily, when: ['EVE'] } }, series(days(1), { times: ['evening'] })],
    [
      'twice a day at two parts of it',
      { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['MORN', 'NIGHT'] } },
      series(days(1), { times: ['morning', 'night'] }),
    ],
    [
      'all five parts of every other day',
      { repeat: { period: 2, periodUnit: 'd', when: ['MORN', 'NOON', 'AFT', 'EVE', 'NIGHT'] } },
      series(days(2), { times: ['morning', 'noon', 'afternoon', 'evening', 'night'] }),
    ],
    ['QD', { code: gts('QD') }, series(days(1))],
    ['QOD', { code: gts('QOD') }, series(days(2))],
    ['WK', { code: gts('WK') }, series(weekly(1))],
    ['AM', { code: gts('AM') }, series(days(1), { times: ['morning'] })],
    ['PM', { code: gts('PM') }, series(days(1), { times: ['afternoon'] })],
    [
      'QD within bounds, which no code contains',
      { code: gts('QD'), repeat: { boundsPeriod: { start: '2026-03-02', end: '2026-03-15' } } },
      series(days(1), { start: '2026-03-02', ends: { type: 'on', date: '2026-03-15' } }),
    ],
    [
      'QD ten times',
      { code: gts('QD'), repeat: { count: 10 } },
      series(days(1), { ends: { type: 'after', count: 10 } }),
    ],
    ['QD that says the same twice', { code: gts('QD'), repeat: daily }, series(days(1))],
    ['QD, in the evening', { code: gts('QD'), repeat: { when: ['EVE'] } }, series(days(1), { times: ['evening'] })],
    [
      'BID that names its times',
      { code: gts('BID'), repeat: { when: ['MORN', 'EVE'] } },
      series(days(1), { times: ['morning', 'evening'] }),
    ],
    ['a local code with data', { code: local, repeat: daily }, series(days(1))],
    [
      'words with data',
      { code: { text: 'nightly' }, repeat: { when: ['NIGHT'] } },
      series(days(1), { times: ['night'] }),
    ],
    ['a range of nothing', { repeat: { ...daily, frequencyMax: 1, periodMax: 1 } }, series(days(1))],
    ['ten days of it', { repeat: { ...daily, count: 10 } }, series(days(1), { ends: { type: 'after', count: 10 } })],
    [
      'ten, as a range of nothing',
      { repeat: { ...daily, count: 10, countMax: 10 } },
      series(days(1), { ends: { type: 'after', count: 10 } }),
    ],
    [
      'until a day, from whenever it opens',
      { repeat: { ...daily, boundsPeriod: { end: '2028-02-29' } } },
      series(days(1), { ends: { type: 'on', date: '2028-02-29' } }),
    ],
    [
      'from a day on',
      { repeat: { ...daily, boundsPeriod: { start: '2026-03-02' } } },
      series(days(1), { start: '2026-03-02' }),
    ],
    [
      // half past three in New York is still the day before, and noon in Berlin its early morning
      'between moments, on the patient’s days',
      {
        repeat: {
          ...daily,
          boundsPeriod: { start: '2026-03-03T03:30:00-05:00', end: '2026-03-20T12:00:00+01:00' },
        },
      },
      series(days(1), { start: '2026-03-02', ends: { type: 'on', date: '2026-03-20' } }),
    ],
    [
      'until midnight, which ends the evening before',
      { repeat: { ...daily, boundsPeriod: { end: '2026-04-01T00:00:00-04:00' } } },
      series(days(1), { ends: { type: 'on', date: '2026-03-31' } }),
    ],
    [
      'on one day',
      { event: ['2026-03-09'] },
      series(days(1), { start: '2026-03-09', ends: { type: 'on', date: '2026-03-09' } }),
    ],
    [
      'once, by a day',
      { repeat: { count: 1, boundsPeriod: { end: '2026-03-09' } } },
      { type: 'once', by: '2026-03-09' },
    ],
    [
      'by a day, without a count',
      { repeat: { boundsPeriod: { end: '2026-03-09' } } },
      { type: 'once', by: '2026-03-09' },
    ],
    ['once within 10 days', { repeat: { count: 1, boundsDuration: ucum(10, 'd') } }, { type: 'once-within', days: 10 }],
    ['within 2 weeks', { repeat: { boundsDuration: ucum(2, 'wk') } }, { type: 'once-within', days: 14 }],
  ])('%s', (_words, timing, schedule) => {
    expect(read(timing)).toStrictEqual(schedule);
  });

  it.each<[string, TimingRepeat['boundsDuration'], string, string]>([
    ['2 weeks', ucum(2, 'wk'), '2026-03-02', '2026-03-15'],
    ['a day', ucum(1, 'd'), '2026-03-02', '2026-03-02'],
    ['a month', ucum(1, 'mo'), '2026-03-02', '2026-04-01'],
    ['a month from the 31st', ucum(1, 'mo'), '2026-01-31', '2026-02-27'],
    ['a month from the 31st of a leap year', ucum(1, 'mo'), '2028-01-31', '2028-02-28'],
    ['13 months', ucum(13, 'mo'), '2026-12-15', '2028-01-14'],
    ['a year from the leap day', ucum(1, 'a'), '2028-02-29', '2029-02-27'],
  ])('every day for %s, where the first day is known', (_words, boundsDuration, start, date) => {
    expect(read({ repeat: { ...daily, boundsDuration } }, { start })).toStrictEqual(
      series(days(1), { start, ends: { type: 'on', date } }),
    );
  });
});

describe('a Timing that no schedule says is refused by', () => {
  const refused: readonly [string, Timing, string][] = [
    ['BID alone', { code: gts('BID') }, 'code'],
    ['TID alone', { code: gts('TID') }, 'code'],
    ['QID within bounds', { code: gts('QID'), repeat: { boundsPeriod: { end: '2026-03-09' } } }, 'code'],
    ['BID with one part of the day', { code: gts('BID'), repeat: { when: ['EVE'] } }, 'code'],
    ['BID on Mondays', { code: gts('BID'), repeat: { dayOfWeek: ['mon'], when: ['MORN', 'EVE'] } }, 'code'],
    ['QOD that says every day', { code: gts('QOD'), repeat: daily }, 'code'],
    ['AM that says the evening', { code: gts('AM'), repeat: { when: ['EVE'] } }, 'code'],
    ['QD that says two parts', { code: gts('QD'), repeat: { when: ['MORN', 'EVE'] } }, 'code'],
    ['every 8 hours', { code: gts('Q8H') }, 'code'],
    ['bedtime', { code: gts('BED') }, 'code'],
    ['monthly', { code: gts('MO') }, 'code'],
    ['business days, without holidays', { code: gts('JB') }, 'code'],
    ['the name of a property', { code: gts('constructor') }, 'code'],
    ['a local code alone', { code: local }, 'code'],
    ['words alone', { code: { text: 'at night, when you cannot sleep' } }, 'repeat'],
    ['nothing', {}, 'repeat'],
    ['an empty repeat', { repeat: {} }, 'repeat'],
    ['bid as data', { repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, 'repeat.frequency'],
    ['5 in 2 weeks', { repeat: { frequency: 5, period: 2, periodUnit: 'wk' } }, 'repeat.frequency'],
    ['22 a week', { repeat: { frequency: 22, period: 1, periodUnit: 'wk' } }, 'repeat.frequency'],
    [
      '3 to 5 a week',
      { repeat: { frequency: 3, frequencyMax: 5, period: 1, periodUnit: 'wk' } },
      'repeat.frequencyMax',
    ],
    ['up to twice', { repeat: { frequencyMax: 2, period: 1, periodUnit: 'd' } }, 'repeat.frequencyMax'],
    ['every 2 to 3 days', { repeat: { frequency: 1, period: 2, periodMax: 3, periodUnit: 'd' } }, 'repeat.periodMax'],
    ['6 to 8 times', { repeat: { ...daily, count: 6, countMax: 8 } }, 'repeat.countMax'],
    ['a frequency of nothing', { repeat: { frequency: 3 } }, 'repeat.period'],
    ['half a day', { repeat: { frequency: 1, period: 0.5, periodUnit: 'd' } }, 'repeat.period'],
    ['a period of 0', { repeat: { frequency: 1, period: 0, periodUnit: 'd' } }, 'repeat.period'],
    ['400 days apart', { repeat: { frequency: 1, period: 400, periodUnit: 'd' } }, 'repeat.period'],
    ['53 weeks apart', { repeat: { frequency: 1, period: 53, periodUnit: 'wk' } }, 'repeat.period'],
    ['every 24 hours', { repeat: { frequency: 1, period: 24, periodUnit: 'h' } }, 'repeat.periodUnit'],
    ['every month', { repeat: { frequency: 1, period: 1, periodUnit: 'mo' } }, 'repeat.periodUnit'],
    ['a period without its unit', { repeat: { frequency: 1, period: 1 } }, 'repeat.periodUnit'],
    [
      'weekdays beside a frequency',
      { repeat: { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] } },
      'repeat.dayOfWeek',
    ],
    [
      'weekdays beside a period of 2 weeks',
      { repeat: { period: 2, periodUnit: 'wk', dayOfWeek: ['mon'] } },
      'repeat.dayOfWeek',
    ],
    ['eight o’clock', { repeat: { timeOfDay: ['08:00:00'] } }, 'repeat.timeOfDay'],
    ['eight o’clock on Mondays', { repeat: { dayOfWeek: ['mon'], timeOfDay: ['08:00:00'] } }, 'repeat.timeOfDay'],
    ['a time beside a part of the day', { repeat: { when: ['MORN'], timeOfDay: ['08:00:00'] } }, 'repeat.timeOfDay'],
    ['half an hour before breakfast', { repeat: { ...daily, when: ['ACM'], offset: 30 } }, 'repeat.offset'],
    ['before sleep', { repeat: { when: ['HS'] } }, 'repeat.when'],
    ['early in the morning', { repeat: { when: ['MORN.early'] } }, 'repeat.when'],
    ['with meals', { repeat: { ...daily, frequency: 3, when: ['C'] } }, 'repeat.when'],
    ['twice in the morning', { repeat: { when: ['MORN', 'MORN'] } }, 'repeat.when'],
    ['once a day at two parts', { repeat: { ...daily, when: ['MORN', 'EVE'] } }, 'repeat.frequency'],
    ['twice a day at one part', { repeat: { ...daily, frequency: 2, when: ['EVE'] } }, 'repeat.frequency'],
    ['3 evenings a week', { repeat: { frequency: 3, period: 1, periodUnit: 'wk', when: ['EVE'] } }, 'repeat.when'],
    ['for 30 minutes each', { repeat: { ...daily, duration: 30, durationUnit: 'min' } }, 'repeat.duration'],
    ['14 days from who knows when', { repeat: { ...daily, boundsDuration: ucum(14, 'd') } }, 'repeat.boundsDuration'],
    ['for 36 hours', { repeat: { ...daily, boundsDuration: ucum(36, 'h') } }, 'repeat.boundsDuration'],
    ['for a week and a half', { repeat: { boundsDuration: ucum(1.5, 'wk') } }, 'repeat.boundsDuration'],
    [
      'for less than a week',
      { repeat: { boundsDuration: { ...ucum(7, 'd'), comparator: '<' } } },
      'repeat.boundsDuration',
    ],
    ['within a month, once', { repeat: { count: 1, boundsDuration: ucum(1, 'mo') } }, 'repeat.boundsDuration'],
    [
      'for 4 to 6 weeks',
      { repeat: { ...daily, boundsRange: { low: ucum(4, 'wk'), high: ucum(6, 'wk') } } },
      'repeat.boundsRange',
    ],
    ['until some time in March', { repeat: { ...daily, boundsPeriod: { end: '2026-03' } } }, 'repeat.boundsPeriod.end'],
    [
      'from a day that is none',
      { repeat: { ...daily, boundsPeriod: { start: '2026-02-30' } } },
      'repeat.boundsPeriod.start',
    ],
    [
      'from a moment of a day that is none',
      { repeat: { ...daily, boundsPeriod: { start: '2026-02-30T10:00:00Z' } } },
      'repeat.boundsPeriod.start',
    ],
    ['what only our own reading knows', { repeat: daily, extension: [scheduleDetail] }, 'extension'],
    [
      'from a time in no zone',
      { repeat: { ...daily, boundsPeriod: { start: '2026-03-02T10:00:00' } } },
      'repeat.boundsPeriod.start',
    ],
    [
      'an end before its start',
      { repeat: { ...daily, boundsPeriod: { start: '2026-03-02', end: '2026-03-01' } } },
      'repeat.boundsPeriod.end',
    ],
    ['ten times until a day', { repeat: { ...daily, count: 10, boundsPeriod: { end: '2026-03-09' } } }, 'repeat.count'],
    [
      'three times until a day, at no pace',
      { repeat: { count: 3, boundsPeriod: { end: '2026-03-09' } } },
      'repeat.count',
    ],
    [
      'once, between two days',
      { repeat: { count: 1, boundsPeriod: { start: '2026-03-02', end: '2026-03-09' } } },
      'repeat.boundsPeriod.start',
    ],
    ['once, some time', { repeat: { count: 1 } }, 'repeat'],
    ['a moment', { event: ['2026-03-09T10:00:00-04:00'] }, 'event'],
    ['several days', { event: ['2026-03-09', '2026-03-10'] }, 'event'],
    ['a month', { event: ['2026-03'] }, 'event'],
    ['a day and a pace', { event: ['2026-03-09'], repeat: daily }, 'event'],
    ['a day and QD', { event: ['2026-03-09'], code: gts('QD') }, 'code'],
    [
      'what may mean the contrary',
      { repeat: daily, modifierExtension: [{ url: 'https://hospital.example/not', valueBoolean: true }] },
      'modifierExtension',
    ],
    [
      'the 15th of each month',
      {
        repeat: {
          ...daily,
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth', valuePositiveInt: 15 }],
        },
      },
      'repeat.extension',
    ],
  ];

  it.each(refused)('its element: %s', (_words, timing, element) => {
    expect(refusedElement(() => read(timing))?.path).toBe(`Timing.${element}`);
  });
});
