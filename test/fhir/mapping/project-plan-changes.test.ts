import type { Observation } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { projectPlan } from '../../../src/fhir/project-plan.ts';
import { sampleAdherence } from '../../../src/fixtures/adherence-fixtures.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Barrier, Feedback, Log, Occurrence, PlanState, Report } from '../../../src/homework/model.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const goalId = 'a1f3c1de-0000-4000-8000-000000000002';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const via = 'homework-product';
const of = { planId, patientId: 'sarah' };
const occurrence: Occurrence = {
  ...{ ...of, id: `${assignmentId}.1`, assignmentId, ordinal: 1, status: 'due' },
  ...{ openedAt: '2026-03-02T15:00:00.000Z', dueUntil: '2026-03-14T08:00:00.000Z' },
  ...{ lateUntil: '2026-03-15T08:00:00.000Z', lastModified: '2026-03-02T15:00:00.000Z' },
};
const log: Log = {
  ...{ ...of, id: 'l-1', assignmentId, resolution: 'ad-hoc', status: 'completed', source: { type: 'patient' } },
  ...{ questionnaire: firstAssignment().questionnaire, withheld: [] },
  ...{ performedAt: '2026-03-07T15:00:00.000Z', authored: '2026-03-09T14:20:00.000Z' },
  items: [
    { linkId: 'situation', answers: [{ type: 'string', value: 'the team meeting' }], items: [] },
    { linkId: 'belief-before', answers: [{ type: 'integer', value: 90 }], items: [] },
    { linkId: 'belief-after', answers: [{ type: 'integer', value: 85 }], items: [] },
  ],
};
const barrier: Barrier = { ...of, id: 'b-1', code: 'fear', saidBy: 'patient', recordedAt: '2026-03-02T15:00:00.000Z' };
const feedback: Feedback = { ...of, id: 'f-1', author: 'patient', text: 'Hello', sentAt: '2026-03-02T15:00:00.000Z' };
const report: Report = {
  ...{ ...of, id: 'r-1', version: 1, text: 'Homework', members: [], createdAt: '2026-03-01T16:00:00.000Z' },
  ...{ from: '2026-02-01T16:00:00.000Z', to: '2026-03-01T16:00:00.000Z' },
};
const state: PlanState = {
  ...{ plan: samplePlan, assignments: [firstAssignment()], occurrences: [occurrence], logs: [log] },
  ...{ barriers: [barrier], feedback: [feedback], reports: [report], openSafetySignals: 0 },
};
const context = { ...fixtureContext, adherences: [sampleAdherence] };

const linesOf = (before: PlanState | undefined, after: PlanState) =>
  projectPlan(before, after, context).map(({ artefact, id, groupId, resource }) => {
    expect(resource.id).toBe(id);
    return `${artefact} ${resource.resourceType}/${id} in ${groupId}`;
  });
/** What depends on one another, and is always made. */
const always = [
  `plan CarePlan/${planId} in plan:${planId}`,
  `assignment Task/${assignmentId} in plan:${planId}`,
  `occurrence Task/${assignmentId}.1 in plan:${planId}`,
  `adherence Observation/${assignmentId}.adherence in adherence:${planId}`,
];
const goal = `goal Goal/${goalId} in plan:${planId}`;
const ofLog = [
  'log QuestionnaireResponse/l-1 in log:l-1',
  'measure Observation/l-1.belief-before in log:l-1',
  'measure Observation/l-1.belief-after in log:l-1',
];
const ofBarrier = 'measure Observation/b-1 in barrier:b-1';
const ofFeedback = 'feedback Communication/f-1 in feedback:f-1';
const ofReport = 'report DocumentReference/r-1 in report:r-1';
const toldOf = (id: string) => `provenance Provenance/${id}.told in plan:${planId}`;

describe('what a change of a plan makes anew', () => {
  test('everything, when there was nothing', () => {
    const [plan = '', ...rest] = always;
    expect(linesOf(undefined, state)).toEqual([plan, goal, ...rest, ...ofLog, ofBarrier, ofFeedback, ofReport]);
  });

  const [plan = '', ...rest] = always;
  it.each<[string, Partial<PlanState>, string[]]>([
    ['nothing', {}, always],
    ['its plan', { plan: { ...samplePlan } }, [plan, goal, ...rest]],
    ['its plan, by a source system', { plan: { ...samplePlan, via } }, [plan, goal, ...rest, toldOf(planId)]],
    [
      'an assignment, by a source system',
      { assignments: [{ ...firstAssignment(), via }] },
      [...always, toldOf(assignmentId)],
    ],
    ['a log', { logs: [{ ...log }] }, [...always, ...ofLog]],
    ['a log, by a source system', { logs: [{ ...log, via }] }, [...always, ...ofLog, toldOf('l-1')]],
    ['a barrier', { barriers: [{ ...barrier }] }, [...always, ofBarrier]],
    ['a barrier, by a source system', { barriers: [{ ...barrier, via }] }, [...always, ofBarrier, toldOf('b-1')]],
    ['a message', { feedback: [{ ...feedback }] }, [...always, ofFeedback]],
    ['a message, by a source system', { feedback: [{ ...feedback, via }] }, [...always, ofFeedback, toldOf('f-1')]],
    ['a report', { reports: [{ ...report }] }, [...always, ofReport]],
    ['a report, by a source system', { reports: [{ ...report, via }] }, [...always, ofReport, toldOf('r-1')]],
    [
      'a log beside one that stays',
      { logs: [log, { ...log, id: 'l-2', items: [] }] },
      [...always, 'log QuestionnaireResponse/l-2 in log:l-2'],
    ],
  ])('when somebody changed %s', (_what, different, lines) => {
    expect(linesOf(state, { ...state, ...different })).toEqual(lines);
  });

  test('who told what was there before is not told again with the plan', () => {
    const toldBefore = { ...state, plan: { ...samplePlan, via }, logs: [{ ...log, via }] };
    expect(linesOf(toldBefore, { ...toldBefore })).toEqual(always);
  });
});

describe('a log that was never sent', () => {
  const projected = (different: Partial<Log>) =>
    projectPlan(undefined, { ...state, logs: [{ ...log, ...different }] }, context).filter(
      ({ groupId }) => groupId === 'log:l-1',
    );

  it.each<[string, Partial<Log>]>([
    ['is still being written', { status: 'in-progress' }],
    ['ended before it was', { status: 'stopped', unsent: true }],
  ])('%s: stands without a word in it, and is marked as unsent', (_how, different) => {
    const predicted = { at: '2026-03-07T14:30:00.000Z', linkIds: ['prediction'] };
    const [one, ...others] = projected({ ...different, predicted, withheld: ['situation'] });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ artefact: 'log', id: 'l-1', unsent: true });
    expect(JSON.stringify(one)).not.toMatch(/team meeting|predicted|withheld|REDACTED/);
    expect(one?.resource).not.toHaveProperty('item');
  });

  test('nothing is said of that on one that was', () => {
    for (const status of ['completed', 'amended', 'stopped', 'entered-in-error'] as const) {
      for (const one of projected({ status })) expect(one).not.toHaveProperty('unsent');
    }
  });
});

describe('the measures of a log', () => {
  const measureOf = (different: Partial<Log>, id: string) =>
    projectPlan(undefined, { ...state, logs: [{ ...log, ...different }] }, context).find((one) => one.id === id)
      ?.resource as Observation;

  test('are of when it happened; what was predicted, of when it was written down', () => {
    const predicted = { at: '2026-03-07T14:30:00.000Z', linkIds: ['belief-before'] };
    expect(measureOf({ predicted }, 'l-1.belief-before').effectiveDateTime).toBe('2026-03-07T09:30:00-05:00');
    expect(measureOf({ predicted }, 'l-1.belief-after').effectiveDateTime).toBe('2026-03-07T10:00:00-05:00');
    expect(measureOf({}, 'l-1.belief-before').effectiveDateTime).toBe('2026-03-07T10:00:00-05:00');
  });

  test('are compared with those that were there before, of that log', () => {
    const asked: string[] = [];
    const previousMeasures = (logId: string) => {
      asked.push(logId);
      return [measureOf({}, 'l-1.belief-after')];
    };
    const cleared: Log = { ...log, status: 'amended', items: log.items.slice(0, 2) };
    const after = projectPlan(undefined, { ...state, logs: [cleared] }, { ...context, previousMeasures });
    expect(asked).toEqual(['l-1']);
    expect(after.find(({ id }) => id === 'l-1.belief-after')?.resource).toMatchObject({ status: 'entered-in-error' });
  });
});

describe('what names an assignment that the plan does not have', () => {
  it.each<[string, Partial<PlanState>]>([
    ['an occurrence', { occurrences: [{ ...occurrence, assignmentId: 'elsewhere' }] }],
    ['a log', { logs: [{ ...log, assignmentId: 'elsewhere' }] }],
  ])('%s is refused', (_what, different) => {
    expect(() => projectPlan(undefined, { ...state, ...different }, context)).toThrow(
      expect.objectContaining({
        ...{ name: 'IntersessionError', code: 'unknown-artefact' },
        ...{ fields: { artefact: 'assignment', id: 'elsewhere' }, message: 'The plan has no assignment elsewhere' },
      }),
    );
  });
});
