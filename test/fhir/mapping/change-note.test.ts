import { describe, expect, it } from 'vitest';
import { fromAssignmentTask } from '../../../src/fhir/from-assignment-task.ts';
import { toAssignmentTask } from '../../../src/fhir/to-assignment-task.ts';
import { toCarePlan } from '../../../src/fhir/to-care-plan.ts';
import { toOccurrenceTask } from '../../../src/fhir/to-occurrence-task.ts';
import { sampleAssignment, samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { StepChange } from '../../../src/homework/plan/step-change.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import { anOccurrence, aState } from '../../homework/a-state.ts';
import { testContext } from './test-context.ts';

const at = '2026-03-18T15:00:00.000Z';
const step = (...changes: readonly StepChange[]) => ({
  ...sampleAssignment(registeredKinds.kind('self-monitoring')),
  title: 'New',
  changes,
});
const window = { start: '2026-03-02', end: '2026-03-13' };
const meetings = (count: number) =>
  ({ type: 'event', event: 'meeting', count, text: `next ${count} meetings`, window }) as const;

describe('a step that was changed', () => {
  it('says in its Task who changed it, when, what to what, and why; and is read back as it stands', () => {
    const changed = step(
      { at, by: 'Practitioner/kim', reason: 'One less', schedule: { from: meetings(3), to: meetings(2) } },
      { at, by: 'PractitionerRole/kim', title: { from: 'Old', to: 'New' }, via: 'product' },
      { at, goesWith: '1', unlock: { from: { type: 'by-clinician' }, to: { type: 'at-start' } } },
      { at, by: 'Practitioner/kim', smaller: '1-1', step: { from: 1, to: 2 }, instructions: { to: 'Do it.' } },
    );
    const task = toAssignmentTask(changed, samplePlan, testContext);
    expect(task.note).toEqual([
      {
        ...{ authorReference: { reference: 'Practitioner/kim' }, time: '2026-03-18T11:00:00-04:00' },
        text: 'How often and by when: next 2 meetings, 2026-03-02 to 2026-03-13 (was: next 3 meetings, 2026-03-02 to 2026-03-13). Reason: One less',
      },
      // an Annotation of R4 names no role
      { time: '2026-03-18T11:00:00-04:00', text: 'Title: “New” (was “Old”).' },
      {
        time: '2026-03-18T11:00:00-04:00',
        text: 'Goes with step 1, which is asked for another number of times; opens: Open from the start (was: Opens when the clinician unlocks it).',
      },
      expect.objectContaining({
        text: 'A smaller step, 1-1, was put before it; instructions: “Do it.”; place 2 (was 1).',
      }),
    ]);
    const { changes: _beside, ...rest } = changed;
    expect(fromAssignmentTask(task)).toEqual(rest);
  });

  it('keeps the name of what was done under it', () => {
    const assignment = step({ at, title: { from: 'Old', to: 'Newer' } }, { at, title: { from: 'Newer', to: 'New' } });
    const names = [0, 1, undefined].map((words) => {
      const occurrence = { ...anOccurrence(), ...(words === undefined ? {} : { words }) };
      return toOccurrenceTask(occurrence, { assignment, plan: samplePlan }, testContext).description;
    });
    expect(names).toEqual(['Old', 'Newer', 'New']);
  });
});

it('a plan whose words were changed says so in its CarePlan', () => {
  const plan = {
    ...samplePlan,
    changes: [
      {
        at,
        by: 'Practitioner/kim',
        title: { from: 'A', to: 'B' },
        end: { to: '2026-05-01' },
        goals: [{ id: 'g', from: 'x', to: 'y' }],
      },
    ],
  };
  const { note } = toCarePlan({ ...aState(), plan }, testContext);
  expect(note?.[0]?.text).toBe('Title: “B” (was “A”); last day: 2026-05-01 (was: open); goal: “y” (was “x”).');
});
