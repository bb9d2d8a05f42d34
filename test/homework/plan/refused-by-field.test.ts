import { describe, expect, it } from 'vitest';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { attentionOf } from '../../../src/homework/plan/attention-of.ts';
import { changePlanWords } from '../../../src/homework/plan/change-plan-words.ts';
import { changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { planRevision } from '../../../src/homework/plan/plan-revision.ts';
import { withParts } from '../../../src/homework/plan/rule-parts.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { assignmentById, occurrencesOf } from '../../../src/homework/replace-in-state.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';
import { refusedAt } from '../refusal.ts';

const begin = '2026-03-01T15:00:00.000Z';
const by = 'Practitioner/kim';
const daily = (count: number) =>
  ({ type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'after', count } }) as const;
const start = () =>
  activatePlan(designPlan(aPlan([anAssignment({ key: 'a', schedule: daily(9) })]), begin), begin, rules);
const basedOn = (state: ReturnType<typeof start>) => revisionOf(assignmentById(state, 'a-a'));

describe('what is refused is named by its field', () => {
  it.each([
    ['is no day', 'soon'],
    ['is before the plan starts', '2026-02-27'],
    ['is in the past', '2026-03-02'],
    ['is before the last day of a step', '2026-03-10'],
  ])('an end of the plan that %s', (_why, end) => {
    const at = '2026-03-05T15:00:00.000Z';
    const steps = [anAssignment({ key: 'a', schedule: { type: 'once', by: '2026-03-20' } })];
    const state = activatePlan(designPlan(aPlan(steps), begin), begin, rules);
    const change = { basedOn: planRevision(state.plan), end };
    expect(refusedAt(() => changePlanWords(state, change, at, rules))).toEqual(['end']);
  });

  it('a smaller step of another kind', () => {
    const state = start();
    const { unlock: _follows, ...smaller } = anAssignment({ key: 'a-1', kind: 'another', schedule: daily(2) });
    const command = { assignmentId: 'a-a', basedOn: basedOn(state), by, reason: 'too big', smaller };
    expect(refusedAt(() => makeSmallerStep(state, command, begin, rules))).toEqual(['smaller.kind']);
  });

  it('a series of fewer times than were asked for already', () => {
    const at = '2026-03-06T15:00:00.000Z';
    const later = sweep(start(), at, rules);
    const command = { assignmentId: 'a-a', basedOn: basedOn(later), by, schedule: daily(2) };
    expect(refusedAt(() => changeStep(later, command, at, rules))).toEqual(['schedule.ends.count']);
  });
});

it('what is taken back of a series that asks otherwise says why', () => {
  const state = start();
  const schedule = { ...daily(9), pattern: { type: 'per-week', count: 3 } } as const;
  const after = changeStep(state, { assignmentId: 'a-a', basedOn: basedOn(state), by, schedule }, begin, rules);
  const taken = occurrencesOf(after, 'a-a').filter(({ superseded }) => superseded);
  expect(taken.length).toBeGreaterThan(0);
  for (const { reason } of taken) expect(reason).toBe('the step asks at other times now');
});

it('a rule without parts stays as it is', () => {
  for (const type of ['at-start', 'by-clinician'] as const) {
    const rule = { type };
    const other = { type: 'on-date', date: '2026-03-02' } as const;
    expect(withParts(rule, () => other)).toBe(rule);
  }
});

it('a message of the clinician, and one that was read, ask for no answer', () => {
  const state = start();
  const message = {
    id: 'm',
    planId: state.plan.id,
    patientId: state.plan.patientId,
    assignmentId: 'a-a',
    sentAt: begin,
  };
  const unread = { ...message, author: 'patient', text: 'Too much' } as const;
  const said = (...feedback: (typeof state.feedback)[number][]) =>
    attentionOf({ ...state, feedback }, begin).unreadMessages;
  expect(said(unread)).toBe(1);
  expect(said({ ...unread, readAt: begin })).toBe(0);
  expect(said({ ...unread, author: 'Practitioner/kim' })).toBe(0);
});
