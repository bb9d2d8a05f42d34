import { describe, expect, it } from 'vitest';
import { isLineKept } from '../../../src/homework/log/is-line-kept.ts';
import { linkIdsOf } from '../../../src/homework/log/line-words.ts';
import { measuresOf } from '../../../src/homework/log/measures-of.ts';
import { readNumber } from '../../../src/homework/log/read-answer.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { summaryParts } from '../../../src/homework/log/summarise-log.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { AnswerItem, Log } from '../../../src/homework/model.ts';
import { keyMeasures } from '../../../src/homework/report/report-measures.ts';
import { answers } from '../build-plan.ts';
import { addendum, change } from '../report/an-addendum.ts';
import { aRecord } from '../report/report-state.ts';

/** Oracle: docs/engines/scores.md. */
const place = { timeZone: 'UTC', language: 'en-GB' };
const total: ScoreDeclaration = {
  ...{ linkId: 'total', label: 'PHQ', code: { system: 'urn:s', code: 'total', display: 'Total' } },
  ...{ calculation: { type: 'sum', linkIds: ['a', 'b'] }, range: { least: 0, most: 27 }, higherIs: 'worse' },
  bands: [
    { from: 0, label: 'mild' },
    { from: 10, label: 'moderate' },
  ],
  ...{ cutoff: 10, reliableChange: 6, recallDays: 14 },
};
const asleep: ScoreDeclaration = {
  ...{ linkId: 'asleep', label: 'Asleep', code: { system: 'urn:s', code: 'asleep', display: 'Asleep' }, unit: 'min' },
  ...{ calculation: { type: 'less', of: 'a', less: ['b'] }, range: { least: 0, most: 1440 }, higherIs: 'better' },
};
const scores = [total, asleep];
const score: SummaryLine = { type: 'score', label: 'PHQ-9', linkId: 'total' };
const night: SummaryLine = { type: 'minutes', label: 'Asleep', linkId: 'asleep' };
const practised: SummaryLine = { type: 'minutes', label: 'Practised', linkId: 'a' };
const skills: SummaryLine = { type: 'list', label: 'Skills', linkId: 'a' };
const pair: SummaryLine = { type: 'pair', label: 'Activity', planned: 'a', actual: 'b', unit: 'min' };
const named: SummaryLine = { ...pair, names: { planned: 'meant', actual: 'did' } };
const urges: SummaryLine = {
  ...{ type: 'items', label: 'Urges' },
  items: [
    { linkId: 'a', label: 'to drink' },
    { linkId: 'b', label: 'to leave', unit: 'of 5' },
    { linkId: 'total', label: 'together' },
  ],
};
type Values = Parameters<typeof answers>[0];
const record = (values: Values, more: Partial<Log> = {}) => aRecord({ items: answers(values), ...more });
const textOf = (line: SummaryLine, log: Log, mask = true) =>
  summaryParts([line], log, { mask, place, scores }).map(({ text }) => text)[0];

describe('a line of a summary', () => {
  it.each<[SummaryLine, Values, string | undefined]>([
    [score, { a: 6, b: 8 }, 'PHQ-9 14 (moderate)'],
    [score, { a: 1, b: 0 }, 'PHQ-9 1 (mild)'],
    [score, { a: 6 }, undefined],
    [night, { a: 430, b: 30 }, 'Asleep 6 h 40 min'],
    [night, { a: 430 }, undefined],
    [practised, { a: 45 }, 'Practised 45 min'],
    [practised, { a: 'long' }, undefined],
    [{ ...practised, type: 'value', linkId: 'asleep' }, { a: 430, b: 30 }, 'Practised 400 min'],
    [skills, { a: 'mindfulness' }, 'Skills: mindfulness'],
    [skills, { b: 'mindfulness' }, undefined],
    [pair, { a: 20, b: 25 }, 'Activity planned 20, done 25 min'],
    [named, { a: 20, b: 25 }, 'Activity meant 20, did 25 min'],
    [pair, { a: 20 }, 'Activity planned 20 min'],
    [pair, { b: 25 }, 'Activity done 25 min'],
    [pair, {}, undefined],
    [urges, { a: 3, b: 0 }, 'Urges: to drink 3, to leave 0 of 5, together 3'],
    [urges, { b: 4 }, 'Urges: to leave 4 of 5'],
    [urges, {}, undefined],
  ])('%j of %j', (line, values, text) => {
    expect(textOf(line, record(values))).toBe(text);
  });

  it('lists all answers, in every repetition', () => {
    const said = (value: string) => ({ type: 'string', value }) as const;
    const items: AnswerItem[] = [
      { linkId: 'r', instance: '1', answers: [], items: [{ linkId: 'a', answers: [said('x'), said('y')], items: [] }] },
      { linkId: 'r', instance: '2', answers: [], items: [{ linkId: 'a', answers: [said('z')], items: [] }] },
    ];
    expect(textOf(skills, aRecord({ items }))).toBe('Skills: x, y, z');
    expect(textOf(skills, aRecord({ items, withheld: ['r'] }))).toBe(undefined);
  });

  it('tells no score of which a part is withheld, but to the patient', () => {
    const log = record({ a: 6, b: 8 }, { withheld: ['b'] });
    expect(textOf(score, log)).toBe(undefined);
    expect(textOf(urges, log)).toBe('Urges: to drink 6');
    expect(textOf(score, log, false)).toBe('PHQ-9 14 (moderate)');
    expect(isLineKept(score, log, scores)).toBe(true);
    expect(isLineKept(score, { ...log, withheld: [] }, scores)).toBe(false);
    expect(isLineKept(practised, log, scores)).toBe(false);
    const grouped = { items: [{ linkId: 'g', answers: [], items: log.items }], withheld: ['g'] };
    expect(isLineKept(practised, grouped, scores)).toBe(true);
    expect(isLineKept(score, grouped, scores)).toBe(true);
  });

  it('names what it is made of', () => {
    expect([score, night, skills, pair, urges].map(linkIdsOf)).toEqual([
      ['total'],
      ['asleep'],
      ['a'],
      ['a', 'b'],
      ['a', 'b', 'total'],
    ]);
  });
});

it('is a number like an item’s', () => {
  const log = record({ a: 6, b: 8 });
  expect(readNumber(log, 'total', scores)).toBe(14);
  expect(readNumber(log, 'total')).toBe(undefined);
  expect(readNumber(log, 'a', scores)).toBe(6);
  expect(readNumber(record({ a: 6 }), 'total', scores)).toBe(undefined);
});

describe('a measure', () => {
  const at = (day: number) => `2026-02-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  const logs = [
    record({ a: 10, b: 8 }, { id: 'l1', performedAt: at(1) }),
    record({ a: 7, b: 7 }, { id: 'l2', performedAt: at(8) }),
    record({ a: 7 }, { id: 'l3', performedAt: at(15) }),
    record({ a: 4, b: 5 }, { id: 'l4', performedAt: at(22) }),
    record({ a: 1, b: 1 }, { id: 'l5', performedAt: at(23), withheld: ['b'] }),
  ];
  const lines = [score, pair, practised, skills, urges, { type: 'value', label: 'Tried', linkId: 'a' } as const];
  const scoresOf = () => scores;

  it('runs through logs: scores, minutes, and what was done of what was planned', () => {
    const [phq, done, minutes, ...none] = measuresOf(logs, () => lines, scoresOf);
    expect(none).toEqual([]);
    expect(phq).toMatchObject({ label: 'PHQ-9', unit: '', linkId: 'total', score: total });
    expect(phq?.readings).toEqual([
      { logId: 'l1', at: at(1), value: 18, moment: 'after' },
      { logId: 'l2', at: at(8), value: 14, moment: 'after', earlyAfter: 7 },
      { logId: 'l4', at: at(22), value: 9, moment: 'after' },
    ]);
    expect(done).toMatchObject({ label: 'Activity done', unit: 'min', linkId: 'b' });
    expect(done?.readings.map(({ value }) => value)).toEqual([8, 7, 5]);
    expect(done?.score).toBe(undefined);
    expect(minutes).toMatchObject({ label: 'Practised', unit: 'min', linkId: 'a' });
  });

  it('is told with its band, what its change means, and how often it was asked too soon', () => {
    expect(keyMeasures(logs, { summaryOf: () => [score, night], scoresOf }, place)).toEqual([
      'PHQ-9 18 to 9 (mild; fell by 9: more than error; now below the cutoff of 10; at least halved; 1 of 3 asked again sooner than the 14 days it looks back on)',
      'Asleep 2 to 0 min (fell by 2)',
    ]);
    expect(keyMeasures(logs.slice(0, 1), { summaryOf: () => [score], scoresOf }, place)).toEqual([
      'PHQ-9 18 (rated once; moderate)',
    ]);
    expect(keyMeasures(logs, { summaryOf: () => [score] }, place)).toEqual([]);
  });
});

it('that a score is not shared any more is said in an addendum, and not what it was', () => {
  const told = { lines: [{ label: 'PHQ-9', text: 'PHQ-9 14 (moderate)' }] };
  const lines = (log: Partial<Log>) =>
    addendum(
      { logs: [aRecord({ id: 'l1', status: 'amended', ...log })] },
      [
        change({
          change: 'amended',
          told: { artefact: 'log', id: 'l1', status: 'told', at: '2026-02-03T10:00:00.000Z', ...told },
        }),
      ],
      { summaryOf: () => [score], scoresOf: () => scores },
    ).sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.lines.slice(1)));
  expect(lines({ items: answers({ a: 6, b: 7 }) })).toContain('was PHQ-9 14 (moderate), now PHQ-9 13 (moderate)');
  expect(lines({ items: answers({ a: 6, b: 8 }), withheld: ['b'] })).toContain('PHQ-9: not shared any more');
  const grouped = [{ linkId: 'g', answers: [], items: answers({ a: 6, b: 8 }) }];
  expect(lines({ items: grouped, withheld: ['g'] })).toContain('PHQ-9: not shared any more');
});
