import { describe, expect, it } from 'vitest';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { AnswerItem, Log } from '../../../src/homework/model.ts';
import { keyMeasures } from '../../../src/homework/report/report-measures.ts';
import { answers } from '../build-plan.ts';
import { aRecord } from './report-state.ts';

const british = { language: 'en-GB', timeZone: 'UTC' };
const belief: SummaryLine = { type: 'change', label: 'Belief', before: 'before', after: 'after', unit: '%' };
const sleep: SummaryLine = { type: 'change', label: 'Sleep', before: 'bed', after: 'up', unit: '' };
const suds: SummaryLine = {
  type: 'points',
  label: 'SUDS',
  linkIds: ['a', 'b', 'c'],
  names: ['before', 'peak', 'after'],
  peak: 'b',
};
/** Its names are a plan's own words, and one of them happens to be a peak. */
const climbs: SummaryLine = { type: 'points', label: 'Fear of', linkIds: ['m', 'n'], names: ['ridge', 'peak'] };
const noPeak: SummaryLine = { type: 'points', label: 'Mood', linkIds: ['m', 'n'], names: ['morning', 'night'] };
const unnamed: SummaryLine = { type: 'points', label: 'Pain', linkIds: ['p'], names: [] };
const value: SummaryLine = { type: 'value', label: 'Times', linkId: 'times', unit: 'x' };
const text: SummaryLine = { type: 'text', label: 'Note', linkId: 'note' };

const logs = (...each: readonly Parameters<typeof answers>[0][]): readonly Log[] =>
  each.map((values, index) => aRecord({ id: `l${index}`, items: answers(values) }));
const measures = (lines: readonly SummaryLine[], ...each: readonly Parameters<typeof answers>[0][]) =>
  keyMeasures(logs(...each), { summaryOf: () => lines }, british);

describe('the measures of a report', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'go from the first value to the last, before and after alike',
      measures([belief], { before: 90, after: 80 }, { after: 70 }, { before: 60, after: 65 }),
      ['Belief 90 to 65 % (first rated before, last after)'],
    ],
    [
      'are two values when one log was rated twice',
      measures([belief], { before: 90, after: 80 }),
      ['Belief 90 to 80 % (first rated before, last after)'],
    ],
    [
      'say that both were rated before, where the last log was not rated after',
      measures([belief], { before: 90, after: 45 }, { before: 60 }),
      ['Belief 90 to 60 % (both rated before)'],
    ],
    [
      'say that both were rated after, where the first log was not rated before',
      measures([sleep], { up: 3 }, { bed: 2, up: 5 }),
      ['Sleep 3 to 5 (both rated after)'],
    ],
    [
      'say when the later one was rated before',
      measures([belief], { after: 45 }, { before: 60 }),
      ['Belief 45 to 60 % (first rated after, last before)'],
    ],
    [
      'say no more where none was rated before',
      measures([belief], { after: 45 }, { after: 60 }),
      ['Belief 45 to 60 %'],
    ],
    ['say when there is one value alone', measures([belief], { after: 80 }), ['Belief 80 % (rated once)']],
    ['have no blank where there is no unit', measures([sleep], { bed: 3 }), ['Sleep 3 (rated once, before)']],
    ['nor at the end', measures([sleep], { bed: 3, up: 4 }), ['Sleep 3 to 4 (first rated before, last after)']],
    ['are the peak of several points', measures([suds], { a: 10, b: 70, c: 30 }, { b: 50 }), ['SUDS peak 70 to 50']],
    ['are never another point than the peak', measures([suds], { a: 10, c: 30 }), []],
    [
      'are each of points without a peak',
      measures([noPeak], { m: 4, n: 2 }, { m: 5 }),
      ['Mood morning 4 to 5', 'Mood night 2 (rated once)'],
    ],
    [
      'are each of points that are no course, whatever they are called',
      measures([climbs], { m: 4, n: 2 }),
      ['Fear of ridge 4 (rated once)', 'Fear of peak 2 (rated once)'],
    ],
    ['go by the label alone where a point has no name', measures([unnamed], { p: 4 }, { p: 0 }), ['Pain 4 to 0']],
    ['are no other lines', measures([value, text], { times: 4, note: 'x' }), []],
    ['are numbers', measures([belief], { before: 'ninety', after: true }), []],
    [
      'stand in the order in which they were first read',
      measures([suds, belief], { before: 90 }, { b: 40, after: 30 }),
      ['Belief 90 to 30 % (first rated before, last after)', 'SUDS peak 40 (rated once)'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(lines).toEqual(expected);
  });

  it('may have fractions', () => {
    const items: readonly AnswerItem[] = [
      { linkId: 'before', answers: [{ type: 'decimal', value: 6.5 }], items: [] },
      { linkId: 'after', answers: [{ type: 'decimal', value: 7.25 }], items: [] },
    ];
    expect(keyMeasures([aRecord({ items })], { summaryOf: () => [belief] }, british)).toEqual([
      'Belief 6.5 to 7.25 % (first rated before, last after)',
    ]);
    expect(keyMeasures([aRecord({ items })], { summaryOf: () => [belief] }, { ...british, language: 'de-AT' })).toEqual(
      ['Belief 6,5 to 7,25 % (first rated before, last after)'],
    );
  });

  it('are shared by kinds that give them the same label, each read by its own version', () => {
    const other: SummaryLine = { type: 'change', label: 'Belief', before: 'x', after: 'y', unit: 'of 100' };
    const [first, second] = logs({ before: 90 }, { x: 40, before: 1 }) as [Log, Log];
    const summaryOf = (questionnaire: string) => (questionnaire === 'other|1' ? [other] : [belief]);
    const lines = keyMeasures([first, { ...second, questionnaire: 'other|1' }], { summaryOf }, british);
    expect(lines).toEqual(['Belief 90 to 40 % (both rated before)']);
  });

  it('are not read where the patient does not share them', () => {
    const items = answers({ before: 90, after: 10 });
    expect(keyMeasures([aRecord({ items, withheld: ['after'] })], { summaryOf: () => [belief] }, british)).toEqual([
      'Belief 90 % (rated once, before)',
    ]);
  });
});
