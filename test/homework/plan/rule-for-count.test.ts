import { describe, expect, it } from 'vitest';
import type { Assignment, UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { ruleForCount } from '../../../src/homework/plan/rule-for-count.ts';
import { stuckBehind, waitsForClinician } from '../../../src/homework/plan/waits-for-clinician.ts';
import { aStep } from '../a-state.ts';

const behind = (key: string, criterion: UnlockCriterion) => ({ type: 'after', after: key, criterion }) as const;
const logs = (count: number): UnlockCriterion => ({ type: 'logs-done', count });
const row = (count: number): UnlockCriterion => ({ type: 'in-a-row', linkId: 'x', comparator: '<=', value: 3, count });
const day = { type: 'on-date', date: '2026-03-10' } as const;

describe('a rule goes with the number of times', () => {
  it.each<[UnlockRule, number, number, UnlockRule]>([
    [behind('1', logs(3)), 3, 5, behind('1', logs(5))],
    [behind('1', logs(2)), 3, 5, behind('1', logs(2))],
    [behind('1', logs(3)), 4, 2, behind('1', logs(2))],
    [behind('1', row(3)), 3, 5, behind('1', row(3))],
    [behind('1', row(3)), 3, 2, behind('1', row(2))],
    [
      behind('1', { type: 'prediction-not-true', count: 3 }),
      3,
      1,
      behind('1', { type: 'prediction-not-true', count: 1 }),
    ],
    [
      { type: 'all', of: [behind('1', logs(3)), day, behind('2', logs(3))] },
      ...([3, 5] as const),
      { type: 'all', of: [behind('1', logs(5)), day, behind('2', logs(3))] },
    ],
  ])('%j, %i to %i', (rule, was, is, becomes) => {
    expect(ruleForCount(rule, { after: '1', was, is })).toEqual(becomes);
  });

  it('is the same object where nothing of it goes along', () => {
    const rule: UnlockRule = { type: 'any', of: [behind('2', logs(3)), day] };
    expect(ruleForCount(rule, { after: '1', was: 3, is: 5 })).toBe(rule);
  });
});

describe('a joined rule waits for a person', () => {
  const over = (key: string, changes: Partial<Assignment> = {}): Assignment =>
    aStep({
      id: `a-${key}`,
      key,
      status: 'completed',
      businessStatus: 'done',
      endedAt: `2026-03-0${key}T15:00:00.000Z`,
      ...changes,
    });
  const open = (key: string): Assignment => aStep({ id: `a-${key}`, key });
  const failed = { status: 'failed', businessStatus: 'missed' } as const;
  const waits = (unlock: UnlockRule, before: readonly Assignment[], today?: string) => {
    const { unlockedAt: _never, ...step } = aStep({ id: 'a-9', key: '9', step: 9, status: 'draft', unlock });
    return [waitsForClinician([...before, step], step, today), stuckBehind([...before, step], step, today)?.key];
  };
  const done: UnlockCriterion = { type: 'behaviour-done' };
  const both: UnlockRule = { type: 'all', of: [behind('1', done), behind('2', done)] };
  const either: UnlockRule = { type: 'any', of: [behind('1', done), behind('2', done)] };
  const asked: UnlockRule = { type: 'all', of: [behind('1', done), behind('2', { type: 'clinician-approves' })] };
  const orAsked: UnlockRule = { type: 'any', of: [behind('1', done), behind('2', { type: 'clinician-approves' })] };
  const later: UnlockRule = { type: 'all', of: [behind('1', done), day] };
  const orLater: UnlockRule = { type: 'any', of: [behind('1', done), day] };
  it.each<[string, UnlockRule, readonly Assignment[], string | undefined, readonly (string | undefined)[]]>([
    ['not while one of them runs', both, [over('1', failed), open('2')], undefined, [undefined, undefined]],
    ['stuck behind the one that was not done', both, [over('1', failed), over('2')], undefined, ['stuck', '1']],
    ['stuck behind the last, where all were', both, [over('1'), over('2')], undefined, ['stuck', '2']],
    ['of any, while one can still open it', either, [over('1'), open('2')], undefined, [undefined, undefined]],
    ['of any, when none can', either, [over('1'), over('2')], undefined, ['stuck', '2']],
    ['its turn, when all are over', asked, [over('1'), over('2')], undefined, ['turn', undefined]],
    ['not its turn before', asked, [over('1'), open('2')], undefined, [undefined, undefined]],
    ['its turn, though another part may open it', orAsked, [open('1'), over('2')], undefined, ['turn', undefined]],
    ['not before the day has come', later, [over('1')], '2026-03-09', [undefined, undefined]],
    ['where no day is known', later, [over('1')], undefined, [undefined, undefined]],
    ['once the day has come', later, [over('1')], '2026-03-10', ['stuck', '1']],
    ['never where a day alone opens it', orLater, [over('1')], '2026-03-09', [undefined, undefined]],
    ['never of a day alone', day, [over('1')], '2026-03-09', [undefined, undefined]],
  ])('%s', (_what, unlock, before, today, expected) => {
    expect(waits(unlock, before, today)).toEqual(expected);
  });
});
