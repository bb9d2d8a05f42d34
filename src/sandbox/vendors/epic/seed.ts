import type { ObservationRow } from '../../faces.ts';
import type { FhirResource } from '../../resource.ts';

/** `meta.source` of the tasks that Epic itself made. */
export const EPIC_TASKS = 'https://epic.simulator.example/tasks';

const LOINC = 'http://loinc.org';
const ROWS = 'https://harbor-clinic.example/flowsheet-row';
const sarah = { reference: 'Patient/sarah', display: 'Sarah Whitfield' };

/** Rows that the clinic's builders made: two vital signs, and one that Sarah was asked to fill in herself. */
export const epicRows: readonly ObservationRow[] = [
  { system: LOINC, code: '8867-4' },
  { system: LOINC, code: '29463-7' },
  { system: ROWS, code: 'distress', patientEntered: ['sarah'] },
];

/** What Epic itself made for Sarah: a task, an assigned questionnaire; and a task that came from elsewhere. */
export const epicSeed: readonly FhirResource[] = [
  task('epic-task-sarah', EPIC_TASKS, 'Call back about the next appointment'),
  task('community-task-sarah', 'https://referrals.example/tasks', 'Accept the referral'),
  {
    resourceType: 'Questionnaire',
    id: 'epic-mood-check',
    url: 'https://epic.simulator.example/Questionnaire/mood-check',
    version: '1',
    status: 'active',
    title: 'Mood check before the visit',
    item: [
      { linkId: 'mood', text: 'How was your mood this week?', type: 'integer' },
      { linkId: 'sleep', text: 'How did you sleep?', type: 'string' },
    ],
  },
  {
    resourceType: 'CarePlan',
    id: 'questionnaires-due-sarah',
    identifier: [{ system: 'https://epic.simulator.example/id/assignment', value: 'mood-check-1' }],
    status: 'active',
    intent: 'order',
    category: [{ text: 'Questionnaires due' }],
    subject: sarah,
    activity: [
      {
        detail: {
          kind: 'Task',
          instantiatesCanonical: ['https://epic.simulator.example/Questionnaire/mood-check'],
          status: 'scheduled',
        },
      },
    ],
  },
];

function task(id: string, source: string, description: string): FhirResource {
  return {
    resourceType: 'Task',
    id,
    meta: { source },
    status: 'requested',
    intent: 'order',
    description,
    for: sarah,
    authoredOn: '2026-03-20T09:00:00-04:00',
  };
}
