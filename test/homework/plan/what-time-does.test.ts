import { describe, expect, it } from 'vitest';
import type { Assignment, Occurrence, OccurrenceStatus, PlanState, Schedule } from '../../../src/homework/model.ts';
import { settle } from '../../../src/homework/plan/settle.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { anOccurrence, aState, aStep, aStoredLog, made } from '../a-state.ts';
import { answers, rules } from '../build-plan.ts';

const early = '2026-03-05T15:00:00.000Z';
const dueUntil = '2026-03-14T08:00:00.000Z';
const inGrace = '2026-03-14T15:00:00.000Z';
const lateUntil = '2026-03-15T08:00:00.000Z';
const after = '2026-03-20T15:00:00.000Z';
const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'three' },
  window: { start: '2026-03-02', end: '2026-03-13' },
};

/** A step that stands so, `requested/assigned`, with its times that stand so. */
function standing(
  pair: string,
  times: readonly OccurrenceStatus[],
  schedule?: Schedule,
  more: Partial<Assignment> = {},
) {
  const [status, businessStatus] = pair.split('/') as [Assignment['status'], Assignment['businessStatus']];
  const step = aStep({ status, businessStatus, ...more });
  const schedules = schedule === undefined ? step.schedules : [{ schedule, from: made }];
  const occurrences = times.map((time, index) =>
    anOccurrence({ id: `a-1.${index + 1}`, ordinal: index + 1, status: time }),
  );
  return aState({ assignments: [{ ...step, schedules }], occurrences });
}
const stands = ({ assignments, occurrences }: PlanState) => [
  assignments.map(({ status, businessStatus }) => `${status}/${businessStatus}`).join(' '),
  occurrences.map(({ status }) => status).join(' '),
];

type Case = readonly [from: string, times: string, at: string, to: string, becomes: string];
const times = (text: string) => text.split(' ').filter((word) => word !== '') as OccurrenceStatus[];

describe('time, on a step that is done once', () => {
  it.each<Case>([
    ['requested/assigned', 'due', early, 'requested/assigned', 'due'],
    ['requested/assigned', 'due', dueUntil, 'requested/overdue', 'overdue'],
    ['received/seen', 'due', inGrace, 'received/overdue', 'overdue'],
    ['accepted/agreed', 'due', inGrace, 'accepted/overdue', 'overdue'],
    ['in-progress/logging', 'due', inGrace, 'in-progress/overdue', 'overdue'],
    ['in-progress/late', 'due', inGrace, 'in-progress/late', 'overdue'],
    ['requested/overdue', 'overdue', inGrace, 'requested/overdue', 'overdue'],
    ['requested/assigned', 'due', lateUntil, 'failed/missed', 'missed'],
    ['received/overdue', 'overdue', lateUntil, 'failed/missed', 'missed'],
    ['accepted/overdue', 'overdue', after, 'failed/missed', 'missed'],
    ['in-progress/overdue', 'overdue', after, 'failed/missed', 'missed'],
    ['in-progress/late', 'overdue', after, 'in-progress/late', 'missed'],
    // nothing is overdue any more
    ['requested/overdue', 'excused', early, 'requested/assigned', 'excused'],
    ['in-progress/overdue', 'due', early, 'in-progress/logging', 'due'],
    // nothing was missed, or something is still open
    ['requested/assigned', 'excused', after, 'requested/assigned', 'excused'],
    ['requested/assigned', '', after, 'requested/assigned', ''],
    ['requested/assigned', 'missed paused', after, 'requested/assigned', 'missed paused'],
    // enough was done, whatever was missed beside it
    ['in-progress/logging', 'missed done', after, 'completed/done', 'missed done'],
    // what is paused, locked or over stands still
    ['requested/paused', 'due', after, 'requested/paused', 'due'],
    ['on-hold/paused', 'due', after, 'on-hold/paused', 'due'],
    ['draft/locked', 'due', after, 'draft/locked', 'due'],
    ['completed/done', 'due', after, 'completed/done', 'due'],
    ['rejected/declined', 'due', after, 'rejected/declined', 'due'],
  ])('%s (%s) at %s is %s (%s)', (from, own, at, to, becomes) => {
    const before = standing(from, times(own));
    const swept = sweep(before, at, rules);
    expect(stands(swept)).toEqual([to, becomes]);
    expect(sweep(swept, at, rules)).toBe(swept);
    if (from === to && own === becomes) expect(swept).toBe(before);
  });
});

describe('time, on a step that is done three times in a window', () => {
  it.each<Case>([
    ['in-progress/logging', 'done due', inGrace, 'in-progress/overdue', 'done overdue'],
    // at the end of its grace what was never opened was missed as well
    ['in-progress/overdue', 'done overdue', lateUntil, 'failed/missed', 'done missed missed'],
    ['requested/assigned', 'due', lateUntil, 'failed/missed', 'missed missed missed'],
    ['requested/assigned', '', after, 'failed/missed', 'missed missed missed'],
    ['in-progress/logging', 'done done done', after, 'completed/done', 'done done done'],
    ['in-progress/logging', 'done late excused', after, 'completed/done', 'done late excused'],
    ['in-progress/late', 'late', after, 'in-progress/late', 'late missed missed'],
    // before that the next is opened as soon as none waits
    ['in-progress/logging', 'done', early, 'in-progress/logging', 'done due'],
    ['in-progress/logging', 'done excused', inGrace, 'in-progress/logging', 'done excused overdue'],
    ['requested/assigned', 'due', early, 'requested/assigned', 'due'],
    ['in-progress/overdue', 'overdue', inGrace, 'in-progress/overdue', 'overdue'],
    ['received/seen', '', early, 'received/seen', 'due'],
    ['accepted/agreed', 'done', early, 'accepted/agreed', 'done due'],
    ['requested/assigned', '', early, 'requested/assigned', 'due'],
    ['requested/paused', '', early, 'requested/paused', ''],
    ['on-hold/paused', 'done', early, 'on-hold/paused', 'done'],
    ['failed/missed', 'missed', early, 'failed/missed', 'missed'],
    ['cancelled/withdrawn', 'excused', after, 'cancelled/withdrawn', 'excused'],
  ])('%s (%s) at %s is %s (%s)', (from, own, at, to, becomes) => {
    const swept = sweep(standing(from, times(own), meetings), at, rules);
    expect(stands(swept)).toEqual([to, becomes]);
  });

  it.each<[readonly OccurrenceStatus[], string]>([
    [['done', 'done', 'due'], '2 of 3'],
    [['late', 'overdue'], '1 of 3'],
    [['due'], '0 of 3'],
  ])('says that of %j %s was done, and that it ended when its grace did', (own, words) => {
    const [step] = sweep(standing('in-progress/logging', own, meetings), after, rules).assignments;
    expect(step).toMatchObject({
      ...{ endedAt: lateUntil, lastModified: after },
      statusReason: { text: `${words} logged when the time for it was over` },
    });
  });

  it('is not missed while another time of it is still to come', () => {
    const state = standing('in-progress/logging', ['missed']);
    const next = anOccurrence({
      ...{ id: 'a-1.2', ordinal: 2 },
      ...{ dueUntil: '2026-03-24T08:00:00.000Z', lateUntil: '2026-03-25T08:00:00.000Z' },
    });
    const open = { ...state, occurrences: [...state.occurrences, next] };
    expect(sweep(open, after, rules)).toBe(open);
  });

  it('has no more times than were asked for, and none after its grace', () => {
    const full = standing('in-progress/late', ['late', 'missed', 'missed'], meetings);
    expect(settle(full, early, rules)).toBe(full);
    const late = standing('in-progress/late', ['late'], meetings);
    expect(settle(late, lateUntil, rules)).toBe(late);
    expect(stands(settle(late, '2026-03-15T07:59:59.999Z', rules))[1]).toBe('late overdue');
  });

  it('ended with the last of them', () => {
    const { occurrences, ...rest } = standing('in-progress/logging', ['missed', 'missed', 'missed'], meetings);
    const ends = ['2026-03-08T09:00:00.000Z', '2026-03-12T08:00:00.000Z', '2026-03-10T08:00:00.000Z'];
    const state = { ...rest, occurrences: occurrences.map((own, at) => ({ ...own, lateUntil: ends[at] ?? '' })) };
    expect(sweep(state, after, rules).assignments[0]?.endedAt).toBe('2026-03-12T08:00:00.000Z');
  });
});

describe('time stands still', () => {
  const { plan } = aState();
  const late = standing('requested/assigned', ['due']);
  it.each(['draft', 'on-hold', 'completed', 'revoked', 'entered-in-error'] as const)(
    'in a plan that is %s',
    (status) => {
      const still = { ...late, plan: { ...plan, status } };
      expect(sweep(still, after, rules)).toBe(still);
      const open = { ...standing('in-progress/logging', ['done'], meetings), plan: { ...plan, status } };
      expect(settle(open, early, rules)).toBe(open);
    },
  );

  it('when the patient has died: what was overdue is due, of every step, and all else stays', () => {
    const other: Occurrence = anOccurrence({ id: 'a-2.1', assignmentId: 'a-2', status: 'missed' });
    const overdue = standing('accepted/overdue', ['overdue', 'missed', 'done']);
    const state: PlanState = {
      ...overdue,
      assignments: [...overdue.assignments, aStep({ id: 'a-2', key: '2' })],
      occurrences: [...overdue.occurrences, other],
      deceased: { at: early },
    };
    const still = sweep(state, after, rules);
    expect(still.assignments).toEqual([
      { ...state.assignments[0], status: 'accepted', businessStatus: 'agreed', lastModified: after },
      state.assignments[1],
    ]);
    expect(still.occurrences).toEqual([
      { ...state.occurrences[0], status: 'due', lastModified: after },
      ...state.occurrences.slice(1),
    ]);
    expect(sweep(still, after, rules)).toBe(still);
    expect(sweep(state, '2026-03-05T14:59:59.999Z', rules).occurrences[0]?.status).toBe('overdue');
    const opens = { ...standing('in-progress/logging', ['done'], meetings), deceased: {} };
    expect(settle(opens, early, rules)).toBe(opens);
  });
});

describe('what follows', () => {
  it('from enough: the step is done, and what was still open is excused', () => {
    const before = standing('in-progress/logging', ['done', 'due']);
    const { assignments, occurrences } = settle(before, early, rules);
    expect(assignments).toEqual([
      { ...before.assignments[0], status: 'completed', businessStatus: 'done', endedAt: early, lastModified: early },
    ]);
    expect(occurrences).toEqual([
      before.occurrences[0],
      {
        ...{ ...before.occurrences[1], status: 'excused', reason: 'enough was done' },
        ...{ endedAt: early, lastModified: early },
      },
    ]);
  });

  const next = (changes: Partial<Assignment>) => {
    const { unlockedAt: _none, ...locked } = aStep({ id: 'a-2', key: '2', step: 2, status: 'draft' });
    return { ...locked, businessStatus: 'locked', unlock: { type: 'at-start' }, ...changes } as Assignment;
  };
  const withNext = (changes: Partial<Assignment>, rest: Partial<PlanState> = {}): PlanState => ({
    ...aState({ assignments: [next(changes)] }),
    ...rest,
  });

  it.each<[string, PlanState, string]>([
    ['a step whose turn it is', withNext({}), 'requested/assigned'],
    ['not what a clinician unlocks', withNext({ unlock: { type: 'by-clinician' } }), 'draft/locked'],
    ['not what was unlocked before', withNext({ unlockedAt: made }), 'draft/locked'],
    ['not while a signal is open', withNext({}, { openSafetySignals: 1 }), 'draft/locked'],
    [
      ...([
        'not what is over',
        withNext({ schedules: [{ schedule: { type: 'once', by: '2026-03-04' }, from: made }] }),
      ] as const),
      'draft/locked',
    ],
  ])('unlocks %s', (_what, state, to) => {
    const settled = settle(state, early, rules);
    expect(stands(settled)[0]).toBe(to);
    if (to === 'draft/locked') expect(settled).toBe(state);
    else {
      expect(settled.occurrences).toMatchObject([{ id: 'a-2.1', status: 'due', openedAt: early }]);
      expect(settled.assignments[0]).toMatchObject({ unlockedAt: early });
      expect(settled.assignments[0]).not.toHaveProperty('statusReason');
    }
  });

  it('from one step to the next but one, whichever stands first', () => {
    const done = { type: 'behaviour-done' } as const;
    const steps = [
      next({ id: 'a-2', key: '2', unlock: { type: 'after', after: '1', criterion: done } }),
      aStep(),
      next({ id: 'a-3', key: '3', unlock: { type: 'at-start' } }),
    ];
    const state = aState({
      assignments: steps,
      occurrences: [anOccurrence({ status: 'done' })],
      logs: [aStoredLog({ items: answers({ 'experiment-done': true }) })],
    });
    expect(stands(settle(state, early, rules))).toEqual([
      'requested/assigned completed/done requested/assigned',
      'done due due',
    ]);
  });
});
