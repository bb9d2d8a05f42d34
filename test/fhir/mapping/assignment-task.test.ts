import type { TaskInput } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { toAssignmentTask } from '../../../src/fhir/to-assignment-task.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Assignment } from '../../../src/homework/model.ts';
import type { businessStatuses } from '../../../src/homework/plan/assignment.ts';
import { barrierCodes } from '../../../src/homework/plan/barrier.ts';
import { legalPairs } from '../../../src/homework/plan/legal-pairs.ts';
import { div, metaOf, newYork, ourCode, ourId, ourUrl, riverside, sarah } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const id = 'a1f3c1de-0000-4000-8000-000000000003';
const questionnaire = 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0';
/** No more than an assignment must have. */
const least: Assignment = {
  ...{ id, planId, patientId: 'sarah', key: '4a', step: 5, kind: 'self-monitoring', title: 'Notice <it>' },
  ...{ questionnaire, status: 'draft', businessStatus: 'locked', pauses: [], unlock: { type: 'by-clinician' } },
  schedules: [{ schedule: { type: 'once-within', days: 7 }, from: '2026-03-02T15:00:00.000Z' }],
  ...{ lateGraceHours: 36, authoredOn: '2026-03-02T15:00:00.000Z', lastModified: '2026-03-02T15:00:00.000Z' },
  reasons: [],
};
/** What only a step that was opened, changed, paused and ended can all have. */
const full: Assignment = {
  ...least,
  ...{ instructions: 'Write it down & keep it short', rationale: 'Every later step is compared with this' },
  definition: 'https://intersession.dev/fhir/ActivityDefinition/social-anxiety-speaking-up-1|1.0.0',
  ...{ status: 'cancelled', businessStatus: 'stopped-by-patient' },
  statusReason: { code: 'fear', text: 'afraid of being laughed at' },
  schedules: [
    {
      schedule: {
        ...{ type: 'event', event: 'team meeting', count: 3, text: 'next three team meetings' },
        window: { start: '2026-03-02', end: '2026-03-13' },
      },
      ...{ from: '2026-03-02T15:00:00.000Z', until: '2026-03-04T15:00:00.000Z' },
    },
    { schedule: { type: 'once', by: '2026-03-20' }, from: '2026-03-04T15:00:00.000Z' },
  ],
  pauses: [
    { from: '2026-03-05T15:00:00.000Z', until: '2026-03-06T15:00:00.000Z', reason: 'away from work' },
    { from: '2026-03-09T15:00:00.000Z' },
  ],
  pausedFrom: 'logging',
  unlock: { type: 'after', after: '3', criterion: { type: 'behaviour-done' } },
  requester: 'Practitioner/dr-okafor',
  reasons: ['Condition/social-anxiety', 'Condition/low-mood', 'Condition/insomnia'],
  ...{ unlockedAt: '2026-03-02T16:00:00.000Z', endedAt: '2026-03-10T15:00:00.000Z' },
  lastModified: '2026-03-10T15:00:01.500Z',
};

const inputOf = (code: string, display: string, value: object): TaskInput => ({
  type: ourCode('task-input', code, display),
  ...value,
});
const sdcQuestionnaire: TaskInput = {
  type: {
    coding: [{ system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code: 'questionnaire', display: 'Questionnaire' }],
  },
  valueCanonical: questionnaire,
};
const inForce = (valuePeriod: object) => [{ url: ourUrl('schedule-in-force'), valuePeriod }];
const hours = (value: number) => ({ value, unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' });

const leastTask = {
  resourceType: 'Task',
  id,
  meta: metaOf('homework-assignment'),
  language: 'en-US',
  text: {
    status: 'generated',
    div: div(
      '<p>4a. Notice &lt;it&gt;</p><ul><li>once, within 7 days of opening</li><li>Opens when the clinician unlocks it</li></ul>',
      'en-US',
    ),
  },
  extension: [{ url: ourUrl('unlock-rule'), extension: [{ url: 'type', valueCode: 'by-clinician' }] }],
  identifier: [ourId('assignment', id)],
  groupIdentifier: ourId('plan', planId),
  status: 'draft',
  businessStatus: ourCode('business-status', 'locked', 'Locked'),
  intent: 'order',
  code: ourCode('homework', 'homework-assignment', 'Homework assignment'),
  description: 'Notice <it>',
  for: sarah,
  authoredOn: '2026-03-02T10:00:00-05:00',
  lastModified: '2026-03-02T10:00:00-05:00',
  requester: riverside,
  owner: sarah,
  input: [
    inputOf('kind', 'Kind of homework', {
      valueCodeableConcept: {
        coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/homework-kind', code: 'self-monitoring' }],
        text: 'Self-monitoring',
      },
    }),
    inputOf('step-number', 'Step number', { valuePositiveInt: 5 }),
    inputOf('step-key', 'Step key', { valueString: '4a' }),
    sdcQuestionnaire,
    inputOf('schedule', 'Schedule', {
      extension: inForce({ start: '2026-03-02T10:00:00-05:00' }),
      valueTiming: {
        repeat: {
          boundsDuration: { value: 7, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
          count: 1,
        },
        code: ourCode(
          ...(['schedule-type', 'once-within', 'Once, within so many days of unlocking'] as const),
          'once, within 7 days of opening',
        ),
      },
    }),
    inputOf('unlock-rule', 'Unlock rule', { valueString: 'Opens when the clinician unlocks it' }),
    inputOf('late-grace', 'Late grace', { valueDuration: hours(36) }),
  ],
};

describe('an assignment as a Task', () => {
  test('with no more than it must have, says nothing of the rest: no due day, no reason, no basedOn', () => {
    expect(toAssignmentTask(least, samplePlan, fixtureContext)).toStrictEqual(leastTask);
  });

  test('with every element; due when its present schedule ends', () => {
    const [kind, number, key, form] = leastTask.input;
    expect(toAssignmentTask(full, samplePlan, fixtureContext)).toStrictEqual({
      ...leastTask,
      text: {
        status: 'generated',
        div: div(
          '<p>4a. Notice &lt;it&gt;</p><ul><li>Write it down &amp; keep it short</li><li>once, by 2026-03-20</li>' +
            '<li>Opens once step 3 has been done</li></ul>',
          'en-US',
        ),
      },
      extension: [
        {
          url: ourUrl('unlock-rule'),
          extension: [
            { url: 'type', valueCode: 'after' },
            { url: 'after', valueString: '3' },
            { url: 'criterion', valueCode: 'behaviour-done' },
          ],
        },
        { url: ourUrl('unlocked-at'), valueDateTime: '2026-03-02T11:00:00-05:00' },
        { url: ourUrl('ended-at'), valueDateTime: '2026-03-10T11:00:00-04:00' },
        { url: ourUrl('paused-from'), valueCode: 'logging' },
        { url: ourUrl('additional-reason'), valueReference: { reference: 'Condition/low-mood' } },
        { url: ourUrl('additional-reason'), valueReference: { reference: 'Condition/insomnia' } },
      ],
      instantiatesCanonical: 'https://intersession.dev/fhir/ActivityDefinition/social-anxiety-speaking-up-1|1.0.0',
      status: 'cancelled',
      statusReason: ourCode('barrier', 'fear', 'Fear', 'afraid of being laughed at'),
      businessStatus: ourCode('business-status', 'stopped-by-patient', 'Stopped by the patient'),
      lastModified: '2026-03-10T11:00:01.500-04:00',
      requester: { reference: 'Practitioner/dr-okafor' },
      reasonReference: { reference: 'Condition/social-anxiety' },
      restriction: { period: { end: '2026-03-20' } },
      input: [
        ...[kind, number, key, form],
        inputOf('schedule', 'Schedule', {
          extension: inForce({ start: '2026-03-02T10:00:00-05:00', end: '2026-03-04T10:00:00-05:00' }),
          valueTiming: {
            repeat: { boundsPeriod: { start: '2026-03-02', _start: newYork, end: '2026-03-13' }, count: 3 },
            code: ourCode('schedule-type', 'event', 'At the next occasions of an event', 'next three team meetings'),
          },
        }),
        inputOf('named-event', 'Named event', {
          extension: inForce({ start: '2026-03-02T10:00:00-05:00', end: '2026-03-04T10:00:00-05:00' }),
          valueString: 'team meeting',
        }),
        inputOf('schedule', 'Schedule', {
          extension: inForce({ start: '2026-03-04T10:00:00-05:00' }),
          valueTiming: {
            repeat: { boundsPeriod: { end: '2026-03-20', _end: newYork }, count: 1 },
            code: ourCode('schedule-type', 'once', 'Once, by a day', 'once, by 2026-03-20'),
          },
        }),
        inputOf('pause', 'Pause', {
          extension: [{ url: ourUrl('pause-reason'), valueString: 'away from work' }],
          valuePeriod: { start: '2026-03-05T10:00:00-05:00', end: '2026-03-06T10:00:00-05:00' },
        }),
        inputOf('pause', 'Pause', { valuePeriod: { start: '2026-03-09T11:00:00-04:00' } }),
        inputOf('instructions', 'Instructions', { valueMarkdown: 'Write it down & keep it short' }),
        inputOf('rationale', 'Rationale', { valueMarkdown: 'Every later step is compared with this' }),
        inputOf('unlock-rule', 'Unlock rule', { valueString: 'Opens once step 3 has been done' }),
        inputOf('late-grace', 'Late grace', { valueDuration: hours(36) }),
      ],
    });
  });

  test('a reason in words alone has no code', () => {
    const { statusReason } = toAssignmentTask(
      { ...least, statusReason: { text: 'moved to another step' } },
      samplePlan,
      fixtureContext,
    );
    expect(statusReason).toStrictEqual({ text: 'moved to another step' });
  });

  test('one reason stands where R4 has room for it, and nowhere else', () => {
    const task = toAssignmentTask({ ...least, reasons: ['Condition/low-mood'] }, samplePlan, fixtureContext);
    expect(task.reasonReference).toStrictEqual({ reference: 'Condition/low-mood' });
    expect(task.extension?.map(({ url }) => url)).toStrictEqual([ourUrl('unlock-rule')]);
  });

  test('a clinician whom a source system named stands there as told by it; where it named nobody the organisation asks', () => {
    const requesterOf = (different: Partial<Assignment>) =>
      toAssignmentTask({ ...least, via: 'homework-product', ...different }, samplePlan, fixtureContext).requester;
    expect(requesterOf({ requester: 'PractitionerRole/therapist-17' })).toStrictEqual({
      reference: 'PractitionerRole/therapist-17',
      display: 'Clinician, as told by Homework product (demo)',
    });
    expect(requesterOf({})).toStrictEqual(riverside);
  });

  // mapping: the event of a move → status and business status; the words are the code system's
  const words = {
    ...{ locked: 'Locked', assigned: 'Assigned', seen: 'Seen', agreed: 'Agreed', logging: 'Logging', late: 'Late' },
    ...{ declined: 'Declined', 'stopped-by-patient': 'Stopped by the patient', paused: 'Paused', done: 'Done' },
    ...{ overdue: 'Overdue', missed: 'Missed', withdrawn: 'Withdrawn', 'not-reached': 'Not reached' },
    mistake: 'Made by mistake',
  } as const satisfies Record<(typeof businessStatuses)[number], string>;
  const pairs = Object.entries(legalPairs) as [Assignment['status'], readonly (keyof typeof words)[]][];
  it.each(pairs)('that is %s has the code of each of its business statuses: %j', (status, several) => {
    for (const businessStatus of several) {
      const task = toAssignmentTask({ ...least, status, businessStatus }, samplePlan, fixtureContext);
      expect(task.status).toBe(status);
      expect(task.businessStatus).toStrictEqual(ourCode('business-status', businessStatus, words[businessStatus]));
    }
  });

  const barriers = ['Fear', 'Too hard', 'Forgot', 'No time', 'Not understood', 'No point seen', 'Felt too bad'];
  it.each(
    barrierCodes.map((code, index) => [code, [...barriers, 'Practical obstacle', 'Other'][index] ?? ''] as const),
  )('that was declined for %s says “%s”', (code, display) => {
    const task = toAssignmentTask({ ...least, statusReason: { code, text: 'so' } }, samplePlan, fixtureContext);
    expect(task.statusReason).toStrictEqual(ourCode('barrier', code, display, 'so'));
  });
});
