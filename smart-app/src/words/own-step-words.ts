import type { AssignmentBusinessStatus } from '../../../src/homework/model.ts';

/** Where a step stands, where the patient reads it about themselves. */
export const ownStepWords: Readonly<Record<AssignmentBusinessStatus, string>> = {
  locked: 'Not open yet',
  assigned: 'To do',
  seen: 'To do',
  agreed: 'To do, you said yes',
  logging: 'Under way',
  declined: 'You said no to this one',
  'stopped-by-patient': 'You stopped this one',
  paused: 'Paused',
  done: 'Done',
  overdue: 'Still open',
  missed: 'Passed by',
  late: 'Done',
  withdrawn: 'Taken off the plan',
  'not-reached': 'Not reached',
  mistake: 'Taken off the plan',
};
