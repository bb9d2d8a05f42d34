import { describe, expect, it } from 'vitest';
import { readAnswer, readNumber, shareableItems } from '../../../src/homework/log/read-answer.ts';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';
import { aRecord } from '../report/report-state.ts';

const item = (linkId: string, ...items: readonly AnswerItem[]): AnswerItem => ({
  linkId,
  answers: [{ type: 'string', value: `said-${linkId}` }],
  items,
});
const items = [item('a', item('b', item('c')), item('d')), item('e', item('f'))];
const words = (list: readonly AnswerItem[]): string => (JSON.stringify(list).match(/said-[a-z]/g) ?? []).join(' ');

describe('the items that a patient shares', () => {
  it.each([
    [[], 'said-a said-b said-c said-d said-e said-f'],
    [['a'], 'said-e said-f'],
    // inside of a group that is shared, however deep
    [['b'], 'said-a said-d said-e said-f'],
    [['c'], 'said-a said-b said-d said-e said-f'],
    [['d', 'f'], 'said-a said-b said-c said-e'],
    [['nowhere'], 'said-a said-b said-c said-d said-e said-f'],
  ])('without %j', (withheld, said) => {
    const shared = shareableItems(items, withheld);
    expect(words(shared).split(' ').sort().join(' ')).toBe(said);
    for (const linkId of withheld) expect(readAnswer(shared, linkId)).toBeUndefined();
  });
});

describe('an answer', () => {
  it('is found however deep it stands, and is none where nothing was answered', () => {
    expect(['a', 'c', 'f'].map((linkId) => readAnswer(items, linkId))).toMatchObject(
      ['said-a', 'said-c', 'said-f'].map((value) => ({ value })),
    );
    expect(readAnswer(items, 'g')).toBeUndefined();
    expect(readAnswer([{ linkId: 'a', answers: [], items: [item('a')] }], 'a')).toMatchObject({ value: 'said-a' });
  });
});

describe('a number', () => {
  it.each<[AnswerValue, number | undefined]>([
    [{ type: 'integer', value: 0 }, 0],
    [{ type: 'decimal', value: 6.5 }, 6.5],
    [{ type: 'string', value: '6' }, undefined],
    [{ type: 'boolean', value: true }, undefined],
    [{ type: 'quantity', value: { value: 6 } }, undefined],
  ])('%j is %s', (answer, number) => {
    const log = aRecord({ items: [{ linkId: 'a', answers: [answer], items: [] }] });
    expect(readNumber(log, 'a')).toBe(number);
    expect(readNumber(log, 'b')).toBeUndefined();
  });
});
