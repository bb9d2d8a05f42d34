import type { CarePlan, Goal } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromCarePlan } from '../../../src/fhir/from-care-plan.ts';
import { fromGoal } from '../../../src/fhir/from-goal.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const goalIdentifier = (value: string) => ({ system: 'https://intersession.dev/id/goal', value });
const subject = { reference: 'Patient/sarah' };
const measure = { system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'belief-after' };

const wireGoal: Goal = {
  resourceType: 'Goal',
  id: '77',
  extension: [{ url: 'https://intersession.dev/fhir/StructureDefinition/ehr-goal', valueUri: 'Goal/speak-up' }],
  identifier: [{ system: 'https://ehr.example/mrn', value: '1' }, goalIdentifier('goal-a')],
  lifecycleStatus: 'active',
  description: { text: 'The thought loses its grip' },
  subject,
  startDate: '2026-03-01',
  target: [
    {
      measure: {
        coding: [
          { system: 'http://loinc.org', code: '1-8' },
          { ...measure, display: 'Belief after', userSelected: true },
        ],
      },
      detailQuantity: { value: 50, unit: '%', comparator: '<=' },
    },
  ],
};

const readGoal = {
  id: 'goal-a',
  description: 'The thought loses its grip',
  startDate: '2026-03-01',
  measure: { ...measure, display: 'Belief after' },
  target: { value: 50, unit: '%', comparator: '<=' },
  ehrReference: 'Goal/speak-up',
};
const leastGoal: Goal = {
  resourceType: 'Goal',
  identifier: [goalIdentifier('goal-b')],
  lifecycleStatus: 'active',
  description: { text: 'More evenings out' },
  subject,
};

describe('a goal', () => {
  it('is read from its Goal: the measure is the code that was chosen, whatever codes were added', () => {
    expect(fromGoal(wireGoal)).toStrictEqual(readGoal);
  });

  it('has nothing that its Goal does not say', () => {
    expect(fromGoal(leastGoal)).toStrictEqual({ id: 'goal-b', description: 'More evenings out' });
  });

  it.each<[what: string, target: Goal['target'], read: object]>([
    ['no target', [], {}],
    ['a measure in words alone', [{ measure: { text: 'evenings' } }], {}],
    ['a measure that nobody chose', [{ measure: { coding: [measure] } }], {}],
    ['a measure without its system', [{ measure: { coding: [{ code: 'x', userSelected: true }] } }], {}],
    ['a measure without its code', [{ measure: { coding: [{ system: 'x', userSelected: true }] } }], {}],
    ['a measure without words', [{ measure: { coding: [{ ...measure, userSelected: true }] } }], { measure }],
    [
      'a target without a code for its measure',
      [{ measure: { text: 'evenings' }, detailQuantity: { value: 0, unit: 'times', comparator: '>=' } }],
      { target: { value: 0, unit: 'times', comparator: '>=' } },
    ],
  ])('may have %s', (_what, target, read) => {
    const whole = { id: 'goal-b', description: 'More evenings out', ...read };
    expect(fromGoal({ ...leastGoal, ...(target && { target }) })).toStrictEqual(whole);
  });

  const quantity = 'Goal.target.detailQuantity';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/goal'),
    missing('identifier:goal', 'identifier of system https://intersession.dev/id/goal'),
    missing('description.text', 'Goal.description.text'),
    missing('target:0.detailQuantity.value', `${quantity}.value`),
    missing('target:0.detailQuantity.unit', `${quantity}.unit`),
    missing('target:0.detailQuantity.comparator', `${quantity}.comparator`),
    ['target:0.detailQuantity.comparator', '<', { path: `${quantity}.comparator`, problem: 'is none of <=, >=' }],
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromGoal(broken(wireGoal, path, by)), issue);
  });
});

const wirePlan: CarePlan = {
  resourceType: 'CarePlan',
  id: '12',
  language: 'en-US',
  extension: [
    {
      url: 'https://intersession.dev/fhir/StructureDefinition/plan-closed',
      extension: [
        { url: 'at', valueDateTime: '2026-04-12T10:00:00-04:00' },
        { url: 'reason', valueString: 'The goal was reached' },
      ],
    },
  ],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '3' },
    { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
  ],
  instantiatesCanonical: ['https://intersession.dev/fhir/PlanDefinition/speaking-up|1.0.0'],
  status: 'completed',
  intent: 'plan',
  title: 'Speaking up in meetings',
  description: 'Notice, test, say one sentence',
  subject,
  encounter: { reference: 'Encounter/visit-1' },
  period: {
    start: '2026-03-01',
    _start: {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/New_York' }],
    },
    end: '2026-04-12',
  },
  created: '2026-03-01T10:00:00-05:00',
  author: { reference: 'Practitioner/dr-okafor' },
  addresses: [{ reference: 'Condition/social-anxiety' }, { display: 'worry' }, { reference: 'Condition/low-mood' }],
  goal: [
    { reference: 'Goal/78', identifier: goalIdentifier('goal-b') },
    { reference: 'Goal/somebody-elses' },
    { reference: 'Goal/77', identifier: goalIdentifier('goal-a') },
  ],
};
const leastPlan = {
  id: 'plan-a',
  patientId: 'sarah',
  title: 'Speaking up in meetings',
  status: 'completed',
  timeZone: 'America/New_York',
  language: 'en-US',
  period: { start: '2026-03-01' },
  createdAt: '2026-03-01T15:00:00.000Z',
  addresses: [],
  goals: [],
};

describe('a plan', () => {
  it('is read from its CarePlan, with the goals that it names in the order in which it names them', () => {
    const elses: Goal = { ...leastGoal, identifier: [goalIdentifier('goal-c')] };
    expect(fromCarePlan(wirePlan, [elses, wireGoal, leastGoal])).toStrictEqual({
      ...leastPlan,
      encounter: 'Encounter/visit-1',
      description: 'Notice, test, say one sentence',
      period: { start: '2026-03-01', end: '2026-04-12' },
      author: 'Practitioner/dr-okafor',
      addresses: ['Condition/social-anxiety', 'Condition/low-mood'],
      goals: [{ id: 'goal-b', description: 'More evenings out' }, readGoal],
      libraryPlan: 'https://intersession.dev/fhir/PlanDefinition/speaking-up|1.0.0',
      closeReason: 'The goal was reached',
      closedAt: '2026-04-12T14:00:00.000Z',
    });
  });

  it('has nothing that its CarePlan does not say', () => {
    const { resourceType, language, identifier, status, intent, title, period, created } = wirePlan;
    const { end: _open, ...start } = period ?? {};
    const bare: CarePlan = {
      ...{ resourceType, status, intent, subject, period: start },
      ...(language && { language }),
      ...(identifier && { identifier }),
      ...(title && { title }),
      ...(created && { created }),
    };
    expect(fromCarePlan(bare, [wireGoal])).toStrictEqual(leastPlan);
    expect(fromCarePlan({ ...bare, instantiatesCanonical: [] }, [])).toStrictEqual(leastPlan);
  });

  it.each([
    ['when', 'at', { closeReason: 'The goal was reached' }],
    ['why', 'reason', { closedAt: '2026-04-12T14:00:00.000Z' }],
  ])('may be closed without saying %s', (_what, part, read) => {
    const plan = fromCarePlan(broken(wirePlan, `extension:plan-closed.extension:${part}`), []);
    const { closeReason, closedAt, ...rest } = plan;
    expect(rest).not.toHaveProperty('closeReason');
    expect({ ...(closeReason && { closeReason }), ...(closedAt && { closedAt }) }).toStrictEqual(read);
  });

  const zone = 'CarePlan.period.start.extension(timezone)';
  it.each<Refusal>([
    missing('identifier', 'identifier of system https://intersession.dev/id/plan'),
    missing('identifier:plan', 'identifier of system https://intersession.dev/id/plan'),
    missing('subject', 'CarePlan.subject'),
    ['subject.reference', 'Group/7', { path: 'CarePlan.subject', problem: 'is missing' }],
    missing('title', 'CarePlan.title'),
    missing('status', 'CarePlan.status'),
    unknownCode('status', 'CarePlan.status'),
    missing('period', zone),
    missing('period._start', zone),
    missing('period._start.extension:timezone', zone),
    missing('period._start.extension:timezone.valueCode', zone),
    missing('language', 'CarePlan.language'),
    missing('period.start', 'CarePlan.period.start'),
    missing('created', 'CarePlan.created'),
  ])('is refused by its element when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromCarePlan(broken(wirePlan, path, by), []), issue);
  });

  it('is refused with a goal that bears no identifier of ours', () => {
    const { identifier: _, ...nobodys } = leastGoal;
    const path = 'identifier of system https://intersession.dev/id/goal';
    expectRefusal(() => fromCarePlan(wirePlan, [nobodys]), { path, problem: 'is missing' });
  });
});
