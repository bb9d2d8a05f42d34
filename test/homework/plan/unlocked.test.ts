import { describe, expect, it } from 'vitest';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { designedAt, rules, sarahUntil } from '../sarah.ts';

const at = '2026-03-18T16:00:00.000Z';
const actor = 'Practitioner/dr-kim';
const unlockedOf = (state: ReturnType<typeof sarahUntil>, key: string) =>
  state.assignments.find((step) => step.key === key)?.unlocked;
const idOf = (state: ReturnType<typeof sarahUntil>, key: string) =>
  state.assignments.find((step) => step.key === key)?.id ?? '';

describe('what is kept of the opening of a step', () => {
  it('is when its rule did it, and nobody', () => {
    const state = sarahUntil('2026-03-11T23:00:00.000Z');
    expect(unlockedOf(state, '1')).toEqual({ at: designedAt });
    expect(unlockedOf(state, '2')).toEqual({ at: '2026-03-09T14:00:00.000Z' });
    expect(unlockedOf(state, '3')).toEqual({ at: '2026-03-11T19:00:00.000Z' });
    expect(unlockedOf(state, '4a')).toBeUndefined();
  });

  it('is who did it by hand and why, also when the step has moved on', () => {
    const state = sarahUntil('2026-03-17T23:00:00.000Z');
    const assignmentId = idOf(state, '4c');
    const event = { type: 'unlock', by: { actor, reason: 'she is ready' } } as const;
    const unlocked = makeMove(state, { assignmentId, event }, at, rules);
    expect(unlockedOf(unlocked, '4c')).toEqual({ at, by: actor, reason: 'she is ready' });
    const agreed = makeMove(unlocked, { assignmentId, event: { type: 'agree' } }, at, rules);
    expect(agreed.assignments.at(-1)).toMatchObject({ businessStatus: 'agreed', unlocked: { at, by: actor } });
    expect(agreed.assignments.at(-1)).not.toHaveProperty('statusReason');
  });

  it('is the last opening of one that was locked again', () => {
    const state = sarahUntil('2026-03-17T23:00:00.000Z');
    const assignmentId = idOf(state, '4a');
    const relock = { type: 'relock', actor, reason: 'too early' } as const;
    const locked = makeMove(state, { assignmentId, event: relock }, at, rules);
    expect(unlockedOf(locked, '4a')).toEqual({ at: '2026-03-17T13:00:00.000Z' });
    const later = '2026-03-19T16:00:00.000Z';
    const unlock = { type: 'unlock', by: { actor: 'Practitioner/dr-okafor', reason: 'now' } } as const;
    const again = makeMove(locked, { assignmentId, event: unlock }, later, rules);
    expect(again.assignments.find(({ key }) => key === '4a')).toMatchObject({
      unlockedAt: '2026-03-17T13:00:00.000Z',
      unlocked: { at: later, by: 'Practitioner/dr-okafor', reason: 'now' },
    });
  });
});
