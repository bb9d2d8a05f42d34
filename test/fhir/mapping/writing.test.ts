import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toDateTime, toInstant } from '../../../src/fhir/date-time.ts';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { toNarrative } from '../../../src/fhir/narrative.ts';
import { toAdherenceObservation } from '../../../src/fhir/to-adherence-observation.ts';
import { toAssignmentTask } from '../../../src/fhir/to-assignment-task.ts';
import { toCarePlan } from '../../../src/fhir/to-care-plan.ts';
import { toCommunication } from '../../../src/fhir/to-communication.ts';
import { toDocumentReference } from '../../../src/fhir/to-document-reference.ts';
import { toScheduleInputs } from '../../../src/fhir/to-schedule-inputs.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Adherence } from '../../../src/homework/model.ts';
import { testContext } from './test-context.ts';

describe('dates', () => {
  test.each([
    ['2026-03-02T15:00:00.000Z', 'America/New_York', '2026-03-02T10:00:00-05:00'],
    ['2026-03-08T06:59:59.000Z', 'America/New_York', '2026-03-08T01:59:59-05:00'],
    ['2026-03-08T07:00:00.000Z', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['2026-11-01T06:30:00.000Z', 'America/New_York', '2026-11-01T01:30:00-05:00'],
    ['2026-03-02T23:30:00.250Z', 'Asia/Kolkata', '2026-03-03T05:00:00.250+05:30'],
    ['2026-01-01T12:00:00.000Z', 'Europe/London', '2026-01-01T12:00:00+00:00'],
    ['2026-01-01T12:00:00.000Z', 'Pacific/Chatham', '2026-01-02T01:45:00+13:45'],
  ])('%s in %s is %s', (at, zone, written) => {
    expect(toDateTime(at, zone)).toBe(written);
    expect(toInstant(written)).toBe(at);
  });
});

describe('narrative', () => {
  test('escapes whatever people wrote', () => {
    const { div } = toNarrative('<b>"A" & B</b>', ['<script>alert(1)</script>', undefined, ''], 'en-US');
    expect(div).toBe(
      '<div xmlns="http://www.w3.org/1999/xhtml" lang="en-US" xml:lang="en-US"><p>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</p>' +
        '<ul><li>&lt;script&gt;alert(1)&lt;/script&gt;</li></ul></div>',
    );
  });
});

describe('schedules', () => {
  const from = '2026-03-01T15:00:00.000Z';
  test('an event-driven one is bounds and count with the event named, never a frequency', () => {
    const window = { start: '2026-03-02', end: '2026-03-13' };
    const schedule = {
      type: 'event',
      event: 'team meeting',
      count: 3,
      text: 'next three team meetings',
      window,
    } as const;
    const [timing, event] = toScheduleInputs({ schedule, from }, 'America/New_York');
    expect(timing?.valueTiming?.repeat).toEqual({
      boundsPeriod: {
        start: '2026-03-02',
        _start: {
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/New_York' }],
        },
        end: '2026-03-13',
      },
      count: 3,
    });
    expect(timing?.valueTiming?.code?.text).toBe('next three team meetings');
    expect(event?.valueString).toBe('team meeting');
  });
});

describe('plan', () => {
  test('names its goals in words: they have no resource of their own in the EHR', () => {
    const work = { assignments: [], occurrences: [], logs: [], barriers: [], feedback: [], reports: [] };
    const { goal } = toCarePlan({ plan: samplePlan, ...work, openSafetySignals: 0 }, testContext);
    expect(goal?.map(({ display }) => display)).toEqual(samplePlan.goals.map(({ description }) => description));
    expect(goal).toHaveLength(1);
  });
});

describe('assignment', () => {
  test('asks the organisation by name when no clinician is known, and does not guess one when read back', () => {
    const { requester: _requester, ...unknown } = firstAssignment();
    const task = toAssignmentTask(unknown, samplePlan, testContext);
    expect(task.requester).toEqual({ type: 'Organization', display: 'Riverside Behavioral Health' });
    expect(fromAssignmentTask(task).requester).toBeUndefined();
    expect(task.basedOn).toBeUndefined();
    expect(task.restriction?.period?.end).toBe('2026-03-13');
  });

  test('names the element that a foreign Task lacks', () => {
    const task = toAssignmentTask(firstAssignment(), samplePlan, testContext);
    const without = {
      ...task,
      input: (task.input ?? []).filter(({ valueTiming }) => valueTiming === undefined).slice(1),
    };
    expect(() => fromAssignmentTask(without)).toThrow('Task.input(kind)');
    expect(() => fromAssignmentTask({ ...task, identifier: [] })).toThrow('https://intersession.dev/id/assignment');
  });
});

describe('adherence', () => {
  const adherence: Adherence = {
    planId: samplePlan.id,
    patientId: 'sarah',
    from: '2026-03-01T15:00:00.000Z',
    to: '2026-03-25T08:00:00.000Z',
    status: 'final',
    counts: { expected: 7, onTime: 5, late: 1, missed: 1, open: 0, excused: 0, adHoc: 0, extra: 0 },
    percent: 85.7,
    onTimePercent: 71.4,
  };

  test('is computed by this service for the organisation, and says each count', () => {
    const observation = toAdherenceObservation(adherence, samplePlan, testContext);
    expect(observation.valueQuantity).toEqual({
      value: 85.7,
      unit: '%',
      system: 'http://unitsofmeasure.org',
      code: '%',
    });
    expect(
      observation.component?.map(({ code, valueInteger, valueQuantity }) => [
        code.coding?.[0]?.code,
        valueInteger ?? valueQuantity?.value,
      ]),
    ).toEqual([
      ['expected', 7],
      ['on-time', 5],
      ['late', 1],
      ['missed', 1],
      ['open', 0],
      ['excused', 0],
      ['ad-hoc', 0],
      ['extra', 0],
      ['on-time-share', 71.4],
    ]);
    expect(observation.device?.display).toBe('Intersession');
    expect(observation.performer).toEqual([{ type: 'Organization', display: 'Riverside Behavioral Health' }]);
    expect(observation.focus?.[0]?.reference).toBe(`CarePlan/${samplePlan.id}`);
  });

  test('says not-applicable when nothing was due', () => {
    const { percent: _percent, onTimePercent: _share, ...unmeasured } = adherence;
    const observation = toAdherenceObservation(unmeasured, samplePlan, testContext);
    expect(observation.valueQuantity).toBeUndefined();
    expect(observation.dataAbsentReason?.coding?.[0]?.code).toBe('not-applicable');
    expect(observation.component?.at(-1)?.dataAbsentReason?.coding?.[0]?.code).toBe('not-applicable');
  });
});

describe('messages', () => {
  const message = {
    id: 'f-1',
    planId: samplePlan.id,
    patientId: 'sarah',
    text: 'hello',
    sentAt: '2026-03-02T15:00:00.000Z',
  };

  test("a patient's message is theirs by category, sender and tag; to whom it goes is not guessed", () => {
    const communication = toCommunication({ ...message, author: 'patient' }, samplePlan, testContext);
    expect(communication.category?.[0]?.coding?.[0]?.code).toBe('homework-reply');
    expect(communication.sender?.reference).toBe('Patient/sarah');
    expect(communication.recipient).toBeUndefined();
    expect(communication.meta?.tag?.[0]?.code).toBe('patient-supplied');
  });

  test("a report is a draft note of plain text with its bytes' size and sha1", () => {
    const text = 'Homework – “done”\n[IS:r-1:v2]';
    const note = toDocumentReference(
      {
        id: 'r-1',
        planId: samplePlan.id,
        patientId: 'sarah',
        version: 2,
        from: '2026-03-01T15:00:00.000Z',
        to: '2026-03-02T15:00:00.000Z',
        createdAt: '2026-03-02T15:00:00.000Z',
        text,
        members: [],
      },
      samplePlan,
      testContext,
    );
    const attachment = note.content[0]?.attachment;
    expect(note.docStatus).toBe('preliminary');
    expect(Buffer.from(attachment?.data ?? '', 'base64').toString('utf8')).toBe(text);
    expect(attachment?.size).toBe(Buffer.byteLength(text));
    expect(attachment?.hash).toBe(createHash('sha1').update(text, 'utf8').digest('base64'));
  });
});
