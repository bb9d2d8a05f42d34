import type { ActivityDefinition, Extension, PlanDefinition, PlanDefinitionAction } from 'fhir/r4';
import type { LibraryPlan } from '../../../src/homework/plan/library-plan.ts';

const questionnaire = 'https://intersession.dev/fhir/Questionnaire/walk-diary|1.0.0';
const words = { title: 'Walk', instructions: 'Walk round the block.', rationale: 'It helps you sleep.' };

/** A small plan with each way to be unlocked, both schedules, and goals with and without a measure and a target. */
export const eveningWalks: LibraryPlan = {
  slug: 'evening-walks',
  version: '2.1.0',
  title: 'Evening walks',
  description: 'For people who sleep badly.',
  goals: [
    { key: 'sleep', description: 'I sleep through' },
    {
      key: 'calm',
      description: 'I am calm at night',
      measure: { system: 'urn:m', code: 'suds', display: 'SUDS' },
      target: { value: 50, unit: '%', comparator: '<=' },
    },
    { key: 'rated', description: 'I rate it', measure: { system: 'urn:m', code: 'rate' } },
    { key: 'pages', description: 'I read again', target: { value: 10, unit: 'pages', comparator: '>=' } },
  ],
  steps: [
    {
      ...words,
      key: '1',
      step: 1,
      kind: 'walk-diary',
      questionnaire,
      schedule: { type: 'event', event: 'dinner', count: 3, text: 'after the next three dinners', days: 14 },
      unlock: { type: 'at-start' },
    },
    {
      ...words,
      key: '2a',
      step: 2,
      kind: 'walk-diary',
      questionnaire,
      schedule: { type: 'once-within', days: 1 },
      unlock: { type: 'after', after: '1', criterion: { type: 'behaviour-done' } },
    },
    {
      ...words,
      key: '3',
      step: 3,
      kind: 'walk-diary',
      questionnaire,
      schedule: { type: 'once-within', days: 5 },
      unlock: { type: 'by-clinician' },
    },
  ],
  approvedBy: { name: 'Dr. A. Okafor', on: '2026-02-20' },
};

const days = (value: number, unit = 'days') => ({ value, unit, system: 'http://unitsofmeasure.org', code: 'd' });
const rule = (...extension: Extension[]) => [
  { url: 'https://intersession.dev/fhir/StructureDefinition/unlock-rule', extension },
];
const schedule = (code: string, display: string, text: string) => ({
  coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/schedule-type', code, display }],
  text,
});
const onceWithin = 'Once, within so many days of unlocking';

const ofEachStep: PlanDefinitionAction = {
  title: 'Walk',
  participant: [{ type: 'patient' }],
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/action-type', code: 'create', display: 'Create' }],
  },
};
const start = (description: string, expression: string): PlanDefinitionAction['condition'] => [
  { kind: 'start', expression: { description, language: 'text/fhirpath', expression } },
];

/** The plan as FHIR, where the behaviour of each form is `walked`. */
export const eveningWalksDefinition: PlanDefinition = {
  resourceType: 'PlanDefinition',
  id: 'evening-walks',
  meta: { profile: ['https://intersession.dev/fhir/StructureDefinition/homework-library-plan'] },
  url: 'https://intersession.dev/fhir/PlanDefinition/evening-walks',
  version: '2.1.0',
  name: 'EveningWalks',
  title: 'Evening walks',
  type: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type',
        code: 'clinical-protocol',
        display: 'Clinical Protocol',
      },
    ],
  },
  status: 'active',
  experimental: false,
  publisher: 'Intersession',
  description: 'For people who sleep badly.',
  approvalDate: '2026-02-20',
  reviewer: [{ name: 'Dr. A. Okafor' }],
  goal: [
    { id: 'sleep', description: { text: 'I sleep through' } },
    {
      id: 'calm',
      description: { text: 'I am calm at night' },
      target: [
        {
          measure: { coding: [{ system: 'urn:m', code: 'suds', display: 'SUDS' }] },
          detailQuantity: { value: 50, unit: '%', system: 'http://unitsofmeasure.org', code: '%', comparator: '<=' },
        },
      ],
    },
    {
      id: 'rated',
      description: { text: 'I rate it' },
      target: [{ measure: { coding: [{ system: 'urn:m', code: 'rate' }] } }],
    },
    {
      id: 'pages',
      description: { text: 'I read again' },
      target: [{ detailQuantity: { value: 10, unit: 'pages', comparator: '>=' } }],
    },
  ],
  action: [
    {
      ...ofEachStep,
      id: '1',
      extension: rule({ url: 'type', valueCode: 'at-start' }),
      prefix: '1',
      textEquivalent: 'Open from the start',
      trigger: [{ type: 'named-event', name: 'dinner' }],
      condition: start('Open from the start', "%plan.status = 'active'"),
      timingTiming: {
        repeat: { boundsDuration: days(14), count: 3 },
        code: schedule('event', 'At the next occasions of an event', 'after the next three dinners'),
      },
      definitionCanonical: 'https://intersession.dev/fhir/ActivityDefinition/evening-walks-1|2.1.0',
    },
    {
      ...ofEachStep,
      id: '2a',
      extension: rule(
        { url: 'type', valueCode: 'after' },
        { url: 'after', valueString: '1' },
        { url: 'criterion', valueCode: 'behaviour-done' },
      ),
      prefix: '2',
      textEquivalent: 'Opens once step 1 has been done',
      condition: start(
        'Opens once step 1 has been done',
        "%task.status != 'entered-in-error' and %logs.where(status = 'completed' or status = 'amended').descendants().where(linkId = 'walked').answer.where(value = true).exists()",
      ),
      relatedAction: [
        { actionId: '1', relationship: 'after-end', offsetRange: { low: days(0), high: days(1, 'day') } },
      ],
      timingTiming: {
        repeat: { boundsDuration: days(1, 'day'), count: 1 },
        code: schedule('once-within', onceWithin, 'once, within a day of opening'),
      },
      definitionCanonical: 'https://intersession.dev/fhir/ActivityDefinition/evening-walks-2a|2.1.0',
    },
    {
      ...ofEachStep,
      id: '3',
      extension: rule({ url: 'type', valueCode: 'by-clinician' }),
      prefix: '3',
      textEquivalent: 'Opens when the clinician unlocks it',
      timingTiming: {
        repeat: { boundsDuration: days(5), count: 1 },
        code: schedule('once-within', onceWithin, 'once, within 5 days of opening'),
      },
      definitionCanonical: 'https://intersession.dev/fhir/ActivityDefinition/evening-walks-3|2.1.0',
    },
  ],
};

/** Its second step as FHIR, of a kind that is called a walk diary. */
export const secondWalkDefinition: ActivityDefinition = {
  resourceType: 'ActivityDefinition',
  id: 'evening-walks-2a',
  meta: { profile: ['https://intersession.dev/fhir/StructureDefinition/homework-library-step'] },
  url: 'https://intersession.dev/fhir/ActivityDefinition/evening-walks-2a',
  version: '2.1.0',
  name: 'EveningWalksStep2a',
  title: 'Walk',
  status: 'active',
  experimental: false,
  publisher: 'Intersession',
  description: 'Walk round the block.',
  purpose: 'It helps you sleep.',
  approvalDate: '2026-02-20',
  reviewer: [{ name: 'Dr. A. Okafor' }],
  relatedArtifact: [{ type: 'depends-on', display: 'Questionnaire', resource: questionnaire }],
  kind: 'Task',
  profile: 'https://intersession.dev/fhir/StructureDefinition/homework-assignment',
  code: {
    coding: [
      { system: 'https://intersession.dev/fhir/CodeSystem/homework-kind', code: 'walk-diary', display: 'Walk diary' },
    ],
  },
  intent: 'order',
  timingTiming: {
    repeat: { boundsDuration: days(1, 'day'), count: 1 },
    code: schedule('once-within', onceWithin, 'once, within a day of opening'),
  },
  participant: [{ type: 'patient' }],
};
