import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { finishLog } from '../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

const day = (time: string): string => `2026-03-04T${time}:00.000Z`;
const begin = '2026-03-01T15:00:00.000Z';
type Values = Readonly<Record<string, number | boolean | string>>;

function begun(values: Values, at = day('09:00'), kind = 'experiment'): PlanState {
  const plan = activatePlan(designPlan(aPlan([anAssignment({ key: '1', kind })]), begin), begin, rules);
  const log = aLog({
    ...{ id: 'l1', assignmentId: 'a-1', performedAt: at, status: 'in-progress', items: answers(values) },
  });
  return takeLog(plan, log, at, rules).state;
}
const save = (state: PlanState, values: Values, at: string): PlanState =>
  reviseLog(state, { logId: 'l1', items: answers(values) }, at, rules);
const complete = (state: PlanState, values: Values, at: string): PlanState =>
  finishLog(state, { logId: 'l1', items: answers(values) }, at, rules);
const predicted = (state: PlanState) => state.logs[0]?.predicted;
function refused(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (hasCode(error, 'prediction-locked')) return error.fields.linkIds;
    throw error;
  }
  throw new Error('it was taken');
}

const feared = { prediction: 'they will laugh', likelihood: 80 };
const came = { ...feared, 'experiment-done': true, outcome: 'good point' };

describe('a prediction that is saved before any outcome', () => {
  it('has the time since when it stands so: saving it again does not move it, changing it does', () => {
    const first = begun(feared);
    expect(predicted(first)).toEqual({ at: day('09:00'), linkIds: ['prediction', 'likelihood'] });
    expect(predicted(save(first, { ...feared, note: 'x' }, day('09:10')))?.at).toBe(day('09:00'));
    const changed = save(first, { ...feared, likelihood: 70 }, day('09:20'));
    expect(predicted(changed)).toEqual({ at: day('09:20'), linkIds: ['prediction', 'likelihood'] });
    expect(predicted(save(first, {}, day('09:30')))).toBeUndefined();
  });

  it('keeps that time through outcome, completion and correction', () => {
    const done = complete(save(begun(feared), came, day('10:30')), came, day('10:31'));
    const corrected = save(done, { ...came, outcome: 'a good point' }, day('12:00'));
    for (const state of [done, corrected])
      expect(predicted(state)).toEqual({ at: day('09:00'), linkIds: ['prediction', 'likelihood'] });
  });

  it('cannot be changed or cleared once an outcome is there, by saving, completing or correcting', () => {
    const open = save(begun(feared), came, day('10:30'));
    expect(refused(() => save(open, { ...came, likelihood: 20 }, day('10:31')))).toEqual(['likelihood']);
    expect(refused(() => complete(open, { outcome: 'good point' }, day('10:31')))).toEqual([
      'prediction',
      'likelihood',
    ]);
    const done = complete(open, came, day('10:32'));
    expect(refused(() => save(done, { ...came, prediction: 'nothing' }, day('11:00')))).toEqual(['prediction']);
  });

  it('can be completed without an outcome, and is locked by that', () => {
    const done = complete(begun(feared), { ...feared, 'experiment-done': false }, day('18:00'));
    expect(predicted(done)?.at).toBe(day('09:00'));
    expect(refused(() => save(done, { likelihood: 10 }, day('19:00')))).toEqual(['prediction', 'likelihood']);
  });

  it('may be thought over when every outcome was cleared again, and then has its new time', () => {
    const cleared = save(save(begun(feared), came, day('10:30')), feared, day('10:31'));
    expect(predicted(cleared)?.at).toBe(day('09:00'));
    expect(predicted(save(cleared, { ...feared, likelihood: 60 }, day('10:32')))?.at).toBe(day('10:32'));
  });

  it('does not lock what was never predicted, nor date it', () => {
    const open = save(begun({ likelihood: 80 }), { likelihood: 80, outcome: 'x' }, day('10:30'));
    const added = save(open, { ...feared, outcome: 'x' }, day('10:31'));
    expect(predicted(added)).toEqual({ at: day('09:00'), linkIds: ['likelihood'] });
  });
});

describe('a prediction that comes with its outcome, or after it', () => {
  it('has no time, and can be put right as anything else', () => {
    const plan = activatePlan(designPlan(aPlan([anAssignment({ key: '1' })]), begin), begin, rules);
    const whole = aLog({ id: 'l1', assignmentId: 'a-1', performedAt: day('10:00'), items: answers(came) });
    const { state } = takeLog(plan, whole, day('11:00'), rules);
    expect(predicted(state)).toBeUndefined();
    expect(save(state, { ...came, likelihood: 75 }, day('12:00')).logs[0]?.status).toBe('amended');
    expect(predicted(begun(came))).toBeUndefined();
  });

  it('is not dated back by one that was saved before and said something else', () => {
    expect(
      predicted(save(begun(feared), { ...came, prediction: 'nothing', likelihood: 5 }, day('10:30'))),
    ).toBeUndefined();
    expect(predicted(save(begun(feared), { ...came, likelihood: 5 }, day('10:30')))?.linkIds).toEqual(['prediction']);
  });
});

it('a kind that tests no prediction locks none', () => {
  const open = begun(feared, day('09:00'), 'diary');
  expect(predicted(open)).toBeUndefined();
  expect(save(save(open, came, day('10:00')), { ...came, likelihood: 1 }, day('10:01')).logs[0]?.items).toHaveLength(4);
});
