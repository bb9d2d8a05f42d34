import { describe, expect, it, test } from 'vitest';
import { toOccurrenceTask } from '../../../src/fhir/to-occurrence-task.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Assignment, Occurrence, OccurrenceStatus } from '../../../src/homework/model.ts';
import { coded, div, metaOf, ourCode, ourId, ourReference, ourUrl, sarah } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const logId = 'a1f3c1de-0000-4000-8000-000000000004';
const assignment: Assignment = { ...firstAssignment(), title: 'Notice & write down' };
const due: Occurrence = {
  ...{ id: `${assignmentId}.2`, assignmentId, planId, patientId: 'sarah', ordinal: 2, status: 'due' },
  ...{ openedAt: '2026-03-02T15:00:00.000Z', dueUntil: '2026-03-14T08:00:00.000Z' },
  ...{ lateUntil: '2026-03-15T08:00:00.000Z', lastModified: '2026-03-02T15:00:00.000Z' },
};
const taskOf = (different: Partial<Occurrence>, of = assignment) =>
  toOccurrenceTask({ ...due, ...different }, { assignment: of, plan: samplePlan }, fixtureContext);

const sdc = (code: string, display: string) => coded('http://hl7.org/fhir/uv/sdc/CodeSystem/temp', code, display);
const dueTask = {
  resourceType: 'Task',
  id: `${assignmentId}.2`,
  meta: metaOf('homework-occurrence'),
  language: 'en-US',
  text: {
    status: 'generated',
    div: div('<p>Notice &amp; write down (2)</p><ul><li>due until 2026-03-14T04:00:00-04:00</li></ul>', 'en-US'),
  },
  identifier: [ourId('occurrence', `${assignmentId}.2`)],
  groupIdentifier: ourId('plan', planId),
  partOf: [ourReference('Task', 'assignment', assignmentId)],
  status: 'requested',
  businessStatus: ourCode('business-status', 'due', 'Due'),
  intent: 'order',
  code: sdc('complete-questionnaire', 'Complete Questionnaire'),
  description: 'Notice & write down',
  for: sarah,
  authoredOn: '2026-03-02T10:00:00-05:00',
  lastModified: '2026-03-02T10:00:00-05:00',
  requester: { reference: 'Practitioner/dr-okafor' },
  owner: sarah,
  restriction: { period: { end: '2026-03-14T04:00:00-04:00' } },
  input: [
    {
      type: sdc('questionnaire', 'Questionnaire'),
      valueCanonical: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.1.0',
    },
    {
      type: sdc('response-endpoint', 'Response Endpoint'),
      valueUrl: `https://homework.example.org/fhir/demo/respond/${assignmentId}.2`,
    },
    { type: ourCode('task-input', 'occurrence-number', 'Occurrence number'), valuePositiveInt: 2 },
    {
      type: ourCode('task-input', 'late-until', 'Counts as late until'),
      valueDateTime: '2026-03-15T04:00:00-04:00',
    },
  ],
};

describe('an occurrence as a Task that any form filler can fill', () => {
  test('while it is due: what to complete, where to send it, until when', () => {
    expect(taskOf({})).toStrictEqual(dueTask);
  });

  test('once it was done: the response is its output, and it says when it ended', () => {
    const done = taskOf({
      ...{ status: 'late', logId, endedAt: '2026-03-14T15:00:00.000Z', reason: 'logged on Saturday' },
      lastModified: '2026-03-14T15:00:00.000Z',
    });
    expect(done).toStrictEqual({
      ...dueTask,
      extension: [{ url: ourUrl('ended-at'), valueDateTime: '2026-03-14T11:00:00-04:00' }],
      status: 'completed',
      statusReason: { text: 'logged on Saturday' },
      businessStatus: ourCode('business-status', 'late', 'Late'),
      lastModified: '2026-03-14T11:00:00-04:00',
      output: [
        {
          type: sdc('questionnaire-response', 'Questionnaire Response'),
          valueReference: ourReference('QuestionnaireResponse', 'log', logId),
        },
      ],
    });
  });

  it.each<[OccurrenceStatus, string, string]>([
    ['due', 'requested', 'Due'],
    ['overdue', 'requested', 'Overdue'],
    ['done', 'completed', 'Done'],
    ['late', 'completed', 'Late'],
    ['missed', 'failed', 'Missed'],
    ['excused', 'cancelled', 'Excused'],
    ['paused', 'on-hold', 'Paused'],
  ])('that is %s is %s', (status, written, display) => {
    const task = taskOf({ status });
    expect(task.status).toBe(written);
    expect(task.businessStatus).toStrictEqual(ourCode('business-status', status, display));
  });

  test('is asked for by whoever asked for its assignment, as told where a source system told it', () => {
    const { requester: _requester, ...unknown } = assignment;
    expect(taskOf({}, unknown).requester).toStrictEqual({
      type: 'Organization',
      display: 'Riverside Behavioral Health',
    });
    expect(taskOf({}, { ...assignment, via: 'homework-product' }).requester).toStrictEqual({
      reference: 'Practitioner/dr-okafor',
      display: 'Clinician, as told by Homework product (demo)',
    });
  });
});
