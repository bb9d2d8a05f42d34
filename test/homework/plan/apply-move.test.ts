import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../src/homework/model.ts';
import { applyMove, illegalMove } from '../../../src/homework/plan/apply-move.ts';
import { isEnded } from '../../../src/homework/plan/is-ended.ts';
import { legalPairs } from '../../../src/homework/plan/legal-pairs.ts';
import { aStep, made } from '../a-state.ts';
import { refusal } from '../refusal.ts';

const at = '2026-03-05T15:00:00.000Z';
const early = '2026-03-04T08:00:00.000Z';
const reason = { text: 'flu' };
const standing = (text: string, changes: Partial<Assignment> = {}): Assignment => {
  const [status, businessStatus] = text.split('/') as [Assignment['status'], Assignment['businessStatus']];
  return aStep({ status, businessStatus, ...changes });
};

describe('a move', () => {
  it('changes the statuses and when it changed, and nothing else', () => {
    const before = standing('requested/assigned');
    expect(applyMove(before, 'seen', at)).toStrictEqual({
      ...before,
      ...{ status: 'received', businessStatus: 'seen', lastModified: at },
    });
  });

  it.each([
    ['keeps its reason while the status stays', 'requested/overdue', 'excused', { statusReason: reason }, reason],
    ['loses it with the status', 'requested/assigned', 'seen', { statusReason: reason }, undefined],
    ['has none where it had none', 'requested/overdue', 'excused', {}, undefined],
  ] as const)('%s', (_what, from, event, had, has) => {
    const moved = applyMove(standing(from, had), event, at);
    expect('statusReason' in moved).toBe(has !== undefined);
    expect(moved.statusReason).toEqual(has);
  });

  it('takes the reason that is given, over the one that was', () => {
    const before = standing('in-progress/logging', { statusReason: { text: 'before' } });
    expect(applyMove(before, 'withdraw', at, { reason }).statusReason).toEqual(reason);
    expect(
      applyMove(standing('requested/overdue', { statusReason: reason }), 'excused', at, {
        reason: { text: 'closed' },
      }).statusReason,
    ).toEqual({ text: 'closed' });
  });

  it.each([
    ['in-progress/logging', 'target-reached', 'completed'],
    ['requested/assigned', 'decline', 'rejected'],
    ['requested/assigned', 'withdraw', 'cancelled'],
    ['requested/overdue', 'window-closed', 'failed'],
    ['completed/done', 'mistake', 'entered-in-error'],
  ] as const)('from %s by %s ends it: %s', (from, event, status) => {
    const moved = applyMove(standing(from), event, at);
    expect(moved).toMatchObject({ status, endedAt: at });
    expect(isEnded(moved)).toBe(true);
    expect(applyMove(standing(from), event, at, { endedAt: early })).toMatchObject({
      ...{ endedAt: early, lastModified: at },
    });
  });

  it('is not ended any more when it goes on', () => {
    const back = applyMove(standing('completed/done', { endedAt: early }), 'log-retracted', at, { endedAt: early });
    expect(back).not.toHaveProperty('endedAt');
    expect(isEnded(back)).toBe(false);
  });

  it.each([
    ['in-progress/overdue', 'on-hold', 'overdue', 'in-progress/overdue'],
    ['in-progress/late', 'on-hold', 'late', 'in-progress/late'],
    ['requested/assigned', 'requested', 'assigned', 'requested/assigned'],
    ['accepted/overdue', 'accepted', 'overdue', 'accepted/overdue'],
  ])('to a pause keeps what it was: %s', (from, status, pausedFrom, after) => {
    const paused = applyMove(standing(from), 'pause', at);
    expect(paused).toMatchObject({ status, businessStatus: 'paused', pausedFrom });
    const resumed = applyMove(paused, 'resume', at);
    expect(`${resumed.status}/${resumed.businessStatus}`).toBe(after);
    expect(resumed).not.toHaveProperty('pausedFrom');
  });

  it('goes on as being logged when it is not known what it was', () => {
    expect(applyMove(standing('on-hold/paused'), 'resume', at)).toMatchObject({
      ...{ status: 'in-progress', businessStatus: 'logging' },
    });
  });

  it.each([
    ['target-reached', 'completed', 'late'],
    ['target-not-reached', 'in-progress', 'late'],
  ] as const)('is of the row whose guard holds: %s', (guard, status, businessStatus) => {
    const moved = applyMove(standing('failed/missed', { endedAt: made }), 'late-log', at, { guard });
    expect(moved).toMatchObject({ status, businessStatus });
  });

  it('is refused where no row has the guard', () => {
    expect(refusal(() => applyMove(standing('failed/missed'), 'late-log', at, { guard: 'clinician' }))).toEqual({
      ...{ code: 'illegal-move', assignmentId: 'a-1', from: 'failed', businessStatus: 'missed', event: 'late-log' },
      message: "an assignment that is failed (missed) can't take 'late-log'",
    });
  });
});

it('says in its refusal which guard said no', () => {
  const { code, fields, message } = illegalMove(standing('draft/locked'), 'unlock', 'it rains');
  expect({ code, fields, message }).toEqual({
    code: 'illegal-move',
    fields: { assignmentId: 'a-1', from: 'draft', businessStatus: 'locked', event: 'unlock', because: 'it rains' },
    message: "an assignment that is draft (locked) can't take 'unlock': it rains",
  });
});

it.each(Object.keys(legalPairs))('%s has ended, or not', (status) => {
  const over = ['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'];
  expect(isEnded(aStep({ status: status as Assignment['status'] }))).toBe(over.includes(status));
});
