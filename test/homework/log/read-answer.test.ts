import { describe, expect, it } from 'vitest';
import { readAnswer, shareableItems } from '../../../src/homework/log/read-answer.ts';
import type { AnswerItem } from '../../../src/homework/model.ts';

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
