import { describe, expect, it } from 'vitest';
import { asToldBy, toldBy } from '../../src/homework/as-told-by.ts';
import { type Act, needsPerson, needsSignedIn } from '../../src/homework/needs-person.ts';

const design = 'the plan is the design of whoever made it; whom a system names as having decided is what it told';
const ownWords = 'a system may pass on what was said or done; it stays what that system told';
const operator =
  'an operator’s act by a system that may write for the whole tenant, or about what it sent itself; whom it names is what it told';

/** Act by act, by hand: who must do it, and why; docs/access.md says the same to people. */
const table: readonly (readonly [needs: 'signed-in' | 'as-stated' | 'nobody', because: string, ...acts: Act[]])[] = [
  ['signed-in', 'that a worry is over is the judgement of a person of the care team', 'closeSafetySignal'],
  ['signed-in', 'a signature is of whoever has read the note', 'signReport'],
  ['signed-in', 'an approval is a person’s; what a criterion unlocks needs none', 'move unlock'],
  ['signed-in', 'that it counts as done is a clinical judgement', 'move accept-as-done'],
  ['as-stated', design, 'move relock', 'move regrade', 'move withdraw', 'createPlan'],
  ['as-stated', design, 'changePlan', 'changeAssignment', 'addAssignment', 'makeSmallerStep'],
  ['nobody', design, 'move pause', 'move resume'],
  ['nobody', 'what was made by mistake is taken out; it names nobody', 'move mistake'],
  ['as-stated', ownWords, 'move seen', 'move agree', 'move decline', 'move stop', 'recordBarrier', 'recordPlanBarrier'],
  ['as-stated', ownWords, 'giveFeedback', 'giveFeedbackOnLog', 'logHomework', 'amendLog', 'completeLog'],
  ['nobody', 'it ends a plan, and claims nothing of anybody', 'closePlan'],
  ['nobody', 'it opens a time of a step that is done in sessions; it names nobody', 'startSession'],
  ['nobody', 'it takes a time out of the count, with its reason; it names nobody', 'excuseOccurrence'],
  ['nobody', 'what was told is taken back; it names nobody', 'retractLog'],
  ['as-stated', 'a system may pass on what was said or done; it stays what that system told', 'talkOverBarrier'],
  ['as-stated', 'a draft; only a signature makes it a person’s note', 'fileReport'],
  ['as-stated', 'whoever fears for someone is heard, by whatever way', 'raiseSafetySignal'],
  ['as-stated', operator, 'retryLedger', 'confirmLedger', 'withdrawLedger', 'startLedgerCheck', 'confirmMerge'],
];
const rows = table.flatMap(([needs, because, ...acts]) => acts.map((act) => [act, needs, because] as const));

describe('who an act needs', () => {
  it.each(rows)('%s: %s', (act, needs, because) => {
    expect(needsPerson[act]).toEqual({ needs, because });
    expect(needsSignedIn(act)).toBe(needs === 'signed-in');
  });

  it('is said of these acts and no others', () => {
    expect(Object.keys(needsPerson).sort()).toEqual(rows.map(([act]) => act).sort());
  });
});

describe('who told of it', () => {
  const names = (id: string) => (id === 'product' ? ' Homework\n\tproduct  (demo) ' : id);
  it.each([
    [undefined, '', ''],
    ['product', 'told by Homework product (demo)', ', as told by Homework product (demo)'],
    ['gone', 'told by gone', ', as told by gone'],
  ])('%s: %j', (via, alone, beside) => {
    expect(toldBy({ via }, names)).toBe(alone);
    expect(asToldBy({ via }, names)).toBe(beside);
    expect(toldBy({})).toBe('');
  });

  it('is its client id where no name is asked for', () => {
    expect([toldBy({ via: 'product' }), asToldBy({ via: 'product' })]).toEqual([
      ...['told by product', ', as told by product'],
    ]);
  });
});
