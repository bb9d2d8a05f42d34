import { describe, expect, it } from 'vitest';
import { findingKinds } from '../../../src/homework/ledger/finding-kind.ts';
import { nextRepair, personTodo, repairOf } from '../../../src/homework/ledger/repair-of.ts';

const open = (kind: string) => ({ kind, repaired: null, meanwhile: null });
const looked = { repair: false, kinds: {} };

describe('what a repair would do', () => {
  it('is known of every kind that a check finds', () => {
    expect(Object.fromEntries(findingKinds.map((kind) => [kind, repairOf(open(kind))]))).toEqual({
      ...{ missing: 'mends', altered: 'mends', status: 'mends', 'newer-version': 'mends', refiled: 'mends' },
      ...{ 'other-patient': 'lets-go', 'other-resource': 'lets-go' },
      ...{ 'beyond-repair': 'leaves', 'entered-in-error': 'leaves', doubled: 'leaves' },
      ...{ unsettled: 'leaves', unreadable: 'leaves' },
    });
  });

  it.each([
    ['repaired', { ...open('missing'), repaired: 'wanted there again' }],
    ['explained', { ...open('missing'), meanwhile: 'patient-unconfirmed' }],
    ['of a kind that is not known here', open('toString')],
  ])('is nothing of what is %s', (_, difference) => {
    expect([repairOf(difference), personTodo(difference)]).toEqual(['leaves', undefined]);
  });

  it('is left to a person where it mends nothing, who is told what to do', () => {
    const told = findingKinds.filter((kind) => personTodo(open(kind)) !== undefined);
    // what has no clear end is looked for by itself
    expect(told).toEqual(findingKinds.filter((kind) => repairOf(open(kind)) !== 'mends' && kind !== 'unsettled'));
    expect(personTodo({ ...open('other-patient'), repaired: 'counts as landed no more' })).toContain(
      'or that it is not',
    );
  });
});

describe('what can be begun from a check', () => {
  it.each([
    [['doubled', 'missing', 'other-patient'], 'mends'],
    [['doubled', 'other-resource'], 'lets-go'],
    [['doubled', 'beyond-repair', 'unreadable'], undefined],
    [[], undefined],
  ])('that found %o is %s', (kinds, offer) => {
    expect(nextRepair(looked, { differences: kinds.map(open), more: false })).toBe(offer);
    expect(nextRepair({ ...looked, repair: true }, { differences: kinds.map(open), more: false })).toBeUndefined();
  });

  it('counts what is not on the page yet, and only if there is more', () => {
    const check = { repair: false, kinds: { doubled: 60, altered: 1 } };
    const page = { differences: [open('doubled')] };
    expect(nextRepair(check, { ...page, more: true })).toBe('mends');
    expect(nextRepair(check, { ...page, more: false })).toBeUndefined();
  });
});
