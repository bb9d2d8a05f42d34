import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import type { PlanState, Schedule, UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { addStep } from '../../../src/homework/plan/add-step.ts';
import type { DesignAssignment } from '../../../src/homework/plan/design.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';

/** What is refused of a plan, by the field; `ok`: nothing is. The plan runs from 1 March to 12 April 2026. */
function refused(...steps: readonly DesignAssignment[]): readonly string[] | 'ok' {
  return refusals(() => designPlan(aPlan(steps), begin));
}

function refusals(act: () => unknown): readonly string[] | 'ok' {
  try {
    act();
  } catch (error) {
    if (hasCode(error, 'invalid-request')) return error.fields.issues.map(({ path }) => path);
    if (hasCode(error, 'schedule-never-occurs')) return [error.fields.field];
    throw error;
  }
  return 'ok';
}

const meetings = (count: number, start = '2026-03-01'): Schedule => ({
  ...{ type: 'event', event: 'meeting', count, text: `next ${count} meetings` },
  window: { start, end: '2026-04-10' },
});
const series = (changes: Partial<Series> = {}): Series => ({
  ...{ type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } },
  ...changes,
});
const within: Schedule = { type: 'once-within', days: 5 };
const behind = (key: string, criterion: UnlockCriterion = { type: 'behaviour-done' }) =>
  ({ type: 'after', after: key, criterion }) as const;
const step = (key: string, unlock: UnlockRule, changes: Partial<DesignAssignment> = {}): DesignAssignment =>
  anAssignment({ key, unlock, schedule: within, ...changes });
const first = (schedule: Schedule = within, changes: Partial<DesignAssignment> = {}): DesignAssignment =>
  anAssignment({ key: '1', schedule, ...changes });
const second = 'assignments[1].unlock';

describe('a rule is refused when it is designed', () => {
  it.each<[string, readonly DesignAssignment[], readonly string[]]>([
    ['for a step that is not there', [first(), step('2', behind('9'))], [`${second}.after`]],
    ['for the step itself', [first(), step('2', behind('2'))], [`${second}.after`]],
    [
      'for a missing step in a part',
      [first(), step('2', { type: 'any', of: [behind('1'), behind('9')] })],
      [`${second}.of[1].after`],
    ],
    [
      'for the step itself in a part',
      [first(), step('2', { type: 'all', of: [behind('2'), behind('1')] })],
      [`${second}.of[0].after`],
    ],
    [
      'in a circle of two',
      [step('1', behind('2')), step('2', behind('1'))],
      ['assignments[0].unlock.after', `${second}.after`],
    ],
    [
      'in a circle of three, through parts',
      [
        step('1', { type: 'all', of: [behind('3'), { type: 'on-date', date: '2026-03-10' }] }),
        step('2', behind('1')),
        step('3', { type: 'any', of: [behind('2'), behind('1', { type: 'clinician-approves' })] }),
      ],
      [
        'assignments[0].unlock.of[0].after',
        `${second}.after`,
        'assignments[2].unlock.of[0].after',
        'assignments[2].unlock.of[1].after',
      ],
    ],
    ['for a standing step', [first(series(), { standing: true }), step('2', behind('1'))], [`${second}.after`]],
    ['of a standing step', [first(), step('2', behind('1'), { standing: true, schedule: series() })], [second]],
    [
      'of a standing step that waits for a day',
      [first(), step('2', { type: 'on-date', date: '2026-03-10' }, { standing: true })],
      [second],
    ],
    ['that joins one alone', [first(), step('2', { type: 'all', of: [behind('1')] })], [`${second}.of`]],
    [
      'that says the same twice',
      [first(), step('2', { type: 'any', of: [behind('1'), behind('1')] })],
      [`${second}.of`],
    ],
    ['for a day that is none', [first(), step('2', { type: 'on-date', date: '2026-02-30' })], [`${second}.date`]],
    [
      'for a day after the plan’s end',
      [first(), step('2', { type: 'on-date', date: '2026-04-13' })],
      [`${second}.date`],
    ],
    [
      'for a day after its own',
      [
        first(),
        step(
          '2',
          { type: 'all', of: [behind('1'), { type: 'on-date', date: '2026-03-14' }] },
          { schedule: { type: 'once', by: '2026-03-13' } },
        ),
      ],
      [`${second}.of[1].date`],
    ],
    [
      'for a day after its window',
      [first(), step('2', { type: 'on-date', date: '2026-04-11' }, { schedule: meetings(2) })],
      [`${second}.date`],
    ],
    [
      'for a day after its last',
      [
        first(),
        step(
          '2',
          { type: 'on-date', date: '2026-03-21' },
          { schedule: series({ ends: { type: 'on', date: '2026-03-20' } }) },
        ),
      ],
      [`${second}.date`],
    ],
    [
      'though another part could open it',
      [first(), step('2', { type: 'any', of: [behind('1'), { type: 'on-date', date: '2026-04-13' }] })],
      [`${second}.of[1].date`],
    ],
  ])('%s', (_what, steps, fields) => {
    expect(refused(...steps)).toEqual(fields);
  });

  it.each<[string, UnlockRule]>([
    ['the plan’s last day', { type: 'on-date', date: '2026-04-12' }],
    [
      'a step that waits for one that waits',
      { type: 'all', of: [behind('1'), { type: 'on-date', date: '2026-03-10' }] },
    ],
    ['one step by two measures', { type: 'any', of: [behind('1'), behind('1', { type: 'clinician-approves' })] }],
  ])('not for %s', (_what, unlock) => {
    expect(refused(first(), step('2', unlock), step('3', behind('2')))).toBe('ok');
  });
});

describe('numbers that mean nothing', () => {
  const bound = { linkId: 'x', comparator: '<=', value: 3 } as const;
  const mean = { ...bound, type: 'mean-of-days', days: 7, atLeast: 5 } as const;
  const quota = { type: 'quota-kept', planned: 'p', actual: 'a', from: 80, to: 120, days: 5, of: 7 } as const;
  const fell = { type: 'fell-within-log', peak: 'p', after: 'a' } as const;
  it.each<[UnlockCriterion, string | 'ok']>([
    [{ type: 'logs-done', count: 0 }, 'count'],
    [{ type: 'logs-done', count: 1.5 }, 'count'],
    [{ type: 'prediction-not-true', count: 0 }, 'count'],
    [{ ...bound, type: 'in-a-row', count: 0 }, 'count'],
    [{ ...bound, type: 'measure-reached', value: Number.NaN }, 'value'],
    [{ type: 'measure-fell', linkId: 'x', by: 0 }, 'by'],
    [{ type: 'score-changed', score: 'x', by: -1, direction: 'down' }, 'by'],
    [{ ...fell, fall: { by: 0 } }, 'fall.by'],
    [{ ...fell, fall: { toPercent: 100 } }, 'fall.toPercent'],
    [{ ...fell, fall: { toPercent: -1 } }, 'fall.toPercent'],
    [{ ...fell, fall: { toPercent: 99 } }, 'ok'],
    [{ ...fell, after: 'p', fall: { by: 1 } }, 'after'],
    [{ ...mean, days: 0, atLeast: 0 }, 'days'],
    [{ ...mean, atLeast: 8 }, 'atLeast'],
    [{ ...mean, atLeast: 7 }, 'ok'],
    [{ ...quota, days: 8 }, 'days'],
    [{ ...quota, days: 7 }, 'ok'],
    [{ ...quota, from: 121 }, 'from'],
    [{ ...quota, from: -1 }, 'from'],
    [{ ...quota, from: 120 }, 'ok'],
    [{ ...quota, actual: 'p' }, 'actual'],
    [{ ...quota, to: Number.POSITIVE_INFINITY }, 'to'],
  ])('%j: %s', (criterion, field) => {
    const fields = refused(first(series()), step('2', behind('1', criterion)));
    if (field === 'ok') expect(fields).toBe('ok');
    else expect(fields).toContain(`${second}.criterion.${field}`);
  });
});

describe('more than there will be', () => {
  const bound = { linkId: 'x', comparator: '<=', value: 3 } as const;
  const logs = (count: number): UnlockCriterion => ({ type: 'logs-done', count });
  const row = (count: number): UnlockCriterion => ({ ...bound, type: 'in-a-row', count });
  const mean = (atLeast: number) => ({ ...bound, type: 'mean-of-days', days: 60, atLeast }) as const;
  const quota = (days: number) =>
    ({ type: 'quota-kept', planned: 'p', actual: 'a', from: 80, to: 120, days, of: 60 }) as const;
  const fell: UnlockCriterion = { type: 'measure-fell', linkId: 'x', by: 1 };
  const weekdays = { type: 'weekdays', days: ['mon', 'thu'], everyWeeks: 1 } as const;
  const until = (date: string) => ({ ends: { type: 'on', date } }) as const;
  it.each<[Schedule, UnlockCriterion, string | 'ok']>([
    [meetings(3), logs(3), 'ok'],
    [meetings(3), logs(4), 'count'],
    [meetings(3), row(4), 'count'],
    [meetings(3), { type: 'prediction-not-true', count: 4 }, 'count'],
    [meetings(3), mean(4), 'atLeast'],
    [meetings(3), quota(4), 'days'],
    [within, fell, 'by'],
    [within, { type: 'score-changed', score: 'x', by: 1, direction: 'up' }, 'by'],
    [{ type: 'at-visit' }, fell, 'by'],
    [{ type: 'sessions', count: 2 }, fell, 'ok'],
    [{ type: 'sessions', count: 2 }, logs(3), 'count'],
    [series({ ends: { type: 'after', count: 5 } }), logs(5), 'ok'],
    [series({ ends: { type: 'after', count: 5 } }), logs(6), 'count'],
    // 1 to 7 March: seven days
    [series(until('2026-03-07')), logs(7), 'ok'],
    [series(until('2026-03-07')), logs(8), 'count'],
    [series({ ...until('2026-03-07'), times: ['morning', 'evening'] }), logs(14), 'ok'],
    [series({ ...until('2026-03-07'), times: ['morning', 'evening'] }), logs(15), 'count'],
    [series({ ...until('2026-03-07'), times: ['morning', 'evening'] }), mean(8), 'atLeast'],
    [series({ ...until('2026-03-07'), pattern: { type: 'days', every: 2 } }), logs(4), 'ok'],
    [series({ ...until('2026-03-07'), pattern: { type: 'days', every: 2 } }), logs(5), 'count'],
    // Mondays and Thursdays from Sunday, 1 March to Sunday, 15 March: 2, 5, 9, 12
    [series({ ...until('2026-03-15'), pattern: weekdays }), logs(4), 'ok'],
    [series({ ...until('2026-03-15'), pattern: weekdays }), logs(5), 'count'],
    [series({ ...until('2026-03-15'), start: '2026-03-09', pattern: weekdays }), logs(3), 'count'],
    // without an end of its own, the plan's: 43 days
    [series(), logs(43), 'ok'],
    [series(), logs(44), 'count'],
    [series({ pattern: { type: 'per-week', count: 3 } }), mean(20), 'ok'],
    // in any seven days there is one Monday, and of every third day there are three
    [series({ pattern: { ...weekdays, days: ['mon'] } }), { ...quota(2), of: 7 }, 'days'],
    [series({ pattern: { ...weekdays, days: ['mon'] } }), { ...quota(1), of: 7 }, 'ok'],
    [series({ pattern: { ...weekdays, days: ['mon'] } }), { ...quota(2), of: 8 }, 'ok'],
    [series({ pattern: { type: 'days', every: 3 } }), { ...mean(4), days: 7 }, 'atLeast'],
    [series({ pattern: { type: 'days', every: 3 } }), { ...mean(3), days: 7 }, 'ok'],
  ])('%j, %j: %s', (schedule, criterion, field) => {
    const fields = refused(first(schedule), step('2', behind('1', criterion)));
    expect(fields).toEqual(field === 'ok' ? 'ok' : [`${second}.criterion.${field}`]);
  });

  it('as much as you like, where nobody says when it ends', () => {
    const { period: _until, ...plan } = aPlan([first(series()), step('2', behind('1', logs(100)))]);
    expect(refusals(() => designPlan({ ...plan, period: { start: '2026-03-01' } }, begin))).toBe('ok');
  });
});

describe('parts that contradict each other', () => {
  const reached = (comparator: '<=' | '>=', value: number, linkId = 'x'): UnlockCriterion => ({
    ...{ type: 'measure-reached', linkId, comparator, value },
  });
  const score = (comparator: '<=' | '>=', value: number): UnlockCriterion => ({
    type: 'score-reached',
    score: 't',
    comparator,
    value,
  });
  const both = (one: UnlockCriterion, other: UnlockCriterion, type: 'all' | 'any' = 'all', key = '1'): UnlockRule => ({
    type,
    of: [behind('1', one), behind(key, other)],
  });
  const value = [`${second}.of[1].criterion.value`];
  it.each<[string, UnlockRule, readonly string[] | 'ok']>([
    ['at most 3 and at least 4', both(reached('<=', 3), reached('>=', 4)), value],
    ['in the other order', both(reached('>=', 4), reached('<=', 3)), value],
    ['at most 4 and at least 4', both(reached('<=', 4), reached('>=', 4)), 'ok'],
    ['of two measures', both(reached('<=', 3), reached('>=', 4, 'y')), 'ok'],
    ['of two steps', both(reached('<=', 3), reached('>=', 4), 'all', '3'), 'ok'],
    ['where any is enough', both(reached('<=', 3), reached('>=', 4), 'any'), 'ok'],
    ['of a score', both(score('<=', 9), score('>=', 10)), value],
    [
      'by two kinds of criteria',
      both(reached('>=', 70), { type: 'in-a-row', linkId: 'x', comparator: '<=', value: 30, count: 2 }),
      'ok',
    ],
    [
      'a row',
      both(
        { type: 'in-a-row', linkId: 'x', comparator: '<=', value: 30, count: 2 },
        { type: 'in-a-row', linkId: 'x', comparator: '>=', value: 31, count: 3 },
      ),
      value,
    ],
  ])('%s', (_what, unlock, fields) => {
    const third = anAssignment({ key: '3', schedule: meetings(3) });
    expect(refused(first(meetings(3)), step('2', unlock), third)).toEqual(fields);
  });
});

describe('a step whose time is over before the one begins that opens it', () => {
  const early: Partial<DesignAssignment> = { schedule: { type: 'once', by: '2026-03-05' } };
  it.each<[Schedule, UnlockRule, readonly string[] | 'ok']>([
    [meetings(3, '2026-03-06'), behind('1'), ['assignments[1].schedule.by']],
    [
      meetings(3, '2026-03-06'),
      { type: 'any', of: [behind('1'), { type: 'on-date', date: '2026-03-04' }] },
      ['assignments[1].schedule.by'],
    ],
    [series({ start: '2026-03-06' }), behind('1'), ['assignments[1].schedule.by']],
    [meetings(3, '2026-03-05'), behind('1'), 'ok'],
    [meetings(3, '2026-03-06'), behind('1', { type: 'clinician-approves' }), 'ok'],
  ])('%j, %j', (schedule, unlock, fields) => {
    expect(refused(first(schedule), step('2', unlock, early))).toEqual(fields);
  });
});

describe('in a running plan', () => {
  const running = (): PlanState =>
    activatePlan(designPlan(aPlan([first(), step('2', behind('1'))]), begin), begin, rules);
  const withdrawn = (state: PlanState): PlanState =>
    makeMove(
      state,
      { assignmentId: 'a-1', event: { type: 'withdraw', actor: 'Practitioner/1', reason: 'x' } },
      begin,
      rules,
    );
  const added = (state: PlanState, unlock: UnlockRule) =>
    refusals(() => addStep(state, step('3', unlock), begin, rules));
  it.each<[UnlockRule, readonly string[] | 'ok', readonly string[] | 'ok']>([
    [behind('1'), 'ok', ['unlock.after']],
    [{ type: 'all', of: [behind('2'), behind('1')] }, 'ok', ['unlock.of[1].after']],
    [{ type: 'any', of: [behind('1'), { type: 'on-date', date: '2026-03-20' }] }, 'ok', ['unlock.of[0].after']],
    [{ type: 'on-date', date: '2026-04-13' }, ['unlock.date'], ['unlock.date']],
    [behind('3'), ['unlock.after'], ['unlock.after']],
  ])('%j, and when step 1 is over', (unlock, before, then) => {
    expect([added(running(), unlock), added(withdrawn(running()), unlock)]).toEqual([before, then]);
  });
});
