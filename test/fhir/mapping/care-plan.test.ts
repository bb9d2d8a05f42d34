import { describe, expect, it, test } from 'vitest';
import { toCarePlan } from '../../../src/fhir/to-care-plan.ts';
import { toGoal } from '../../../src/fhir/to-goal.ts';
import { sampleAdherence } from '../../../src/fixtures/adherence-fixtures.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Assignment, Goal, Plan, PlanState, PlanStatus } from '../../../src/homework/model.ts';
import { coded, div, metaOf, newYork, ourCode, ourId, ourReference, ourUrl, sarah } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const goalId = 'a1f3c1de-0000-4000-8000-000000000002';
const noticing: Assignment = {
  ...firstAssignment(),
  ...{ id: 'a1f3c1de-0000-4000-8000-000000000003', key: '1', step: 1, title: 'Notice & write down' },
};
const asking: Assignment = {
  ...firstAssignment(),
  ...{ id: 'a1f3c1de-0000-4000-8000-00000000000c', key: '2', step: 2, title: 'Ask one question' },
};
const stateOf = (plan: Plan, assignments: readonly Assignment[] = []): PlanState => ({
  ...{ plan, assignments, occurrences: [], logs: [], barriers: [], feedback: [], reports: [], openSafetySignals: 0 },
});
const measured = { ...fixtureContext, adherences: [sampleAdherence] };

describe('a plan as a CarePlan', () => {
  test('with every element: steps in their order, adherence of the one that is measured', () => {
    expect(toCarePlan(stateOf(samplePlan, [asking, noticing]), measured)).toStrictEqual({
      resourceType: 'CarePlan',
      id: planId,
      meta: metaOf('homework-plan'),
      language: 'en-US',
      text: {
        status: 'generated',
        div: div(
          '<p>Speaking up in meetings</p><ul><li>Notice, test the thought once, say one sentence, then ask &amp; lead</li>' +
            '<li>1. Notice &amp; write down</li><li>2. Ask one question</li></ul>',
          'en-US',
        ),
      },
      identifier: [ourId('plan', planId)],
      instantiatesCanonical: ['https://intersession.dev/fhir/PlanDefinition/social-anxiety-speaking-up|1.0.0'],
      status: 'active',
      intent: 'plan',
      category: [
        coded(
          'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
          'assess-plan',
          'Assessment and Plan of Treatment',
        ),
        ourCode('homework', 'homework', 'Homework'),
      ],
      title: 'Speaking up in meetings',
      description: 'Notice, test the thought once, say one sentence, then ask & lead',
      subject: sarah,
      encounter: { reference: 'Encounter/visit-1' },
      period: { start: '2026-03-01', _start: newYork, end: '2026-04-12' },
      created: '2026-03-02T10:00:00-05:00',
      author: { reference: 'Practitioner/dr-okafor' },
      addresses: [{ reference: 'Condition/social-anxiety' }],
      goal: [{ ...ourReference('Goal', 'goal', goalId), display: 'The thought “I will sound foolish” loses its grip' }],
      activity: [
        {
          reference: ourReference('Task', 'assignment', noticing.id),
          outcomeReference: [
            ourReference('Observation', 'adherence', 'a1f3c1de-0000-4000-8000-000000000003.adherence'),
          ],
        },
        { reference: ourReference('Task', 'assignment', asking.id) },
      ],
    });
  });

  test('with no more than it must have, says nothing of the rest', () => {
    const least: Plan = {
      ...{ id: planId, patientId: 'sarah', title: 'Speaking up', status: 'draft', timeZone: 'America/New_York' },
      ...{ language: 'es', period: { start: '2026-07-01' }, createdAt: '2026-07-01T15:00:00.000Z' },
      ...{ addresses: [], goals: [] },
    };
    expect(toCarePlan(stateOf(least), fixtureContext)).toStrictEqual({
      resourceType: 'CarePlan',
      id: planId,
      meta: metaOf('homework-plan'),
      language: 'es',
      text: { status: 'generated', div: div('<p>Speaking up</p>', 'es') },
      identifier: [ourId('plan', planId)],
      status: 'draft',
      intent: 'plan',
      category: expect.any(Array),
      title: 'Speaking up',
      subject: sarah,
      period: { start: '2026-07-01', _start: newYork },
      created: '2026-07-01T11:00:00-04:00',
    });
  });

  test('its days off, each with its reason where one was given', () => {
    const daysOff = [
      { from: '2026-03-05', to: '2026-03-06' },
      { from: '2026-03-10', to: '2026-03-12', reason: 'Away' },
    ];
    const url = ourUrl('days-off');
    expect(toCarePlan(stateOf({ ...samplePlan, daysOff }), fixtureContext).extension).toStrictEqual([
      { url, extension: [{ url: 'period', valuePeriod: { start: '2026-03-05', end: '2026-03-06' } }] },
      {
        url,
        extension: [
          { url: 'period', valuePeriod: { start: '2026-03-10', end: '2026-03-12' } },
          { url: 'reason', valueString: 'Away' },
        ],
      },
    ]);
  });

  const closedAt = '2026-04-01T20:30:00.000Z';
  const reason = { url: 'reason', valueString: 'The goal was reached' };
  const at = { url: 'at', valueDateTime: '2026-04-01T16:30:00-04:00' };
  it.each<[string, Partial<Plan>, unknown]>([
    ['when and why', { closeReason: 'The goal was reached', closedAt }, [reason, at]],
    ['why alone', { closeReason: 'The goal was reached' }, [reason]],
    ['when alone', { closedAt }, [at]],
  ])('that was closed says %s', (_what, closing, extension) => {
    const { extension: written, status } = toCarePlan(
      stateOf({ ...samplePlan, status: 'completed', ...closing }),
      fixtureContext,
    );
    expect(written).toStrictEqual([{ url: ourUrl('plan-closed'), extension }]);
    expect(status).toBe('completed');
  });

  test('an author whom a source system named stands there as told by it', () => {
    expect(toCarePlan(stateOf({ ...samplePlan, via: 'homework-product' }), fixtureContext).author).toStrictEqual({
      reference: 'Practitioner/dr-okafor',
      display: 'Clinician, as told by Homework product (demo)',
    });
  });
});

describe('a goal of a plan as a Goal', () => {
  const [goal] = samplePlan.goals as [Goal];
  const bare: Goal = { id: goalId, description: 'Say what I have to say' };

  test('with every element', () => {
    expect(toGoal(goal, samplePlan, fixtureContext)).toStrictEqual({
      resourceType: 'Goal',
      id: goalId,
      meta: metaOf('homework-goal'),
      extension: [{ url: ourUrl('ehr-goal'), valueUri: 'Goal/speak-up' }],
      identifier: [ourId('goal', goalId)],
      lifecycleStatus: 'active',
      description: { text: 'The thought “I will sound foolish” loses its grip' },
      subject: sarah,
      startDate: '2026-03-01',
      target: [
        {
          measure: {
            coding: [
              {
                system: 'https://intersession.dev/fhir/CodeSystem/measure',
                code: 'belief-after',
                display: 'Belief strength after',
                userSelected: true,
              },
            ],
          },
          detailQuantity: {
            ...{ value: 50, unit: '%', system: 'http://unitsofmeasure.org', code: '%', comparator: '<=' },
          },
        },
      ],
    });
  });

  test('in words alone, without a target', () => {
    expect(toGoal(bare, samplePlan, fixtureContext)).toStrictEqual({
      resourceType: 'Goal',
      id: goalId,
      meta: metaOf('homework-goal'),
      identifier: [ourId('goal', goalId)],
      lifecycleStatus: 'active',
      description: { text: 'Say what I have to say' },
      subject: sarah,
    });
  });

  // gol-1: a target's detail needs a measure
  test.each<[string, Partial<Goal>, unknown]>([
    [
      'a value without a measure is measured in the words of the goal, in a unit that is none of UCUM',
      { target: { value: 3, unit: 'times', comparator: '>=' } },
      {
        measure: { text: 'Say what I have to say' },
        detailQuantity: { value: 3, unit: 'times', comparator: '>=' },
      },
    ],
    [
      'a measure without a value',
      { measure: { system: 'http://loinc.org', code: '44261-6' } },
      { measure: { coding: [{ system: 'http://loinc.org', code: '44261-6', userSelected: true }] } },
    ],
  ])('%s', (_what, different, target) => {
    expect(toGoal({ ...bare, ...different }, samplePlan, fixtureContext).target).toStrictEqual([target]);
  });

  test.each<[PlanStatus, string]>([
    ['draft', 'proposed'],
    ['active', 'active'],
    ['on-hold', 'on-hold'],
    ['completed', 'completed'],
    ['revoked', 'cancelled'],
    ['entered-in-error', 'entered-in-error'],
  ])('of a plan that is %s is %s', (status, lifecycleStatus) => {
    expect(toGoal(bare, { ...samplePlan, status }, fixtureContext).lifecycleStatus).toBe(lifecycleStatus);
  });
});
