import { describe, expect, it } from 'vitest';
import { hideDraft, isDraft, stopDraft } from '../../src/homework/log/draft.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { AnswerItem, PlanState } from '../../src/homework/model.ts';
import { hasDied } from '../../src/homework/patient/has-died.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { adherenceOf } from '../../src/homework/plan/adherence-of.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { closeSignal } from '../../src/homework/safety/close-signal.ts';
import type { SafetyEvidence, SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

/** What holds at the very moment, one millisecond before it and one after: intervals are half-open, [from, until). */
const begin = '2026-03-01T15:00:00.000Z';
const shifted = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const moments = [
  ['a millisecond before', -1],
  ['at the moment', 0],
  ['a millisecond after', 1],
] as const;

const planOf = (...steps: Parameters<typeof anAssignment>[0][]): PlanState =>
  activatePlan(designPlan(aPlan(steps.map(anAssignment)), begin), begin, rules);
const logAt = (
  state: PlanState,
  performedAt: string,
  at: string,
  changes: Partial<Parameters<typeof takeLog>[1]> = {},
) =>
  takeLog(state, aLog({ id: `l-${state.logs.length}`, assignmentId: 'a-1', performedAt, ...changes }), at, rules).state;
const firstOccurrence = (state: PlanState) => {
  const [occurrence] = state.occurrences;
  if (occurrence === undefined) throw new Error('the plan has no occurrence');
  return occurrence;
};

describe('a death', () => {
  it.each(moments)('%s of it', (_when, ms) => {
    const died = '2026-03-10T04:00:00.000Z';
    expect(hasDied({ deceased: { at: died } }, shifted(died, ms))).toBe(ms >= 0);
    expect(hasDied({}, shifted(died, ms))).toBe(false);
    expect(hasDied({ deceased: {} }, shifted(died, ms))).toBe(true);
  });
});

describe('a time to do it', () => {
  const plan = planOf({ key: '1' });
  const { dueUntil, lateUntil } = firstOccurrence(plan);

  it.each(moments)('counts as due so far %s of its end', (_when, ms) => {
    expect(adherenceOf(plan, {}, shifted(dueUntil, ms)).percent).toBe(ms >= 0 ? 0 : undefined);
  });

  it.each(moments)('takes what was done %s of its end, on time or late', (_when, ms) => {
    const performedAt = shifted(dueUntil, ms);
    const [log] = logAt(plan, performedAt, shifted(performedAt, 1)).logs;
    expect(log?.resolution).toBe(ms < 0 ? 'resolved' : 'late');
  });

  it.each(moments)('takes nothing %s of the end of its grace', (_when, ms) => {
    const performedAt = shifted(lateUntil, ms);
    const [log] = logAt(plan, performedAt, shifted(performedAt, 1)).logs;
    expect(log?.resolution).toBe(ms < 0 ? 'late' : 'ad-hoc');
  });

  it('takes nothing that was done before the plan began', () => {
    expect(() => logAt(plan, '2026-02-20T15:00:00.000Z', '2026-03-02T15:00:00.000Z')).toThrow(/performedAt/);
  });

  it('is one more time when it was done before, and of no time when its target is not reached', () => {
    const done = logAt(plan, '2026-03-02T15:00:00.000Z', '2026-03-02T16:00:00.000Z');
    const { logs } = logAt(done, '2026-03-03T15:00:00.000Z', '2026-03-03T16:00:00.000Z');
    expect(logs.map(({ resolution }) => resolution)).toEqual(['resolved', 'extra']);
  });
});

describe('a signal that is closed', () => {
  const signal = (...noticed: string[]): SafetySignal => ({
    ...{
      id: 's',
      patientId: 'sarah',
      planId: 'plan-1',
      rule: 'self-harm-thoughts',
      ordinal: 1,
      status: 'open',
      version: 1,
    },
    raisedAt: '2026-03-02T15:00:00.000Z',
    evidence: noticed.map((at): SafetyEvidence => ({ at, by: { type: 'patient' } })),
  });
  const close = { by: 'Practitioner/dr-okafor', reason: ' talked ' } as const;
  const [early, raised, late] = ['2026-03-01T00:00:00.000Z', '2026-03-02T15:00:00.000Z', '2026-03-09T00:00:00.000Z'];

  it.each([
    ['when it is decided', [raised], late, late],
    ['not before it was raised', [early], early, raised],
    ['not before its last evidence', [late, raised], raised, late],
    ['not before its last evidence, in whichever order that came', [raised, late, early], raised, late],
  ])('is closed %s', (_what, noticed, at, closedAt) => {
    const closed = closeSignal(signal(...noticed), close, at);
    expect(closed).toMatchObject({ status: 'closed', closedAt, closeReason: 'talked', version: 2 });
    expect(closed).not.toHaveProperty('closedVia');
  });

  it.each([
    ['Patient/sarah', 'r', 'by'],
    ['xPractitioner/1', 'r', 'by'],
    ['Practitioner/', 'r', 'by'],
    ['Practitioner/1', ' \n', 'reason'],
  ])('is not closed by %j for %j', (by, reason, field) => {
    expect(() => closeSignal(signal(raised), { by, reason }, late)).toThrow(new RegExp(`^${field} is`));
  });
});

describe('a risk answer’s value', () => {
  const item = (linkId: string, ...items: AnswerItem[]): AnswerItem => ({ linkId, answers: [], items });
  const [risk] = answers({ 'self-harm': true });
  const [other] = answers({ mood: 3 });
  if (risk === undefined || other === undefined) throw new Error('no answers');
  const nested = [item('group', item('inner', other, risk)), item('beside', other)];

  it.each([
    ['is told', [risk], [], true],
    ['is told from within groups', nested, [], true],
    ['is not told when it is withheld', [risk], ['self-harm'], undefined],
    ['is not told when it is withheld within groups', nested, ['self-harm'], undefined],
    ['is not told when a group around it is withheld', nested, ['group'], undefined],
    ['is not told when a group around it, in a group, is withheld', nested, ['inner'], undefined],
    ['is told when a group beside it is withheld', nested, ['beside'], true],
    ['is told when an item beside it is withheld', nested, ['mood'], true],
  ])('%s', (_what, items, withheld, value) => {
    const at = '2026-03-02T15:00:00.000Z';
    const { noticed } = logAt(planOf({ key: '1', kind: 'monitoring' }), at, at, { items, withheld });
    expect(noticed?.map(({ evidence }) => evidence.value)).toEqual([value]);
  });
});

describe('a draft', () => {
  const at = '2026-03-02T15:00:00.000Z';
  const [written] = logAt(planOf({ key: '1' }), at, at, { status: 'in-progress', withheld: ['note'] }).logs;
  const [sent] = logAt(planOf({ key: '1' }), at, at).logs;
  if (written === undefined || sent === undefined) throw new Error('no logs');

  it('is what is being written, or was stopped before it was sent', () => {
    const stopped = stopDraft(written, begin);
    expect(stopped).toEqual({ ...written, status: 'stopped', unsent: true, authored: begin });
    expect([written, stopped, sent, { ...sent, unsent: false as never }].map(isDraft)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is stopped only while it is being written', () => {
    expect(stopDraft(sent, begin)).toBe(sent);
    const retracted = voidLog(logAt(planOf({ key: '1' }), at, at), { logId: 'l-0' }, at, rules);
    expect(retracted.logs[0] && stopDraft(retracted.logs[0], begin)).toBe(retracted.logs[0]);
  });

  it('shows others when it was begun, and not a word', () => {
    const hidden = hideDraft({ ...written, predicted: { linkIds: ['prediction'], at } as never });
    const { items: _items, withheld: _withheld, ...rest } = written;
    expect(hidden).toEqual({ ...rest, items: [], withheld: [] });
  });
});
