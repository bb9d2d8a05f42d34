import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { occurrenceShape } from '../../src/contract/occurrence.ts';
import { planViewShape } from '../../src/contract/plan-view.ts';
import { type Doors, openDoors } from './open-doors.ts';

let doors: Doors;
let token: string;
let planId: string;
let ids: ReadonlyMap<string, string>;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  const answer = await post('/plans', plan);
  expect([answer.status, answer.text.slice(0, 500)]).toEqual([201, expect.anything()]);
  const view = planViewShape.parse(answer.body);
  planId = view.plan.id;
  ids = new Map(view.assignments.map(({ key, id }) => [key, id]));
}, 240_000);
afterAll(() => doors.close());

const post = (path: string, body?: unknown) =>
  doors.call('POST', `/api/v1${path}`, {
    token,
    ...(body === undefined ? {} : { body: body as Record<string, unknown> }),
  });
const patch = (path: string, body: Record<string, unknown>) => doors.call('PATCH', `/api/v1${path}`, { token, body });

const step = (key: string, schedule: object) => ({
  ...{ key, kind: 'self-monitoring', title: key, schedule, unlock: { type: 'at-start' } },
});
const daily = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
const plan = {
  ...{ patientId: 'omar', title: 'Every day', daysOff: [{ from: '2026-03-05', to: '2026-03-06', reason: 'Away' }] },
  assignments: [
    { ...step('daily', { ...daily, times: ['morning', 'evening'], enough: 10 }), standing: true },
    step('weekly', { ...daily, pattern: { type: 'per-week', count: 3 } }),
    step('session', { type: 'sessions', count: 2 }),
    step('visit', { type: 'at-visit' }),
  ],
};
const problem = z.looseObject({
  code: z.string(),
  issues: z.array(z.looseObject({ path: z.string().optional() })).optional(),
});

describe('a plan with schedules', () => {
  it('is answered as it was sent, each time with its day and part', async () => {
    const answer = await doors.call('GET', `/api/v1/plans/${planId}`, { token });
    const { plan: shown, assignments, occurrences } = planViewShape.parse(answer.body);
    expect(shown.daysOff).toEqual(plan.daysOff);
    expect(assignments.map(({ key, standing }) => [key, standing])).toEqual([
      ['daily', true],
      ['weekly', undefined],
      ['session', undefined],
      ['visit', undefined],
    ]);
    const parts = occurrences.filter(({ assignmentId }) => assignmentId === ids.get('daily'));
    expect(parts.map(({ day, part }) => `${day} ${part}`)).toContain('2026-03-01 evening');
  });

  it.each<[string, object, string]>([
    [
      'a part of the day',
      { assignments: [step('a', { ...daily, times: ['dusk'] })] },
      'assignments[0].schedule.times[0]',
    ],
    [
      'a pattern',
      { assignments: [step('a', { ...daily, pattern: { type: 'monthly' } })] },
      'assignments[0].schedule.pattern.type',
    ],
    [
      'a weekday',
      { assignments: [step('a', { ...daily, pattern: { type: 'weekdays', days: ['funday'], everyWeeks: 1 } })] },
      'assignments[0].schedule.pattern.days[0]',
    ],
    [
      'a number of sessions',
      { assignments: [step('a', { type: 'sessions', count: 0 })] },
      'assignments[0].schedule.count',
    ],
    [
      'an end',
      { assignments: [step('a', { ...daily, ends: { type: 'never' } })] },
      'assignments[0].schedule.ends.type',
    ],
    ['standing', { assignments: [{ ...step('a', daily), standing: 'yes' }] }, 'assignments[0].standing'],
    ['a day off', { daysOff: [{ from: '2026-02-30', to: '2026-03-01' }] }, 'daysOff[0].from'],
    ['a day off before its first', { daysOff: [{ from: '2026-03-02', to: '2026-03-01' }] }, 'daysOff[0].to'],
  ])('is refused by the field of %s', async (_what, change, path) => {
    const answer = await post('/plans', { ...plan, ...change });
    const { code, issues } = problem.parse(answer.body);
    expect([answer.status, code, issues?.map((issue) => issue.path)]).toEqual([400, 'invalid-request', [path]]);
  });
});

describe('days off of a running plan', () => {
  it('are set in place of those there were, and told with what they were', async () => {
    const daysOff = [{ from: '2026-03-10', to: '2026-03-12' }];
    const answer = await patch(`/plans/${planId}`, { basedOn: 1, actor: 'Practitioner/17', daysOff });
    expect(answer.status).toBe(200);
    const { plan: shown } = planViewShape.parse(answer.body);
    expect(shown.daysOff).toEqual(daysOff);
    expect(shown.changes).toMatchObject([{ daysOff: { from: plan.daysOff, to: daysOff } }]);
  });
});

describe('a session', () => {
  const start = (key: string) => post(`/assignments/${ids.get(key)}/sessions`);

  it('is started, and goes on', async () => {
    const answer = await start('session');
    expect(answer.status).toBe(201);
    const occurrence = occurrenceShape.parse(answer.body);
    expect(occurrence).toMatchObject({ status: 'due', ordinal: 1, assignmentId: ids.get('session') });
    const again = await start('session');
    expect([again.status, again.body]).toEqual([200, answer.body]);
  });

  it('of a step with another schedule is refused by name', async () => {
    const answer = await start('daily');
    expect([answer.status, problem.parse(answer.body).code]).toEqual([409, 'illegal-move']);
  });
});

describe('a step that is added without a rule', () => {
  const { unlock: _none, ...bare } = step('next', daily);
  const add = (more: object = {}) => post(`/plans/${planId}/assignments`, { ...bare, ...more });
  const ruleOf = async (key: string) => {
    const { body } = await doors.call('GET', `/api/v1/plans/${planId}`, { token });
    return planViewShape.parse(body).assignments.find((assignment) => assignment.key === key)?.unlock;
  };

  it('opens after the step before it on the ladder', async () => {
    expect((await add()).status).toBe(201);
    const after = { type: 'after', after: 'visit', criterion: { type: 'behaviour-done' } };
    expect(await ruleOf('next')).toEqual(after);
    expect((await add({ key: 'between', step: 3 })).status).toBe(201);
    expect(await ruleOf('between')).toEqual({ ...after, after: 'weekly' });
  });

  it('is the same step when it is sent again, whatever stands before its place by now', async () => {
    expect((await add({ key: 'last' })).status).toBe(201);
    expect((await add()).status).toBe(200);
    expect((await add({ key: 'last' })).status).toBe(200);
    expect(await ruleOf('last')).toMatchObject({ after: 'next' });
  });

  it('opens at once where nothing but standing steps is before it, or it stands beside the ladder itself', async () => {
    expect((await add({ key: 'first', step: 2 })).status).toBe(201);
    expect((await add({ key: 'beside', standing: true })).status).toBe(201);
    expect([await ruleOf('first'), await ruleOf('beside')]).toEqual([{ type: 'at-start' }, { type: 'at-start' }]);
  });

  it('may not wait for what no form asks', async () => {
    const criterion = { type: 'measure-reached', linkId: 'no-such-item', comparator: '<=', value: 3 };
    const answer = await add({ key: 'never', unlock: { type: 'after', after: 'weekly', criterion } });
    const { code, issues } = problem.parse(answer.body);
    expect([answer.status, code, issues?.map(({ path }) => path)]).toEqual([
      ...[400, 'invalid-request'],
      ['unlock.criterion.linkId'],
    ]);
  });
});
