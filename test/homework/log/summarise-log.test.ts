import { describe, expect, it } from 'vitest';
import { linkIdsOf } from '../../../src/homework/log/line-words.ts';
import { summaryParts } from '../../../src/homework/log/summarise-log.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { AnswerValue } from '../../../src/homework/model.ts';
import { answers } from '../build-plan.ts';
import { aRecord } from '../report/report-state.ts';

const place = { timeZone: 'UTC', language: 'en-GB' };

type Values = Parameters<typeof answers>[0];
const lineOf = (line: SummaryLine, values: Values, withheld: readonly string[] = [], mask = true) =>
  summaryParts([line], aRecord({ items: answers(values), withheld }), { mask, place }).map(({ text }) => text)[0];
const belief: SummaryLine = { type: 'change', label: 'Belief', before: 'a', after: 'b', unit: '%' };
const bare: SummaryLine = { ...belief, unit: '' };
const suds: SummaryLine = { type: 'points', label: 'SUDS', linkIds: ['a', 'b', 'c'], names: ['before', 'peak'] };
const times: SummaryLine = { type: 'value', label: 'Tried', linkId: 'a', unit: 'times' };
const plainValue: SummaryLine = { type: 'value', label: 'Tried', linkId: 'a' };
const note: SummaryLine = { type: 'text', label: 'Note', linkId: 'a' };
const odds: SummaryLine = { type: 'text', label: 'Expected', linkId: 'a', likelihoodLinkId: 'b' };

describe('a line of a log', () => {
  it.each<[SummaryLine, Values, string | undefined]>([
    [belief, { a: 80, b: 60 }, 'Belief 80 to 60 %'],
    [belief, { a: 0, b: 0 }, 'Belief 0 to 0 %'],
    [belief, { a: 80 }, 'Belief 80 % before, not rated after'],
    [belief, { b: 60 }, 'Belief 60 % after, not rated before'],
    [belief, { c: 1 }, undefined],
    [bare, { a: 8, b: 6 }, 'Belief 8 to 6'],
    [bare, { a: 8 }, 'Belief 8 before, not rated after'],
    [bare, { b: 6 }, 'Belief 6 after, not rated before'],
    [suds, { a: 50, b: 65, c: 30 }, 'SUDS before 50, peak 65, 30'],
    [suds, { c: 30 }, 'SUDS 30'],
    [suds, { b: 65 }, 'SUDS peak 65'],
    [suds, {}, undefined],
    [times, { a: 4 }, 'Tried 4 times'],
    [plainValue, { a: true }, 'Tried yes'],
    [plainValue, { a: false }, 'Tried no'],
    [plainValue, { b: true }, undefined],
    [note, { a: 'well' }, 'Note: "well"'],
    // an item of no name is not the likelihood of a line that has none
    [note, { a: 'well', b: 80, undefined: 1 }, 'Note: "well"'],
    [note, { b: 'well' }, undefined],
    [odds, { a: 'laughter', b: 80 }, 'Expected: "laughter" (80 % likely)'],
    [odds, { a: 'laughter' }, 'Expected: "laughter"'],
    [odds, { b: 80 }, undefined],
  ])('%j of %j', (line, values, text) => {
    expect(lineOf(line, values)).toBe(text);
  });

  it('is told with its label and what it was made of, in the order of the kind', () => {
    const log = aRecord({ items: answers({ a: 80, b: 60 }) });
    expect(summaryParts([times, suds, belief, { ...note, linkId: 'z' }], log, { mask: true, place })).toEqual([
      { label: 'Tried', text: 'Tried 80 times', line: times },
      { label: 'SUDS', text: 'SUDS before 80, peak 60', line: suds },
      { label: 'Belief', text: 'Belief 80 to 60 %', line: belief },
    ]);
  });

  it('tells what is withheld to the patient alone', () => {
    expect(lineOf(belief, { a: 80, b: 60 }, ['b'])).toBe('Belief 80 % before, not rated after');
    expect(lineOf(belief, { a: 80, b: 60 }, ['b'], false)).toBe('Belief 80 to 60 %');
  });
});

describe('an answer, as it is said', () => {
  it.each<[AnswerValue, string]>([
    [{ type: 'boolean', value: true }, 'yes'],
    [{ type: 'boolean', value: false }, 'no'],
    [{ type: 'integer', value: -3 }, '-3'],
    [{ type: 'decimal', value: 7.5 }, '7.5'],
    [{ type: 'string', value: ' two\n\tlines ' }, 'two lines'],
    [{ type: 'date', value: '2026-02-03' }, 'Tue, 3 Feb 2026'],
    [{ type: 'dateTime', value: '2026-02-03T10:00:00.000Z' }, 'Tue 3 Feb, 10:00'],
    [{ type: 'time', value: '22:30:00' }, '22:30'],
    [{ type: 'time', value: '22:30:15' }, '22:30:15'],
    [{ type: 'time', value: '00:00:15' }, '00:00:15'],
    [{ type: 'quantity', value: { value: 20, unit: ' s\n' } }, '20 s'],
    [{ type: 'quantity', value: { value: 20, unit: 'minutes', code: 'min' } }, '20 minutes'],
    [{ type: 'quantity', value: { value: 20, code: 'min' } }, '20 min'],
    [{ type: 'quantity', value: { value: 20 } }, '20'],
    [{ type: 'coding', value: { system: 's', code: 'often', display: 'More often' } }, 'More often'],
    [{ type: 'coding', value: { system: 's', code: 'often' } }, 'often'],
  ])('%j', (answer, text) => {
    const log = aRecord({ items: [{ linkId: 'a', answers: [answer], items: [] }] });
    expect(summaryParts([plainValue], log, { mask: true, place })[0]?.text).toBe(`Tried ${text}`);
  });
});

it('a line is made of the answers that it names', () => {
  expect([belief, suds, times, note, odds].map(linkIdsOf)).toEqual([
    ['a', 'b'],
    ['a', 'b', 'c'],
    ['a'],
    ['a'],
    ['a', 'b'],
  ]);
});
