import { describe, expect, it } from 'vitest';
import type { Assignment, PlanState, UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { type EndPlan, endPlan } from '../../../src/homework/plan/end-plan.ts';
import { proposeClose } from '../../../src/homework/plan/propose-close.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';
import { answers, rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

const at = '2026-03-05T15:00:00.000Z';
const { plan } = aState();
const step = (id: string, pair: string, changes: Partial<Assignment> = {}): Assignment => {
  const [status, businessStatus] = pair.split('/') as [Assignment['status'], Assignment['businessStatus']];
  return aStep({ id: `a-${id}`, key: id, step: Number(id), status, businessStatus, ...changes });
};
const unlocksAfter = (key: string, type: 'behaviour-done' | 'clinician-approves' = 'behaviour-done'): UnlockRule => ({
  ...{ type: 'after', after: key, criterion: { type } as UnlockCriterion },
});
const locked = (id: string, unlock: UnlockRule) => step(id, 'draft/locked', { unlock });

describe('a plan that is closed', () => {
  const open = aState({
    assignments: [
      step('1', 'in-progress/logging'),
      locked('2', { type: 'by-clinician' }),
      step('3', 'rejected/declined', { endedAt: at }),
    ],
    occurrences: [anOccurrence(), anOccurrence({ id: 'a-3.1', assignmentId: 'a-3', status: 'done' })],
    logs: [
      aStoredLog({ id: 'l-1', status: 'in-progress' }),
      aStoredLog({ id: 'l-2' }),
      aStoredLog({ id: 'l-3', assignmentId: 'a-3', status: 'in-progress' }),
    ],
  });
  const close = (command: EndPlan, state = open) => endPlan(state, command, at, rules);

  it('ends all that is open, whole', () => {
    const reason = { statusReason: { text: 'moved away' }, endedAt: at, lastModified: at };
    const stopped = { status: 'stopped', unsent: true, authored: at };
    expect(close({ status: 'revoked', reason: 'moved away' })).toStrictEqual({
      ...open,
      plan: { ...plan, status: 'revoked', closedAt: at, closeReason: 'moved away' },
      assignments: [
        { ...open.assignments[0], status: 'cancelled', businessStatus: 'withdrawn', ...reason },
        { ...open.assignments[1], status: 'cancelled', businessStatus: 'not-reached', ...reason },
        open.assignments[2],
      ],
      occurrences: [
        { ...open.occurrences[0], status: 'excused', reason: 'withdrawn', endedAt: at, lastModified: at },
        open.occurrences[1],
      ],
      logs: [{ ...open.logs[0], ...stopped }, open.logs[1], { ...open.logs[2], ...stopped }],
    });
  });

  it.each([undefined, '', ' \n'])('as completed, needs no reason: %j', (reason) => {
    const closed = close({ status: 'completed', ...(reason === undefined ? {} : { reason }) });
    expect(closed.plan).toStrictEqual({ ...plan, status: 'completed', closedAt: at });
    expect(closed.assignments.map(({ statusReason }) => statusReason?.text)).toEqual([
      ...['the plan was closed', 'the plan was closed', undefined],
    ]);
  });

  it.each([undefined, '', ' \t'])('as revoked, needs one: %j', (reason) => {
    expect(refusal(() => close({ status: 'revoked', ...(reason === undefined ? {} : { reason }) }))).toEqual({
      ...{ code: 'invalid-request', issues: [{ path: 'reason', problem: 'is empty' }], message: 'reason is empty' },
    });
  });

  it('was swept to then before: a time of a locked step says that it was not reached', () => {
    const paused = anOccurrence({ id: 'a-2.1', assignmentId: 'a-2', status: 'paused' });
    const { occurrences } = close({ status: 'completed' }, { ...open, occurrences: [paused] });
    expect(occurrences).toEqual([
      { ...paused, status: 'excused', reason: 'not reached', endedAt: at, lastModified: at },
    ]);
    const late = aState({ assignments: [step('1', 'requested/assigned')], occurrences: [anOccurrence()] });
    const closed = endPlan(late, { status: 'completed' }, '2026-03-20T15:00:00.000Z', rules);
    expect(closed.assignments[0]).toMatchObject({ status: 'failed', businessStatus: 'missed' });
  });
});

describe('a plan is set in force', () => {
  const [first, second] = [locked('1', { type: 'at-start' }), locked('2', { type: 'by-clinician' })].map(
    ({ unlockedAt: _none, ...rest }): Assignment => rest,
  ) as [Assignment, Assignment];

  it.each(['draft', 'on-hold'] as const)('from %s: what may start unlocks', (status) => {
    const { plan: after, assignments } = activatePlan(
      aState({ plan: { ...plan, status }, assignments: [first, second] }),
      ...([at, rules] as const),
    );
    expect(after).toEqual({ ...plan, status: 'active' });
    expect(assignments).toMatchObject([{ status: 'requested', unlockedAt: at }, { status: 'draft' }]);
  });

  it('once: an active one stays the same object', () => {
    const active = aState({ assignments: [first, second] });
    expect(activatePlan(active, at, rules)).toBe(active);
  });
});

describe('a plan is at its end', () => {
  const done = (id: string) => step(id, 'completed/done');
  const said = aStoredLog({ items: answers({ 'experiment-done': true }) });

  it.each<[string, Partial<PlanState>, 'completed' | 'revoked' | undefined]>([
    ['all was withdrawn', { assignments: [step('1', 'cancelled/withdrawn')] }, 'revoked'],
    ['all was declined', { assignments: [step('1', 'rejected/declined')] }, 'revoked'],
    ['nothing was in it', {}, 'revoked'],
    ['something was done', { assignments: [step('1', 'cancelled/withdrawn'), done('2')] }, 'completed'],
    ['something was missed', { assignments: [step('1', 'failed/missed')] }, 'completed'],
    ['something was logged', { assignments: [step('1', 'cancelled/withdrawn')], logs: [aStoredLog()] }, 'completed'],
    [
      ...(['what was logged was taken back'] as const),
      { assignments: [step('1', 'cancelled/withdrawn')], logs: [aStoredLog({ status: 'entered-in-error' })] },
      'revoked',
    ],
    ['one is on hold', { plan: { ...plan, status: 'on-hold' }, assignments: [done('1')] }, 'completed'],
    ['something is open', { assignments: [done('1'), step('2', 'requested/assigned')] }, undefined],
    ['it is a draft', { plan: { ...plan, status: 'draft' }, assignments: [done('1')] }, undefined],
    ['it is closed already', { plan: { ...plan, status: 'completed' }, assignments: [done('1')] }, undefined],
  ])('when %s: %s', (_what, changes, status) => {
    expect(proposeClose(aState(changes), rules)).toEqual(status === undefined ? undefined : { status });
  });

  it.each<[string, readonly Assignment[], boolean, (readonly PlanState['logs'][number][])?]>([
    ['behind one that was withdrawn', [step('1', 'cancelled/withdrawn'), locked('2', unlocksAfter('1'))], true],
    ['behind one that is not there', [locked('2', unlocksAfter('9'))], true],
    ['behind one that runs', [step('1', 'in-progress/logging'), locked('2', unlocksAfter('1'))], false],
    ['behind one that was done without allowing it', [done('1'), locked('2', unlocksAfter('1'))], true],
    ['behind one that allows it', [done('1'), locked('2', unlocksAfter('1'))], false, [said]],
    ['behind one that a clinician approves', [done('1'), locked('2', unlocksAfter('1', 'clinician-approves'))], false],
    [
      ...(['behind one that was declined, whatever a clinician approves'] as const),
      [step('1', 'rejected/declined'), locked('2', unlocksAfter('1', 'clinician-approves'))],
      true,
    ],
    [
      'behind one that waits for a clinician',
      [locked('1', { type: 'by-clinician' }), locked('2', unlocksAfter('1'))],
      false,
    ],
    [
      ...(['not behind the one that it names, whatever became of the first'] as const),
      [step('1', 'cancelled/withdrawn'), done('2'), locked('3', unlocksAfter('2', 'clinician-approves'))],
      false,
    ],
    [
      ...(['not when it is locked no more'] as const),
      [step('1', 'cancelled/withdrawn'), step('2', 'requested/assigned', { unlock: unlocksAfter('1') })],
      false,
    ],
    ['by a clinician', [done('1'), locked('2', { type: 'by-clinician' })], false],
    ['at the start', [done('1'), locked('2', { type: 'at-start' })], false],
    [
      ...(['two steps behind one that was withdrawn'] as const),
      [step('1', 'cancelled/withdrawn'), locked('2', unlocksAfter('1')), locked('3', unlocksAfter('2'))],
      true,
    ],
  ])('a locked step is out of reach %s', (_what, assignments, out, logs = []) => {
    const proposed = proposeClose(aState({ assignments, logs }), rules);
    expect(proposed !== undefined).toBe(out);
  });
});
