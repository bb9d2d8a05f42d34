import { describe, expect, it } from 'vitest';
import type { Schedule, UnlockRule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { addStep } from '../../../src/homework/plan/add-step.ts';
import type { DesignAssignment, DesignPlan } from '../../../src/homework/plan/design.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { anAssignment, aPlan, rules } from '../build-plan.ts';
import { refusal } from '../refusal.ts';

const at = '2026-03-05T15:00:00.000Z';
const unlocksAfter = (key: string, count = 1): UnlockRule => ({
  ...{ type: 'after', after: key, criterion: { type: 'logs-done', count } },
});
/** A plan that is well designed, but for these changes. */
const issuesOf = (plan: Partial<DesignPlan>, steps = [anAssignment({ key: '1' })]) =>
  refusal(() => designPlan(aPlan(steps, plan), at));
const refused = (...issues: readonly (readonly [path: string, problem: string])[]) => ({
  code: 'invalid-request',
  issues: issues.map(([path, problem]) => ({ path, problem })),
  message: `the plan has ${issues.length} problem(s)`,
});

const noDay = 'is not a day (YYYY-MM-DD)';
describe('a plan', () => {
  it.each<[string, Partial<DesignPlan>, string, string]>([
    ['without a title', { title: ' \t' }, 'title', 'is empty'],
    ['without a language', { language: ' ' }, 'language', 'is empty'],
    ['in no zone', { timeZone: 'Mars/Olympus' }, 'timeZone', 'is not a known IANA zone'],
    ['from no day', { period: { start: '2026-3-1' } }, 'period.start', noDay],
    ['to no day', { period: { start: '2026-03-01', end: '2026-04-31' } }, 'period.end', noDay],
    [
      'that ends before',
      { period: { start: '2026-03-02', end: '2026-03-01' } },
      'period.end',
      'is before the plan starts',
    ],
    ['without steps', { assignments: [] }, 'assignments', 'is empty'],
  ])('%s is refused by its field', (_what, changes, path, problem) => {
    expect(issuesOf(changes)).toEqual(refused([path, problem]));
  });

  it('of one day is a plan', () => {
    const schedule: Schedule = { type: 'once', by: '2026-03-05' };
    const period = { start: '2026-03-05', end: '2026-03-05' };
    expect(issuesOf({ period }, [anAssignment({ key: '1', schedule })])).toBe('accepted');
  });
});

const whole = 'must be a whole number, at least 1';
describe('a step', () => {
  const steps = (second: Partial<DesignAssignment>, third: Partial<DesignAssignment> = {}) => [
    anAssignment({ key: '1' }),
    anAssignment({ key: '2', ...second }),
    anAssignment({ key: '3', ...third }),
  ];

  it.each<[string, Partial<DesignAssignment>, string, string]>([
    ['without a key', { key: ' ' }, 'key', 'is empty'],
    ['without a title', { title: '\n' }, 'title', 'is empty'],
    ['at place 0', { step: 0 }, 'step', whole],
    ['at place 4.5', { step: 4.5 }, 'step', whole],
    ['with a grace below nothing', { lateGraceHours: -0.5 }, 'lateGraceHours', 'must be 0 or more'],
    ['with a grace without end', { lateGraceHours: Number.POSITIVE_INFINITY }, 'lateGraceHours', 'must be 0 or more'],
    ['after no logs', { unlock: unlocksAfter('1', 0) }, 'unlock.criterion.count', whole],
    ['after one and a half', { unlock: unlocksAfter('1', 1.5) }, 'unlock.criterion.count', whole],
    ['with a key that is there', { key: '1', id: 'a-2' }, 'key', 'is there twice'],
    ['with an id that is there', { id: 'a-1' }, 'id', 'is there twice'],
    ['at a place that is taken', { step: 1 }, 'step', 'is there twice'],
    ['after itself', { unlock: unlocksAfter('2') }, 'unlock.after', 'names the step itself'],
    ['after none', { unlock: unlocksAfter('9') }, 'unlock.after', 'names no step of this plan'],
  ])('%s is refused by its field', (_what, changes, field, problem) => {
    expect(issuesOf({}, steps(changes))).toEqual(refused([`assignments[1].${field}`, problem]));
  });

  it.each<[string, Partial<DesignAssignment>]>([
    ['without a grace', { lateGraceHours: 0 }],
    ['at the first place that is free', { step: 9 }],
    ['after one log', { unlock: unlocksAfter('1', 1) }],
    ['after one that stands behind it', { unlock: unlocksAfter('3') }],
    [
      'after a step, whatever its criterion',
      { unlock: { type: 'after', after: '1', criterion: { type: 'behaviour-done' } } },
    ],
  ])('%s is well designed', (_what, changes) => {
    expect(issuesOf({}, steps(changes))).toBe('accepted');
  });

  it('takes the place of the list, and so that of another', () => {
    expect(issuesOf({}, steps({ step: 3 }))).toEqual(refused(['assignments[2].step', 'is there twice']));
  });

  it.each([
    ['of two', steps({ unlock: unlocksAfter('3') }, { unlock: unlocksAfter('2') }), [1, 2]],
    [
      'of three',
      [
        anAssignment({ key: '1', unlock: unlocksAfter('2') }),
        ...steps({ unlock: unlocksAfter('3') }, { unlock: unlocksAfter('1') }).slice(1),
      ],
      [0, 1, 2],
    ],
  ])('in a circle %s is refused at each step of it', (_what, circle, places) => {
    expect(issuesOf({}, circle)).toEqual(
      refused(...places.map((place) => [`assignments[${place}].unlock.after`, 'goes in a circle'] as const)),
    );
  });

  it('behind one that waits for none is in no circle', () => {
    expect(issuesOf({}, steps({ unlock: unlocksAfter('3') }, { unlock: unlocksAfter('9') }))).toEqual(
      refused(['assignments[2].unlock.after', 'names no step of this plan']),
    );
  });

  it('behind a circle is in none', () => {
    const behind = [
      anAssignment({ key: '1', unlock: unlocksAfter('2') }),
      ...steps({ unlock: unlocksAfter('3') }, { unlock: unlocksAfter('2') }).slice(1),
    ];
    expect(issuesOf({}, behind)).toEqual(
      refused(['assignments[1].unlock.after', 'goes in a circle'], ['assignments[2].unlock.after', 'goes in a circle']),
    );
  });
});

it('names every fault, the plan’s before those of its steps', () => {
  const steps = [anAssignment({ key: '', title: '' }), anAssignment({ key: '2', id: 'a-', lateGraceHours: -1 })];
  expect(issuesOf({ title: '', language: '' }, steps)).toEqual(
    refused(
      ['title', 'is empty'],
      ['language', 'is empty'],
      ['assignments[0].key', 'is empty'],
      ['assignments[0].title', 'is empty'],
      ['assignments[1].lateGraceHours', 'must be 0 or more'],
      ['assignments[1].id', 'is there twice'],
    ),
  );
});

it('refuses the first schedule that is never kept, by where it stands', () => {
  const steps = [
    anAssignment({ key: '1' }),
    anAssignment({ key: '2', schedule: { type: 'once', by: '2026-03-04' } }),
    anAssignment({ key: '3', schedule: { type: 'once-within', days: 0 } }),
  ];
  expect(issuesOf({}, steps)).toMatchObject({
    ...{ code: 'schedule-never-occurs', field: 'assignments[1].schedule.by', problem: 'is in the past' },
  });
  // the plan's own zone: it is still the 4th in Honolulu
  const honolulu = [anAssignment({ key: '1', schedule: { type: 'once', by: '2026-03-04' } })];
  const early = '2026-03-05T13:00:00.000Z';
  const design = (timeZone: string) => refusal(() => designPlan(aPlan(honolulu, { timeZone }), early));
  expect(design('Pacific/Honolulu')).toBe('accepted');
  expect(design('America/New_York')).toMatchObject({ problem: 'is in the past' });
});

describe('a series of which each day is a day off', () => {
  const schedule: Schedule = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } };
  const daysOff = [{ from: '2026-03-01', to: '2026-04-12' }];
  const field = { code: 'schedule-never-occurs', problem: 'names no day but days off' };
  it('is refused in a new plan, by the field of its step, and of a running one when it is added', () => {
    const steps = [anAssignment({ key: '1' }), anAssignment({ key: '2', schedule })];
    expect(issuesOf({ daysOff }, steps)).toMatchObject({ ...field, field: 'assignments[1].schedule.pattern' });
    const begun = activatePlan(designPlan(aPlan(steps.slice(0, 1), { daysOff }), at), at, rules);
    const added = anAssignment({ key: '2', schedule, unlock: { type: 'by-clinician' } });
    expect(refusal(() => addStep(begun, added, at, rules))).toMatchObject({ ...field, field: 'schedule.pattern' });
    const open = { ...begun, plan: { ...begun.plan, daysOff: [{ from: '2026-03-01', to: '2026-04-11' }] } };
    expect(refusal(() => addStep(open, added, at, rules))).toBe('accepted');
  });
});

it('makes a draft of a design, whole', () => {
  const step = {
    ...anAssignment({ key: '1', step: 4, unlock: { type: 'by-clinician' } }),
    ...{ instructions: 'Ask one thing.', rationale: 'To see.', requester: 'Practitioner/1', reasons: ['Condition/1'] },
    definition: 'https://example.org/ActivityDefinition/x|1.0.0',
  };
  const { assignments: _steps, ...plan } = aPlan([], { via: 'product', description: 'Six weeks' });
  const { schedule, ...kept } = step;
  const own = {
    ...{ planId: 'plan-1', via: 'product', patientId: 'sarah', status: 'draft', businessStatus: 'locked' },
    ...{ pauses: [], authoredOn: at, lastModified: at },
  };
  const { schedule: once, ...second } = anAssignment({ key: '2' });
  expect(designPlan({ ...plan, assignments: [step, anAssignment({ key: '2' })] }, at)).toStrictEqual({
    plan: { ...plan, status: 'draft', createdAt: at },
    assignments: [
      { ...kept, ...own, schedules: [{ schedule, from: at }] },
      { ...second, ...own, step: 2, reasons: [], schedules: [{ schedule: once, from: at }] },
    ],
    occurrences: [],
    logs: [],
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
  });
  expect(designPlan(aPlan([anAssignment({ key: '1' })]), at).assignments[0]).not.toHaveProperty('via');
});
