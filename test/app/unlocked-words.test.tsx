import { describe, expect, it } from 'vitest';
import { unlockedWords } from '../../smart-app/src/words/unlocked-words.ts';
import type { PlanView, StepView } from '../../src/contract/app/plan-view.ts';
import type { UnlockRule } from '../../src/homework/model.ts';
import { place } from './pages-around.tsx';
import { showPlan } from './show-plan.ts';
import { situations } from './situations.ts';

const { now, plans } = situations.atTheVisit;
const view: PlanView = showPlan(plans[0], { now, reader: 'clinician', ledger: [] });
const at = '2026-03-18T15:00:00.000Z';
const open = view.assignments.find(({ key }) => key === '4b') as StepView;
const names = new Map([['Practitioner/kim', 'Dr Kim']]);
const say = (change: Partial<StepView>) =>
  unlockedWords({ ...open, unlockedAt: at, ...change }, { view, place, reader: 'Practitioner/me', names });
const onceAfter = (criterion: Extract<UnlockRule, { type: 'after' }>['criterion'], key = '4a'): UnlockRule => ({
  ...{ type: 'after', after: key, criterion },
});

describe('how a step came to be open', () => {
  it.each<[Partial<StepView>, string | undefined]>([
    [{ unlock: { type: 'at-start' } }, 'Opened with the plan, on Wed, Mar 18.'],
    [{ unlock: onceAfter({ type: 'behaviour-done' }) }, 'Unlocked on Wed, Mar 18, because step 4a had been done.'],
    [{ unlock: onceAfter({ type: 'logs-done', count: 1 }) }, 'Unlocked on Wed, Mar 18, because step 4a had been done.'],
    [
      { unlock: onceAfter({ type: 'logs-done', count: 1 }, '1') },
      'Unlocked on Wed, Mar 18, because step 1 had been logged.',
    ],
    [
      { unlock: onceAfter({ type: 'logs-done', count: 2 }, '1') },
      'Unlocked on Wed, Mar 18, because step 1 had been logged 2 times.',
    ],
    [
      { unlock: onceAfter({ type: 'logs-done', count: 3 }, '1') },
      'Unlocked on Wed, Mar 18, because step 1 had been done.',
    ],
    [{ unlock: { type: 'at-start' }, authoredOn: at }, 'Opened when it was put into the plan, on Wed, Mar 18.'],
    [
      { unlock: onceAfter({ type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 40 }) },
      'Unlocked on Wed, Mar 18, because “SUDS peak” in step 4a was 40 or less.',
    ],
    [
      { unlock: onceAfter({ type: 'measure-reached', linkId: 'mood', comparator: '>=', value: 6 }) },
      'Unlocked on Wed, Mar 18, because “mood” in step 4a was 6 or more.',
    ],
    [
      { unlock: onceAfter({ type: 'measure-fell', linkId: 'belief-after', by: 20 }) },
      'Unlocked on Wed, Mar 18, because “belief after” in step 4a had fallen by 20.',
    ],
  ])('by its rule: %j', (change, words) => {
    expect(say({ ...change, unlocked: { at } })).toBe(words);
  });

  it.each([
    ['Practitioner/kim', 'she is ready', 'Dr Kim unlocked it on Wed, Mar 18: “she is ready”'],
    ['Practitioner/me', 'she is ready\n', 'You unlocked it on Wed, Mar 18: “she is ready”'],
    ['Practitioner/nobody-knows', 'היא מוכנה', 'A clinician unlocked it on Wed, Mar 18: “\u2068היא מוכנה\u2069”'],
  ])('by hand, of %s', (by, reason, words) => {
    // whatever its rule says
    expect(say({ unlock: onceAfter({ type: 'behaviour-done' }), unlocked: { at, by, reason } })).toBe(words);
  });

  it('says the day alone where no more was kept, and never an id', () => {
    const { unlocked: _never, ...before } = open;
    expect(unlockedWords(before, { view, place, reader: '', names })).toMatch(/^Opened on \w+, Mar \d+\.$/);
    expect(say({ unlocked: { at, by: 'Practitioner/17', reason: 'ready' } })).not.toContain('17');
  });

  it('says nothing of what is locked, again or still', () => {
    expect(say({ status: 'draft', businessStatus: 'locked', unlocked: { at } })).toBeUndefined();
    const { unlockedAt: _none, unlocked: _nor, ...never } = open;
    expect(unlockedWords(never, { view, place, reader: '', names })).toBeUndefined();
  });

  it('is not among what the patient’s app is sent', () => {
    const by = { at, by: 'Practitioner/kim', reason: 'she is ready' };
    const state = { ...plans[0], assignments: plans[0].assignments.map((step) => ({ ...step, unlocked: by })) };
    const shown = (reader: 'patient' | 'clinician') => JSON.stringify(showPlan(state, { now, reader, ledger: [] }));
    expect(shown('clinician')).toContain('she is ready');
    expect(shown('patient')).not.toContain('unlocked":');
    expect(shown('patient')).not.toContain('she is ready');
  });
});
