import type { Extension, Task } from 'fhir/r4';

const ours = 'https://intersession.dev/fhir';
export const inputType = (code: string) => ({ coding: [{ system: `${ours}/CodeSystem/task-input`, code }] });
export const sdcType = (code: string) => ({
  coding: [{ system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code }],
});
const inForce = (start: string, end?: string): Extension[] => [
  { url: `${ours}/StructureDefinition/schedule-in-force`, valuePeriod: end === undefined ? { start } : { start, end } },
];
const timing = (code: string, text?: string) => ({
  coding: [{ system: `${ours}/CodeSystem/schedule-type`, code }],
  ...(text === undefined ? {} : { text }),
});

/** A step with everything that a step can have, as a server gives it: others' codings and identifiers first, lists turned around. */
export const wireAssignment: Task = {
  resourceType: 'Task',
  id: '1042',
  extension: [
    { url: 'https://ehr.example/filed-by', valueString: 'batch' },
    { url: `${ours}/StructureDefinition/additional-reason`, valueReference: { reference: 'Condition/low-mood' } },
    { url: `${ours}/StructureDefinition/paused-from`, valueCode: 'logging' },
    { url: `${ours}/StructureDefinition/ended-at`, valueDateTime: '2026-04-02T10:00:00-04:00' },
    { url: `${ours}/StructureDefinition/unlocked-at`, valueDateTime: '2026-03-02T10:00:00-05:00' },
    { url: `${ours}/StructureDefinition/unlock-rule`, extension: [{ url: 'type', valueCode: 'at-start' }] },
  ],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '4711' },
    { system: 'https://intersession.dev/id/assignment', value: 'step-a' },
  ],
  instantiatesCanonical: 'https://intersession.dev/fhir/ActivityDefinition/speak-up|1.0.0',
  groupIdentifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
  status: 'on-hold',
  statusReason: { coding: [{ system: `${ours}/CodeSystem/barrier`, code: 'no-time' }], text: 'exams' },
  businessStatus: {
    coding: [
      { system: 'https://ehr.example/states', code: 'X1' },
      { system: `${ours}/CodeSystem/business-status`, code: 'paused' },
    ],
  },
  intent: 'order',
  description: 'Say one sentence',
  for: { reference: 'Patient/sarah' },
  authoredOn: '2026-03-01T10:00:00-05:00',
  lastModified: '2026-04-02T10:00:00.250-04:00',
  requester: { reference: 'Practitioner/dr-okafor/_history/3' },
  reasonReference: { reference: 'Condition/social-anxiety' },
  input: [
    { type: inputType('late-grace'), valueDuration: { value: 48, unit: 'h' } },
    {
      type: inputType('pause'),
      extension: [{ url: `${ours}/StructureDefinition/pause-reason`, valueString: 'exams' }],
      valuePeriod: { start: '2026-04-02T10:00:00-04:00' },
    },
    {
      type: inputType('pause'),
      valuePeriod: { start: '2026-03-20T10:00:00-04:00', end: '2026-03-22T10:00:00-04:00' },
    },
    {
      type: inputType('named-event'),
      extension: inForce('2026-03-10T10:00:00-04:00', '2026-03-12T10:00:00-04:00'),
      valueString: 'seminar',
    },
    {
      type: inputType('named-event'),
      extension: inForce('2026-03-12T10:00:00-04:00'),
      valueString: 'team meeting',
    },
    {
      type: inputType('schedule'),
      extension: inForce('2026-03-12T10:00:00-04:00'),
      valueTiming: {
        repeat: { boundsPeriod: { start: '2026-03-12', end: '2026-04-03' }, count: 3 },
        code: timing('event', 'next three team meetings'),
      },
    },
    {
      type: inputType('schedule'),
      extension: inForce('2026-03-10T10:00:00-04:00', '2026-03-12T10:00:00-04:00'),
      valueTiming: {
        repeat: { boundsPeriod: { start: '2026-03-10', end: '2026-03-30' }, count: 2 },
        code: timing('event', 'next two seminars'),
      },
    },
    {
      type: inputType('schedule'),
      extension: inForce('2026-03-02T10:00:00-05:00', '2026-03-10T10:00:00-04:00'),
      valueTiming: { repeat: { boundsPeriod: { end: '2026-03-13' }, count: 1 }, code: timing('once') },
    },
    {
      type: inputType('schedule'),
      extension: inForce('2026-03-01T10:00:00-05:00', '2026-03-02T10:00:00-05:00'),
      valueTiming: { repeat: { boundsDuration: { value: 7, unit: 'd' }, count: 1 }, code: timing('once-within') },
    },
    { type: inputType('rationale'), valueMarkdown: 'It gets easier' },
    { type: inputType('instructions'), valueMarkdown: 'Once a meeting' },
    {
      type: sdcType('questionnaire'),
      valueCanonical: 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0',
    },
    { type: inputType('step-key'), valueString: '4a' },
    { type: inputType('step-number'), valuePositiveInt: 4 },
    {
      type: inputType('kind'),
      valueCodeableConcept: {
        coding: [{ system: `${ours}/CodeSystem/homework-kind`, code: 'behavioural-experiment' }],
      },
    },
  ],
};

/** An occurrence with everything that an occurrence can have, as a server gives it. */
export const wireOccurrence: Task = {
  resourceType: 'Task',
  id: '1043',
  extension: [{ url: `${ours}/StructureDefinition/ended-at`, valueDateTime: '2026-03-14T09:00:00-04:00' }],
  identifier: [
    { system: 'https://ehr.example/mrn', value: '4712' },
    { system: 'https://intersession.dev/id/occurrence', value: 'step-a.2' },
  ],
  groupIdentifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
  partOf: [
    { reference: 'Task/9' },
    { reference: 'Task/1042', identifier: { system: 'https://intersession.dev/id/assignment', value: 'step-a' } },
  ],
  status: 'completed',
  statusReason: { text: 'logged on the day after' },
  businessStatus: { coding: [{ system: `${ours}/CodeSystem/business-status`, code: 'late' }] },
  intent: 'order',
  for: { reference: 'Patient/sarah' },
  authoredOn: '2026-03-02T10:00:00-05:00',
  lastModified: '2026-03-14T09:00:01-04:00',
  restriction: { period: { end: '2026-03-14T04:00:00-04:00' } },
  input: [
    { type: inputType('occurrence-number'), valuePositiveInt: 2 },
    { type: inputType('late-until'), valueDateTime: '2026-03-15T04:00:00-04:00' },
  ],
  output: [
    { type: sdcType('something-else'), valueReference: { reference: 'QuestionnaireResponse/8' } },
    {
      type: sdcType('questionnaire-response'),
      valueReference: {
        reference: 'QuestionnaireResponse/7',
        identifier: { system: 'https://intersession.dev/id/log', value: 'log-a' },
      },
    },
  ],
};
