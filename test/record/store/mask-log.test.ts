import { describe, expect, it } from 'vitest';
import type { AnswerItem, Log } from '../../../src/homework/model.ts';
import { maskLog } from '../../../src/record/store/mask-log.ts';
import fc from '../../fast-check.ts';

const text = (value: string) => ({ type: 'string', value }) as const;
const item = (linkId: string, items: readonly AnswerItem[] = []): AnswerItem => ({
  linkId,
  answers: [text(`said-${linkId}`)],
  items,
});
const log = (items: readonly AnswerItem[], withheld: readonly string[], changes: Partial<Log> = {}): Log => ({
  ...{
    id: 'l',
    planId: 'p',
    assignmentId: 'a',
    patientId: 'sarah',
    resolution: 'ad-hoc',
    questionnaire: 'https://x.example/Q|1.0.0',
  },
  ...{
    status: 'completed',
    performedAt: '2026-03-02T15:00:00.000Z',
    authored: '2026-03-02T15:00:00.000Z',
    source: { type: 'patient' },
  },
  ...{ items, withheld },
  ...changes,
});
const words = (masked: Log): string[] => JSON.stringify(masked.items).match(/said-[a-z]+/g) ?? [];

describe('a log as everyone but the patient sees it', () => {
  const items = [item('a', [item('b', [item('c')]), item('d')]), item('e', [item('f')])];
  it.each([
    [[], ['said-a', 'said-b', 'said-c', 'said-d', 'said-e', 'said-f']],
    [['a'], ['said-e', 'said-f']],
    // inside of a group that is shared
    [['b'], ['said-a', 'said-d', 'said-e', 'said-f']],
    [['c'], ['said-a', 'said-b', 'said-d', 'said-e', 'said-f']],
    [['f'], ['said-a', 'said-b', 'said-c', 'said-d', 'said-e']],
    [
      ['d', 'e'],
      ['said-a', 'said-b', 'said-c'],
    ],
    [['nowhere'], ['said-a', 'said-b', 'said-c', 'said-d', 'said-e', 'said-f']],
  ])('without %j says %j', (withheld, said) => {
    expect(words(maskLog(log(items, withheld)))).toEqual(said);
  });

  it('says nothing of what was never sent, begun or stopped', () => {
    for (const changes of [{ status: 'in-progress' }, { status: 'stopped', unsent: true }] as const) {
      expect(maskLog(log(items, ['a'], changes))).toMatchObject({ items: [], withheld: [] });
    }
    expect(words(maskLog(log(items, [], { status: 'stopped' })))).toHaveLength(6);
  });

  it('names every item that it does not tell, at every depth, and changes nothing else', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const tree = (depth: number): fc.Arbitrary<AnswerItem> =>
      fc
        .tuple(fc.constantFrom(...names), depth === 0 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 }))
        .map(([linkId, inner]) => item(linkId, inner));
    /** What may be told: by its own walk, not the one under test. */
    const open = (list: readonly AnswerItem[], withheld: readonly string[], hidden: boolean): string[] =>
      list.flatMap(({ linkId, items: inner }) => {
        const closed = hidden || withheld.includes(linkId);
        return [...(closed ? [] : [`said-${linkId}`]), ...open(inner, withheld, closed)];
      });
    fc.assert(
      fc.property(fc.array(tree(3), { maxLength: 4 }), fc.subarray(names), (given, withheld) => {
        const masked = maskLog(log(given, withheld));
        expect(words(masked).sort()).toEqual(open(given, withheld, false).sort());
        expect(masked.items.map(({ linkId }) => linkId)).toEqual(given.map(({ linkId }) => linkId));
        expect({ ...masked, items: [] }).toEqual({ ...log(given, withheld), items: [] });
      }),
      { numRuns: 200 },
    );
  });
});
