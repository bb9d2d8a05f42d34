import { describe, expect, test } from 'vitest';
import { toDateTime, toInstant } from '../../../src/fhir/date-time.ts';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { toNarrative } from '../../../src/fhir/narrative.ts';
import { toAssignmentTask } from '../../../src/fhir/to-assignment-task.ts';
import { firstAssignment } from '../../../src/fixtures/plan-fixtures.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
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
