import { describe, expect, it } from 'vitest';
import type { Assignment, Occurrence, PlanState } from '../../../src/homework/model.ts';
import { type MoveEvent, makeMove } from '../../../src/homework/plan/make-move.ts';
import { anOccurrence, aState, aStep, aStoredLog, made } from '../a-state.ts';
import { rules } from '../build-plan.ts';

const at = '2026-03-05T15:00:00.000Z';
const actor = 'Practitioner/1';
const barrier = { id: 'b', code: 'fear', text: 'they stare', saidBy: 'patient' } as const;
const assigned = aStep({ status: 'requested', businessStatus: 'assigned' });
const logging = aStep();
const locked = aStep({ status: 'draft', businessStatus: 'locked', unlock: { type: 'by-clinician' } });
const due = anOccurrence();
const paused = anOccurrence({ status: 'paused', reason: 'flu' });
const first = { schedule: { type: 'once', by: '2026-03-13' } as const, from: made };

const state = (step: Assignment, ...occurrences: Occurrence[]): PlanState =>
  aState({ assignments: [step], occurrences });
const move = (before: PlanState, event: MoveEvent, when = at, via?: string) =>
  makeMove(before, { assignmentId: 'a-1', event, ...(via === undefined ? {} : { via }) }, when, rules);

/** What has changed of the step, and of its time. */
const cases: readonly (readonly [string, PlanState, MoveEvent, Partial<Assignment>, Partial<Occurrence>])[] = [
  ['seen', state(assigned, due), { type: 'seen' }, { status: 'received', businessStatus: 'seen' }, {}],
  ['agreed', state(assigned, due), { type: 'agree' }, { status: 'accepted', businessStatus: 'agreed' }, {}],
  [
    ...(['declined', state(assigned, due), { type: 'decline', barrier }] as const),
    {
      ...{ status: 'rejected', businessStatus: 'declined', endedAt: at },
      statusReason: { code: 'fear', text: 'they stare' },
    },
    { status: 'excused', reason: 'declined', endedAt: at },
  ],
  [
    ...([
      'stopped',
      state(logging, due),
      { type: 'stop', barrier: { id: 'b', code: 'no-time', saidBy: actor } },
    ] as const),
    {
      ...{ status: 'cancelled', businessStatus: 'stopped-by-patient', endedAt: at },
      statusReason: { code: 'no-time', text: 'no-time' },
    },
    { status: 'excused', reason: 'stopped by the patient', endedAt: at },
  ],
  [
    ...(['paused, with a reason', state(assigned, due), { type: 'pause', reason: 'flu' }] as const),
    {
      ...{ status: 'requested', businessStatus: 'paused', pausedFrom: 'assigned' },
      ...{ statusReason: { text: 'flu' }, pauses: [{ from: at, reason: 'flu' }] },
    },
    { status: 'paused', reason: 'flu' },
  ],
  [
    ...(['paused', state(logging, due), { type: 'pause' }] as const),
    { status: 'on-hold', businessStatus: 'paused', pausedFrom: 'logging', pauses: [{ from: at }] },
    { status: 'paused' },
  ],
  [
    ...(['withdrawn', state(logging, due), { type: 'withdraw', actor, reason: 'too much' }] as const),
    { status: 'cancelled', businessStatus: 'withdrawn', endedAt: at, statusReason: { text: 'too much' } },
    { status: 'excused', reason: 'withdrawn', endedAt: at },
  ],
  [
    ...(['accepted as done', state(logging, due), { type: 'accept-as-done', actor }] as const),
    { status: 'completed', businessStatus: 'done', endedAt: at, statusReason: { text: 'accepted as done' } },
    { status: 'excused', reason: 'accepted as done', endedAt: at },
  ],
  [
    ...(['accepted, with a reason', state(logging, due), { type: 'accept-as-done', actor, reason: 'enough' }] as const),
    { status: 'completed', businessStatus: 'done', endedAt: at, statusReason: { text: 'enough' } },
    { status: 'excused', reason: 'accepted as done', endedAt: at },
  ],
  [
    ...(['a mistake', state(logging, due), { type: 'mistake' }] as const),
    {
      ...{ status: 'entered-in-error', businessStatus: 'mistake', endedAt: at },
      statusReason: { text: 'made by mistake' },
    },
    { status: 'excused', reason: 'made by mistake', endedAt: at },
  ],
  [
    ...(['a mistake, with a reason', state(assigned, paused), { type: 'mistake', reason: 'not hers' }] as const),
    { status: 'entered-in-error', businessStatus: 'mistake', endedAt: at, statusReason: { text: 'not hers' } },
    { status: 'excused', reason: 'made by mistake', endedAt: at },
  ],
  [
    ...(['locked again', state(assigned, due), { type: 'relock', actor, reason: 'too early' }] as const),
    { status: 'draft', businessStatus: 'locked', statusReason: { text: 'too early' } },
    { status: 'paused', reason: 'too early' },
  ],
  [
    ...(['regraded, in words', state(assigned, due)] as const),
    { type: 'regrade', actor, reason: 'too big', title: 'Smaller', instructions: 'Ask one thing.' },
    {
      ...{ status: 'draft', businessStatus: 'locked', statusReason: { text: 'too big' } },
      ...{ title: 'Smaller', instructions: 'Ask one thing.' },
      changes: [
        {
          ...{ at, by: actor, reason: 'too big' },
          ...{ title: { from: 'Step 1', to: 'Smaller' }, instructions: { to: 'Ask one thing.' } },
        },
      ],
    },
    { status: 'paused', reason: 'too big' },
  ],
  [
    ...(['regraded, in time', state(assigned, due)] as const),
    { type: 'regrade', actor, reason: 'too soon', schedule: { type: 'once-within', days: 3 } },
    {
      ...{ status: 'draft', businessStatus: 'locked', statusReason: { text: 'too soon' } },
      schedules: [
        { ...first, until: at },
        { schedule: { type: 'once-within', days: 3 }, from: at },
      ],
      changes: [
        {
          ...{ at, by: actor, reason: 'too soon' },
          schedule: { from: first.schedule, to: { type: 'once-within', days: 3 } },
        },
      ],
    },
    { status: 'paused', reason: 'too soon' },
  ],
  [
    ...(['unlocked by hand', state(locked, paused), { type: 'unlock', by: { actor, reason: 'ready' } }] as const),
    {
      ...{ status: 'requested', businessStatus: 'assigned', statusReason: { text: 'ready' } },
      unlocked: { at, by: actor, reason: 'ready' },
    },
    { status: 'due', reason: undefined as never },
  ],
  [
    ...(['unlocked by hand, with a date', state(locked, paused)] as const),
    { type: 'unlock', by: { actor, reason: 'ready' }, schedule: { type: 'once-within', days: 3 } },
    {
      ...{ status: 'requested', businessStatus: 'assigned', statusReason: { text: 'ready' } },
      unlocked: { at, by: actor, reason: 'ready' },
      schedules: [
        { ...first, until: at },
        { schedule: { type: 'once', by: '2026-03-08' }, from: at },
      ],
    },
    {
      ...{ status: 'due', reason: undefined as never },
      // 04:00 in New York, an hour earlier in Greenwich since the night before
      ...{ dueUntil: '2026-03-09T08:00:00.000Z', lateUntil: '2026-03-10T08:00:00.000Z' },
    },
  ],
];

describe('a step', () => {
  it.each(cases)('is %s: what it becomes, and its time with it', (_what, before, event, step, time) => {
    const { assignments, occurrences, ...rest } = move(before, event);
    const [wasStep, wasTime] = [before.assignments[0], before.occurrences[0]];
    expect(assignments).toEqual([{ ...wasStep, ...step, lastModified: at }]);
    const touched = Object.keys(time).length > 0;
    expect(occurrences).toEqual([touched ? { ...wasTime, ...time, lastModified: at } : wasTime]);
    const { assignments: _steps, occurrences: _times, barriers: _said, ...others } = before;
    expect({ ...others, barriers: rest.barriers }).toEqual(rest);
  });

  it('that is declined or stopped says what stood in the way', () => {
    const of = { planId: 'plan-1', patientId: 'sarah', assignmentId: 'a-1', recordedAt: at };
    expect(move(state(assigned, due), { type: 'decline', barrier }).barriers).toEqual([{ ...barrier, ...of }]);
    const stopped = move(state(logging, due), { type: 'stop', barrier: { ...barrier, via: 'product' } });
    expect(stopped.barriers).toEqual([{ ...barrier, ...of, via: 'product' }]);
    expect(move(state(logging, due), { type: 'withdraw', actor, reason: 'no' }).barriers).toEqual([]);
  });

  it.each(['entered-in-error', 'completed'] as const)('may be declined after a log that is %s, or not', (status) => {
    const before = { ...state(assigned, due), logs: [aStoredLog({ status }), aStoredLog({ assignmentId: 'a-2' })] };
    const decline = () => move(before, { type: 'decline', barrier });
    if (status === 'completed') expect(decline).toThrow(/'decline': it was logged already$/);
    else expect(decline().assignments[0]?.status).toBe('rejected');
  });

  it.each([
    ['within its day', '2026-03-05T20:00:00.000Z', [first], '2026-03-14T08:00:00.000Z'],
    [
      ...(['two days later', '2026-03-07T20:00:00.000Z'] as const),
      ...([[{ schedule: { type: 'once', by: '2026-03-15' } }], '2026-03-16T08:00:00.000Z'] as const),
    ],
  ])('is resumed %s as it was, its reason gone', (_when, until, schedules, dueUntil) => {
    const before = move(state(logging, due), { type: 'pause', reason: 'flu' });
    const { assignments, occurrences } = move(before, { type: 'resume' }, until);
    const [step] = assignments;
    expect(step).toMatchObject({ status: 'in-progress', businessStatus: 'logging', lastModified: until });
    expect(step?.pauses).toEqual([{ from: at, until, reason: 'flu' }]);
    expect(step).not.toHaveProperty('statusReason');
    expect(step).not.toHaveProperty('pausedFrom');
    expect(step?.schedules.slice(-1)).toMatchObject(schedules);
    expect(occurrences).toMatchObject([{ status: 'due', dueUntil, lastModified: until }]);
    expect(occurrences[0]).not.toHaveProperty('reason');
  });

  it('that is unlocked again has a time of its own, when those before are over', () => {
    const over = anOccurrence({ status: 'excused' });
    const { occurrences } = move(state(locked, over), { type: 'unlock', by: { actor, reason: 'ready' } });
    expect(occurrences).toMatchObject([over, { id: 'a-1.2', status: 'due', openedAt: at }]);
  });

  it('is resumed though it is not known since when it was paused', () => {
    const before = state(aStep({ status: 'on-hold', businessStatus: 'paused' }), paused);
    expect(move(before, { type: 'resume' }).assignments[0]).toEqual({ ...logging, lastModified: at });
  });
});

describe('a move that a source system tells', () => {
  const told = (before: PlanState, event: MoveEvent) => move(before, event, at, 'product').assignments[0]?.toldMove;
  const source = { at, via: 'product' };

  it.each<[PlanState, MoveEvent, object]>([
    [state(assigned, due), { type: 'seen' }, { by: 'patient' }],
    [state(assigned, due), { type: 'agree' }, { by: 'patient' }],
    [state(assigned, due), { type: 'decline', barrier: { ...barrier, saidBy: actor } }, { by: actor }],
    [state(logging, due), { type: 'stop', barrier }, { by: 'patient' }],
    [state(assigned, due), { type: 'relock', actor, reason: 'no' }, { by: actor }],
    [state(logging, due), { type: 'withdraw', actor, reason: 'no' }, { by: actor }],
    [state(logging, due), { type: 'pause' }, {}],
    [state(logging, due), { type: 'mistake' }, {}],
  ])('is kept with whom it named: %#', (before, event, by) => {
    expect(told(before, event)).toStrictEqual({ event: event.type, ...source, ...by });
  });

  it('gives way to the next that a person makes, and to the next that is told', () => {
    const before = move(state(assigned, due), { type: 'seen' }, at, 'product');
    expect(move(before, { type: 'agree' }).assignments[0]).not.toHaveProperty('toldMove');
    expect(move(before, { type: 'agree' }, at, 'other').assignments[0]?.toldMove).toMatchObject({ event: 'agree' });
  });
});
