import { describe, expect, it } from 'vitest';
import type { Barrier, Feedback, PlanState, Report } from '../../../src/homework/model.ts';
import { keepOrder } from '../../../src/homework/plan/keep-order.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';

const [one, two, three, four] = [1, 2, 3, 4].map((day) => `2026-03-0${day}T15:00:00.000Z`) as [
  string,
  string,
  string,
  string,
];
const of = { planId: 'plan-1', patientId: 'sarah' };
const barrier = (changes: Partial<Barrier> = {}): Barrier => ({
  ...{ id: 'b', ...of, code: 'fear', saidBy: 'patient', recordedAt: two },
  ...changes,
});
const feedback = (changes: Partial<Feedback> = {}): Feedback => ({
  ...{ id: 'f', ...of, author: 'patient', text: 'Thanks', sentAt: two },
  ...changes,
});
const report = (changes: Partial<Report> = {}) => ({ id: 'r', ...of, from: two, to: three, ...changes }) as Report;
const list = <K extends keyof PlanState>(name: K, entry: PlanState[K] extends readonly (infer T)[] ? T : never) =>
  aState({ [name]: [entry] } as Partial<PlanState>);

/** What is kept of a new entry, or of one that was so before. */
function kept<K extends 'assignments' | 'occurrences' | 'logs' | 'barriers' | 'feedback' | 'reports'>(
  name: K,
  after: PlanState[K][number],
  before?: PlanState[K][number],
): unknown {
  const earlier = before === undefined ? undefined : list(name, before as never);
  return keepOrder(earlier, list(name, after as never))[name][0];
}

describe('the times of a step', () => {
  const step = aStep({ authoredOn: two, lastModified: three, unlockedAt: two });
  it('stay as they are in order', () => {
    expect(kept('assignments', step)).toBe(step);
    expect(kept('assignments', step, { ...step, lastModified: three })).toBe(step);
    expect(kept('assignments', step, { ...step, lastModified: two })).toBe(step);
  });

  it('are not before it was made, nor before its last change', () => {
    const early = { ...step, lastModified: one, unlockedAt: two };
    expect(kept('assignments', early)).toEqual({ ...step, lastModified: two });
    expect(kept('assignments', step, { ...step, lastModified: four })).toEqual({ ...step, lastModified: four });
  });

  it('move with the change that they were made by', () => {
    const before = { ...step, lastModified: four };
    expect(kept('assignments', { ...step, unlockedAt: three }, before)).toMatchObject({ unlockedAt: four });
    const unlocked = { by: 'Practitioner/17', reason: 'ready' };
    expect(kept('assignments', { ...step, unlocked: { at: three, ...unlocked } }, before)).toMatchObject({
      ...{ unlockedAt: two, unlocked: { at: four, ...unlocked } },
    });
    expect(kept('assignments', { ...step, unlocked: { at: two } }, before)).toMatchObject({ unlocked: { at: two } });
    expect(kept('assignments', { ...step, endedAt: three }, before)).toMatchObject({ unlockedAt: two, endedAt: four });
    expect(kept('assignments', { ...step, endedAt: two }, before)).toMatchObject({ unlockedAt: two, endedAt: two });
    expect(kept('assignments', step, before)).not.toHaveProperty('endedAt');
  });

  it('are not asked of another step', () => {
    const other = aStep({ id: 'a-2', lastModified: four });
    expect(keepOrder(list('assignments', other), list('assignments', step)).assignments[0]).toBe(step);
  });
});

describe('the times of an occurrence', () => {
  const occurrence = anOccurrence({ openedAt: two, lastModified: three });
  it('stay as they are in order', () => {
    expect(kept('occurrences', occurrence)).toBe(occurrence);
    expect(kept('occurrences', occurrence, { ...occurrence, lastModified: two })).toBe(occurrence);
  });

  it('are not before it was opened, nor before its last change', () => {
    expect(kept('occurrences', { ...occurrence, lastModified: one })).toEqual({ ...occurrence, lastModified: two });
    expect(kept('occurrences', { ...occurrence, endedAt: three }, { ...occurrence, lastModified: four })).toEqual({
      ...{ ...occurrence, endedAt: four, lastModified: four },
    });
  });
});

describe('when a log was last changed', () => {
  const log = aStoredLog({ authored: three });
  it.each([
    ['new', undefined, three],
    ['after the last change', two, three],
    ['at the last change', three, three],
    ['never before the last change', four, four],
  ])('%s', (_what, before, authored) => {
    const earlier = before === undefined ? undefined : { ...log, authored: before };
    expect(kept('logs', log, earlier)).toEqual({ ...log, authored });
    if (authored === three) expect(kept('logs', log, earlier)).toBe(log);
  });
});

describe('within one entry', () => {
  it.each([
    [
      'a barrier is talked over after it was recorded',
      'barriers',
      barrier({ talkedOverAt: one }),
      { talkedOverAt: two },
    ],
    ['a message is delivered after it was sent', 'feedback', feedback({ deliveredAt: one }), { deliveredAt: two }],
    ['a message is read after it was sent', 'feedback', feedback({ readAt: one }), { readAt: two }],
    [
      ...(['a message is read after it was delivered', 'feedback'] as const),
      ...([feedback({ deliveredAt: four, readAt: three }), { readAt: four }] as const),
    ],
    [
      ...(['a message is delivered, and then read', 'feedback'] as const),
      ...([feedback({ deliveredAt: one, readAt: three }), { deliveredAt: two }] as const),
    ],
    ['a report ends after it begins', 'reports', report({ to: one }), { to: two }],
  ] as const)('%s', (_what, name, entry, changes) => {
    expect(kept(name, entry)).toStrictEqual({ ...entry, ...changes });
  });

  it.each([
    ['barriers', barrier()],
    ['barriers', barrier({ talkedOverAt: two })],
    ['barriers', barrier({ talkedOverAt: three })],
    ['feedback', feedback()],
    ['feedback', feedback({ deliveredAt: two, readAt: two })],
    ['feedback', feedback({ readAt: three })],
    ['feedback', feedback({ deliveredAt: three, readAt: four })],
    ['reports', report({ to: two })],
    ['reports', report()],
  ] as const)('%s in order stay as they are: %j', (name, entry) => {
    expect(kept(name, entry)).toBe(entry);
  });

  it.each([
    [undefined, undefined],
    [two, two],
    [one, two],
    [three, three],
  ])('a plan that is closed at %s was closed at %s', (closedAt, kept) => {
    const { plan } = aState();
    const made = { ...plan, createdAt: two };
    const given = closedAt === undefined ? made : { ...made, closedAt };
    const after = keepOrder(undefined, aState({ plan: given })).plan;
    expect(after.closedAt).toBe(kept);
    if (closedAt === kept) expect(after).toBe(given);
  });
});

describe('what is in order', () => {
  const state = aState({
    assignments: [aStep(), aStep({ id: 'a-2' })],
    logs: [aStoredLog()],
    barriers: [barrier()],
  });

  it('is the same object, the whole of it', () => {
    expect(keepOrder(undefined, state)).toBe(state);
    expect(keepOrder(state, state)).toBe(state);
    const changed = { ...state, logs: [...state.logs, aStoredLog({ id: 'l-2' })] };
    expect(keepOrder(state, changed)).toBe(changed);
  });

  it('stays the same beside what is not', () => {
    const wrong = aStep({ id: 'a-2', authoredOn: four });
    const after = { ...state, assignments: [...state.assignments.slice(0, 1), wrong] };
    const { assignments, logs, barriers, plan } = keepOrder(undefined, after);
    expect(assignments).toEqual([state.assignments[0], { ...wrong, lastModified: four, unlockedAt: four }]);
    expect(assignments[0]).toBe(state.assignments[0]);
    expect([logs, barriers, plan]).toEqual([state.logs, state.barriers, state.plan]);
    expect(logs).toBe(state.logs);
    expect(barriers).toBe(state.barriers);
    expect(plan).toBe(state.plan);
  });

  it('was written before, so that nobody changes it now', () => {
    // as an older version had left it: what this change does not touch is not rewritten
    const plan = { ...state.plan, closedAt: '2020-01-01T00:00:00.000Z' };
    const left = { ...state, plan, barriers: [barrier({ talkedOverAt: one })] };
    const after = { ...left, barriers: [...left.barriers, barrier({ id: 'c' })] };
    expect(keepOrder(left, after)).toBe(after);
    expect(keepOrder(left, { ...left }).barriers).toBe(left.barriers);
  });
});
