import { describe, expect, it } from 'vitest';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { type AddStep, addStep } from '../../../src/homework/plan/add-step.ts';
import { type ChangePlanWords, changePlanWords } from '../../../src/homework/plan/change-plan-words.ts';
import { type ChangeStep, changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../../src/homework/plan/end-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { type MakeSmallerStep, makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';
import { refusedAt } from '../refusal.ts';

/** An answer was lost, and whoever asked asks again: the first was done, so nothing is to be done and nothing to be refused. */
const begin = '2026-03-01T15:00:00.000Z';
const nextDay = '2026-03-02T15:00:00.000Z';
/** Past every day that is named in a command. */
const later = '2026-03-25T15:00:00.000Z';
const by = 'Practitioner/kim';

function start(): PlanState {
  const done = { type: 'after', after: 'a', criterion: { type: 'behaviour-done' } } as const;
  const steps = [
    anAssignment({ key: 'a', schedule: { type: 'once', by: '2026-03-10' } }),
    anAssignment({ key: 'b', schedule: { type: 'once-within', days: 5 }, unlock: done }),
    anAssignment({ key: 'c', schedule: { type: 'once', by: '2026-03-28' }, unlock: { type: 'by-clinician' } }),
  ];
  return activatePlan(designPlan(aPlan(steps), begin), begin, rules);
}
const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 2, text: '2 meetings' },
  window: { start: '2026-03-02', end: '2026-03-12' },
};

/** The state with the command, sent again at another time: only what time does has changed. */
function expectNoChange(once: PlanState, again: (state: PlanState, at: string) => PlanState): void {
  for (const at of [begin, nextDay, later]) expect(again(once, at)).toEqual(sweep(once, at, rules));
  const closed = endPlan(once, { status: 'completed' }, later, rules);
  expect(again(closed, later)).toBe(closed);
}

describe('the same change of a step again', () => {
  it.each<[string, string, Partial<ChangeStep>]>([
    ['of its day', 'a', { schedule: { type: 'once', by: '2026-03-05' } }],
    ['of its days and its words', 'a', { title: 'Ask twice', schedule: meetings }],
    ['of days that are counted from then', 'a', { schedule: { type: 'once-within', days: 3 } }],
    ['of days that are counted from its opening', 'b', { schedule: { type: 'once-within', days: 3 } }],
    ['of its rule', 'c', { unlock: { type: 'after', after: 'b', criterion: { type: 'behaviour-done' } } }],
    ['of its place, behind all others', 'b', { step: 1000 }],
    ['of its place', 'c', { step: 2 }],
  ])('%s is none, when its day has passed, too', (_what, key, to) => {
    const command = { assignmentId: `a-${key}`, basedOn: 1, by, ...to };
    const once = changeStep(start(), command, begin, rules);
    expect(once.assignments).not.toEqual(start().assignments);
    expectNoChange(once, (state, at) => changeStep(state, command, at, rules));
  });

  it('is none when the step was opened since, and its days have become a date', () => {
    const command = { assignmentId: 'a-b', basedOn: 1, by, schedule: { type: 'once-within', days: 3 } } as const;
    const locked = changeStep(start(), command, begin, rules);
    const event = { type: 'unlock', by: { actor: by, reason: 'She is ready' } } as const;
    const once = makeMove(locked, { assignmentId: 'a-b', event }, nextDay, rules);
    expectNoChange(once, (state, at) => changeStep(state, command, at, rules));
  });

  it('is one when its days are to be counted from another day, by whoever has read the first', () => {
    const command = { assignmentId: 'a-a', by, schedule: { type: 'once-within', days: 3 } } as const;
    const once = changeStep(start(), { ...command, basedOn: 1 }, begin, rules);
    const twice = changeStep(once, { ...command, basedOn: 3 }, nextDay, rules);
    expect(twice.assignments[0]?.schedules.at(-1)?.schedule).toEqual({ type: 'once', by: '2026-03-05' });
  });

  it('is refused where it is another one by now, or never was', () => {
    const command = { assignmentId: 'a-a', basedOn: 1, by, schedule: { type: 'once', by: '2026-03-05' } } as const;
    const once = changeStep(start(), command, begin, rules);
    const other = changeStep(once, { ...command, basedOn: 3, schedule: meetings }, begin, rules);
    expect(refusedAt(() => changeStep(other, command, nextDay, rules))).toBe('version-conflict');
    expect(refusedAt(() => changeStep(start(), command, later, rules))).toBe('schedule.by');
    const none = { ...command, schedule: { type: 'once-within', days: 0 } } as const;
    expect(refusedAt(() => changeStep(once, none, nextDay, rules))).toBe('schedule.days');
    const closed = endPlan(once, { status: 'completed' }, nextDay, rules);
    expect(refusedAt(() => changeStep(closed, { ...command, title: 'Another' }, nextDay, rules))).toBe('plan-closed');
  });
});

describe('the same step again', () => {
  const added = (changes: Partial<AddStep> = {}): AddStep =>
    anAssignment({ key: 'd', title: 'One more', schedule: { type: 'once', by: '2026-03-05' }, ...changes });

  it.each<[string, Partial<AddStep>]>([
    ['open', {}],
    ['at a place', { step: 1 }],
    ['that waits', { unlock: { type: 'after', after: 'a', criterion: { type: 'logs-done', count: 1 } } }],
  ])('is no second one: %s', (_what, changes) => {
    const once = addStep(start(), added(changes), begin, rules);
    expectNoChange(once, (state, at) => addStep(state, added(changes), at, rules));
  });

  it('is no second one where the first was changed since, by itself or with the step it waits for', () => {
    const waits = added({ unlock: { type: 'after', after: 'a', criterion: { type: 'logs-done', count: 1 } } });
    const once = addStep(start(), waits, begin, rules);
    const followed = changeStep(once, { assignmentId: 'a-a', basedOn: 1, by, schedule: meetings }, begin, rules);
    expect(followed.assignments.find(({ key }) => key === 'd')?.changes).toHaveLength(1);
    expectNoChange(followed, (state, at) => addStep(state, waits, at, rules));
    const renamed = changeStep(once, { assignmentId: 'a-d', basedOn: 1, by, title: 'Another' }, begin, rules);
    expectNoChange(renamed, (state, at) => addStep(state, waits, at, rules));
  });

  it.each<[string, Partial<AddStep>]>([
    ['other words', { instructions: 'Say it aloud.' }],
    ['another rule', { unlock: { type: 'by-clinician' } }],
    ['other days', { schedule: { type: 'once', by: '2026-03-06' } }],
    ['more hours', { lateGraceHours: 300 }],
  ])('is another one with %s, whose key is taken', (_what, changes) => {
    const once = addStep(start(), added(), begin, rules);
    expect(refusedAt(() => addStep(once, added(changes), begin, rules))).toEqual(['key']);
  });
});

describe('the same smaller step again', () => {
  const { unlock: _follows, ...smaller } = anAssignment({ key: 'a-1', schedule: { type: 'once', by: '2026-03-05' } });
  const command: MakeSmallerStep = { assignmentId: 'a-a', basedOn: 1, by, reason: 'too big', smaller };
  const once = makeSmallerStep(start(), command, begin, rules);

  it('is no second one', () => {
    expectNoChange(once, (state, at) => makeSmallerStep(state, command, at, rules));
  });

  it('is no second one where the hard one was changed since', () => {
    const basedOn = 3;
    const renamed = changeStep(once, { assignmentId: 'a-a', basedOn, by, title: 'Another' }, begin, rules);
    expectNoChange(renamed, (state, at) => makeSmallerStep(state, command, at, rules));
  });

  it('is another one with other words, and these are not lost without a word', () => {
    const other = { ...command, smaller: { ...smaller, title: 'Whisper it' } };
    expect(refusedAt(() => makeSmallerStep(once, other, nextDay, rules))).toBe('version-conflict');
  });
});

describe('the same words of a plan again', () => {
  it.each<[string, Partial<ChangePlanWords>]>([
    ['its title', { title: 'Speaking up' }],
    ['its last day, which has passed', { end: '2026-03-31' }],
    ['no last day', { end: null }],
  ])('are no change: %s', (_what, to) => {
    const command = { basedOn: 1, by, ...to };
    const once = changePlanWords(start(), command, begin, rules);
    expectNoChange(once, (state, at) => changePlanWords(state, command, at, rules));
    const other = { ...command, title: 'Another' };
    const closed = endPlan(once, { status: 'completed' }, later, rules);
    expect(refusedAt(() => changePlanWords(closed, other, later, rules))).toBe('plan-closed');
  });
});
