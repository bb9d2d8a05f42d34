import { describe, expect, it } from 'vitest';
import type { Assignment, Barrier, PlanState, UnlockRule } from '../../../src/homework/model.ts';
import { attentionOf } from '../../../src/homework/plan/attention-of.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';

const at = '2026-03-16T15:00:00.000Z';
const none = { overdue: 0, stopped: 0, waitingUnlock: 0, urgency: 0 };
const step = (id: string, changes: Partial<Assignment>): Assignment =>
  aStep({ id: `a-${id}`, key: id, step: Number(id), ...changes });
const locked = (id: string, unlock: UnlockRule, changes: Partial<Assignment> = {}): Assignment => {
  const { unlockedAt: _none, ...rest } = step(id, { status: 'draft', businessStatus: 'locked', unlock });
  return { ...rest, ...changes };
};
const barrier = (id: string, code: Barrier['code'], talkedOverAt?: string): Barrier => ({
  ...{ id, planId: 'plan-1', patientId: 'sarah', code, saidBy: 'patient', recordedAt: at },
  ...(talkedOverAt === undefined ? {} : { talkedOverAt }),
});
const of = (changes: Partial<PlanState>) => attentionOf(aState(changes), at);
const unlocksAfter = (key: string): UnlockRule => ({
  type: 'after',
  after: key,
  criterion: { type: 'behaviour-done' },
});

describe('a plan asks for attention', () => {
  it.each<[string, Partial<PlanState>, object]>([
    ['not, when nothing is in it', {}, none],
    ['not for what goes on', { assignments: [step('1', {})] }, none],
    [
      'for a step that was declined',
      { assignments: [step('1', { status: 'rejected', businessStatus: 'declined' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      'for one that was missed',
      { assignments: [step('1', { status: 'failed', businessStatus: 'missed' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      ...(['for one that the patient stopped'] as const),
      { assignments: [step('1', { status: 'cancelled', businessStatus: 'stopped-by-patient' })] },
      { stopped: 1, urgency: 8 },
    ],
    [
      'not for one that was withdrawn',
      { assignments: [step('1', { status: 'cancelled', businessStatus: 'withdrawn' })] },
      none,
    ],
    ['not for one that is done', { assignments: [step('1', { status: 'completed', businessStatus: 'done' })] }, none],
    [
      'for the last barrier',
      { barriers: [barrier('b', 'fear'), barrier('c', 'no-time')] },
      { openBarrier: 'no-time', urgency: 6 },
    ],
    [
      ...([
        'for the last that was not talked over',
        { barriers: [barrier('b', 'fear'), barrier('c', 'no-time', at)] },
      ] as const),
      { openBarrier: 'fear', urgency: 6 },
    ],
    ['not for one that was talked over', { barriers: [barrier('b', 'fear', at)] }, none],
    [
      ...(['for all of it together'] as const),
      {
        assignments: [step('1', { status: 'failed', businessStatus: 'missed' }), locked('2', unlocksAfter('1'))],
        barriers: [barrier('b', 'other')],
      },
      { stopped: 1, waitingUnlock: 1, openBarrier: 'other', urgency: 17 },
    ],
  ])('%s', (_what, changes, expected) => {
    expect(of(changes)).toStrictEqual({ ...none, ...expected });
  });

  it('for each time that is overdue, with the share that was done', () => {
    const times = (['overdue', 'overdue', 'due', 'missed', 'done'] as const).map((status, index) =>
      anOccurrence({ id: `a-1.${index}`, status, dueUntil: '2026-03-14T08:00:00.000Z' }),
    );
    const { openBarrier, ...attention } = of({ assignments: [step('1', {})], occurrences: times });
    expect(openBarrier).toBeUndefined();
    // one of five that were due so far
    expect(attention).toEqual({ ...none, overdue: 2, urgency: 8, adherencePercent: 20 });
  });

  it('with when something was last done: of finished logs, by when it was', () => {
    const log = (id: string, performedAt: string, changes = {}) => aStoredLog({ id, performedAt, ...changes });
    const logs = [
      log('1', '2026-03-04T15:00:00.000Z', { status: 'amended' }),
      log('2', '2026-03-03T15:00:00.000Z'),
      log('3', '2026-03-05T15:00:00.000Z', { status: 'in-progress' }),
      log('4', '2026-03-06T15:00:00.000Z', { status: 'entered-in-error' }),
      log('5', '2026-03-02T15:00:00.000Z'),
    ];
    expect(of({ logs })).toEqual({ ...none, lastLogAt: '2026-03-04T15:00:00.000Z' });
  });

  it('not any more when the patient has died, though the numbers stay', () => {
    const state = {
      assignments: [step('1', { status: 'rejected', businessStatus: 'declined' })],
      barriers: [barrier('b', 'fear')],
    };
    expect(of({ ...state, deceased: { at } })).toEqual({ ...none, stopped: 1, openBarrier: 'fear' });
    expect(of({ ...state, deceased: { at: '2026-03-17T15:00:00.000Z' } })).toMatchObject({ urgency: 14 });
  });
});

describe('a locked step waits for a clinician', () => {
  const ended = (id: string) => step(id, { status: 'completed', businessStatus: 'done' });
  it.each<[string, readonly Assignment[], number]>([
    ['when the one before it has ended', [ended('1'), locked('2', unlocksAfter('1'))], 1],
    ['not while the one before it runs', [step('1', {}), locked('2', unlocksAfter('1'))], 0],
    ['not behind one that is not there', [ended('1'), locked('2', unlocksAfter('9'))], 0],
    ['when all before it have ended', [ended('1'), ended('2'), locked('3', { type: 'by-clinician' })], 1],
    ['first of all', [locked('1', { type: 'by-clinician' }), step('2', {})], 1],
    ['not while one before it runs', [ended('1'), step('2', {}), locked('3', { type: 'by-clinician' })], 0],
    ['not when it unlocks at the start', [ended('1'), locked('2', { type: 'at-start' })], 0],
    ['when a clinician locked it', [locked('1', { type: 'at-start' }, { unlockedAt: at })], 1],
    ['not when it is not locked', [ended('1'), step('2', { unlock: unlocksAfter('1') })], 0],
    ['each of them', [ended('1'), locked('2', unlocksAfter('1')), locked('3', unlocksAfter('1'))], 2],
  ])('%s', (_what, assignments, waitingUnlock) => {
    expect(of({ assignments })).toEqual({ ...none, waitingUnlock, urgency: 3 * waitingUnlock });
  });
});
