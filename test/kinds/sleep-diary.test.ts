import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { scoreOf } from '../../src/homework/log/score-of.ts';
import { meanOfDays } from '../../src/homework/plan/criteria/mean-of-days.ts';
import { aRecord } from '../homework/report/report-state.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const version = currentOf('sleep-diary');
const [tst, tib, se] = ['total-sleep-time', 'time-in-bed', 'sleep-efficiency'];

type Night = Readonly<Record<string, string | number>>;
const night = (
  [intoBed, tried]: readonly [string, string],
  [toSleep, wakings, awake]: readonly [number, number, number],
  [waking, outOfBed]: readonly [string, string],
): Night => ({
  'into-bed': intoBed,
  'tried-to-sleep': tried,
  'minutes-to-sleep': toSleep,
  wakings,
  'minutes-awake': awake,
  'final-waking': waking,
  'out-of-bed': outOfBed,
});
const without = (linkId: string, { [linkId]: _left, ...rest }: Night): Night => rest;

/** Time asleep, time in bed, efficiency; a dash where there is none. */
function scored(answers: Night, withheld: readonly string[] = []): string {
  const items = readAnswers(version.questionnaire, answers, { complete: true });
  const scores = version.scores ?? [];
  const value = (linkId: string) => {
    const declared = scores.find((score) => score.linkId === linkId);
    return declared && scoreOf(declared, { items, withheld, scores });
  };
  return [tst, tib, se].map((linkId) => value(linkId) ?? '-').join(' ');
}

const usual = night(['22:30', '23:00'], [20, 1, 10], ['06:30', '07:00']);

describe('a night, by hand', () => {
  it.each<[string, Night, string]>([
    // 22:30-07:00 is 510; 30 before trying, 20 + 10 awake, 30 after waking: 420
    ['as most are', usual, '420 510 82.4'],
    ['without a minute awake', night(['23:00', '23:00'], [0, 0, 0], ['07:00', '07:00']), '480 480 100'],
    ['all after midnight', night(['00:30', '00:45'], [15, 2, 25], ['07:15', '07:30']), '350 420 83.3'],
    ['from a minute before midnight', night(['23:59', '00:00'], [1, 0, 0], ['05:59', '06:00']), '358 361 99.2'],
    ['by day, after a night shift', night(['08:10', '08:30'], [30, 3, 45], ['15:00', '15:10']), '315 420 75'],
    ['that was a nap', night(['13:00', '13:05'], [10, 0, 0], ['14:15', '14:20']), '60 80 75'],
    ['with two hours of reading in bed', night(['21:00', '23:00'], [15, 1, 5], ['06:00', '06:00']), '400 540 74.1'],
    ['of waking far too early', night(['22:00', '22:15'], [30, 2, 40], ['04:30', '07:00']), '305 540 56.5'],
    ['of one who sleeps long', night(['20:00', '20:30'], [10, 1, 20], ['14:00', '14:30']), '1020 1110 91.9'],
    // it counts, or a week with it would look better than one without
    ['awake all night', night(['23:00', '23:30'], [450, 0, 0], ['07:00', '07:00']), '0 480 0'],
    ['awake all night, and more than that', night(['23:00', '23:30'], [500, 0, 0], ['07:00', '07:00']), '0 480 0'],
    ['at 85 % exactly', night(['23:00', '23:00'], [42, 1, 30], ['07:00', '07:00']), '408 480 85'],
    ['just below 85 %', night(['00:00', '00:00'], [61, 0, 0], ['06:40', '06:40']), '339 400 84.8'],
    ['at 90 % exactly', night(['00:00', '00:00'], [40, 0, 0], ['06:40', '06:40']), '360 400 90'],
    ['at a half of a tenth, which goes up', night(['23:00', '23:00'], [60, 1, 30], ['07:00', '07:00']), '390 480 81.3'],
    ['without how often', without('wakings', usual), '420 510 82.4'],
    // the hour that the clock skips or repeats is not seen: by the clock it is the same night
    ['in which the clock goes forward', night(['23:00', '23:00'], [0, 0, 0], ['07:00', '07:00']), '480 480 100'],
    [
      'that ends in the hour that comes twice',
      night(['22:00', '22:00'], [0, 1, 30], ['01:30', '01:30']),
      '180 210 85.7',
    ],
  ])('%s', (_name, answers, values) => {
    expect(scored(answers)).toBe(values);
  });

  it.each<[string, Night, string]>([
    ['up before the last waking', night(['22:30', '23:00'], [20, 1, 10], ['07:00', '06:30']), '- - -'],
    ['trying before being in bed', night(['23:30', '23:00'], [20, 1, 10], ['06:30', '07:00']), '- - -'],
    ['10:30 for 22:30', night(['10:30', '11:00'], [20, 1, 10], ['06:30', '07:00']), '- - -'],
    ['11:00 for 23:00, once', night(['22:30', '11:00'], [20, 1, 10], ['06:30', '07:00']), '- - -'],
    ['nineteen hours of trying and sleeping', night(['18:00', '18:00'], [20, 1, 10], ['13:00', '13:00']), '- - -'],
    ['no minute in bed', night(['23:00', '23:00'], [0, 0, 0], ['23:00', '23:00']), '- - -'],
    ['nothing at all', {}, '- - -'],
    ['no bedtime', without('into-bed', usual), '- - -'],
    ['no getting up', without('out-of-bed', usual), '- - -'],
    ['no last waking', without('final-waking', usual), '- - -'],
    ['no minutes to sleep', without('minutes-to-sleep', usual), '- 510 -'],
    ['no minutes awake', without('minutes-awake', usual), '- 510 -'],
  ])('that cannot be or cannot be told has no figures: %s', (_name, answers, values) => {
    expect(scored(answers)).toBe(values);
  });

  it('tells nobody else what hangs on a part that is kept', () => {
    expect(scored(usual, ['minutes-awake'])).toBe('- 510 -');
    expect(scored(usual, ['night'])).toBe('- - -');
    expect(scored(usual, ['sleep-quality', 'comments'])).toBe('420 510 82.4');
  });
});

describe('a week, by whose mean the time in bed is set', () => {
  const at = (toSleep: number) => night(['00:00', '00:00'], [toSleep, 0, 0], ['06:40', '06:40']);
  // of 400 minutes: 90, 84.8, 85, 100, 81.3, 82.5 and 85 % asleep
  const week = [40, 61, 60, 0, 75, 70, 60].map(at);
  const awake = night(['23:00', '23:30'], [450, 0, 0], ['07:00', '07:00']);
  const impossible = night(['22:30', '23:00'], [20, 1, 10], ['07:00', '06:30']);
  /** Each morning at a quarter past seven in New York, where the clock goes forward in the night to 8 March. */
  const mornings = ['04T12:15', '05T12:15', '06T12:15', '07T12:15', '08T11:15', '09T11:15', '10T11:15'];
  const isReached = (nights: readonly Night[], value = 85): boolean => {
    const logs = nights.map((answers, index) =>
      aRecord({
        ...{ id: `l${index}`, performedAt: `2026-03-${mornings[index]}:00.000Z` },
        items: readAnswers(version.questionnaire, answers, { complete: true }),
      }),
    );
    const rules = { behaviourLinkId: () => undefined, safetyOf: () => [], scoresOf: () => version.scores ?? [] };
    const rule = { type: 'mean-of-days', linkId: se, comparator: '>=', value, days: 7, atLeast: 5 } as const;
    return meanOfDays(rule, logs, { rules, timeZone: 'America/New_York' });
  };

  it.each<[string, readonly Night[], number, boolean]>([
    // 608.6 / 7 = 86.9
    ['of seven nights', week, 85, true],
    ['of seven nights, for more', week, 87, false],
    // 508.6 / 7 = 72.7: without that night it would be 84.8
    ['with a night without sleep', week.with(3, awake), 85, false],
    ['with a night without sleep, for less', week.with(3, awake), 72, true],
    // 90 + 84.8 + 85 + 100 + 85 = 444.8, / 5 = 89
    ['of five nights and two that cannot be', week.with(4, impossible).with(5, impossible), 88, true],
    ['of four nights and three that cannot be', week.map((one, day) => (day < 3 ? impossible : one)), 80, false],
    ['of four nights', week.slice(0, 4), 80, false],
  ])('%s', (_name, nights, value, reached) => {
    expect(isReached(nights, value)).toBe(reached);
  });
});

describe('a night as a clinician has it', () => {
  it('over midnight, with its figures first', () => {
    const { lines, measures } = logged(version, { ...usual, 'sleep-quality': 'fair', comments: 'A cold' });
    expect(lines).toEqual([
      'Sleep efficiency 82.4 %',
      'Asleep 7 h',
      'In bed 8 h 30 min',
      'Fell asleep after 20 min',
      'Wakings 1',
      'Awake in the night 10 min',
      'Into bed 22:30',
      'Tried to sleep 23:00',
      'Last woke 06:30',
      'Out of bed 07:00',
      'Quality Fair',
      'Comment: "A cold"',
    ]);
    expect(measures.toSorted()).toEqual(
      [
        ...['93832-4 420 min', 'time-in-bed 510 min', 'sleep-efficiency 82.4 %', 'awake-before-trying 30 min'],
        ...['sleep-period 450 min', 'latency-to-arising 30 min', 'sleep-onset-latency 20 min', 'awakenings 1'],
        ...['wake-after-sleep-onset 10 min', 'into-bed 22:30:00', 'tried-to-sleep 23:00:00'],
        ...['final-waking 06:30:00', 'out-of-bed 07:00:00', 'sleep-quality fair'],
      ].toSorted(),
    );
  });

  it('without sleep', () => {
    const awake = night(['23:00', '23:30'], [450, 0, 0], ['07:00', '07:00']);
    expect(logged(version, awake).lines.slice(0, 3)).toEqual(['Sleep efficiency 0 %', 'Asleep 0 min', 'In bed 8 h']);
  });

  it('that cannot be: what was written stands there, and no figure', () => {
    const impossible = night(['22:30', '23:00'], [20, 1, 10], ['07:00', '06:30']);
    const { lines, measures } = logged(version, impossible);
    expect(lines[0]).toBe('Fell asleep after 20 min');
    expect(measures.join()).not.toMatch(/93832-4|time-in-bed|efficiency|arising/);
  });

  it('that is blank', () => {
    expect(logged(version, {})).toEqual({ lines: [], measures: [] });
  });
});
