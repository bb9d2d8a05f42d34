import { numberedRefusal, refusalsOf } from '../refusal.ts';

/** A refusal as Epic's. */
export const refuseAsEpic = refusalsOf('Epic');

/** The errors of Observation.create that have a number. */
export const flowsheetErrors = {
  notAssigned: () =>
    numberedRefusal('Epic', {
      number: '59187',
      text: 'No patient-entered flowsheet is assigned to this patient for this row',
      expression: 'Observation.subject',
    }),
  notMapped: () =>
    numberedRefusal('Epic', {
      number: '59188',
      text: 'The code is not mapped to a flowsheet row',
      expression: 'Observation.code',
    }),
  duplicate: () =>
    numberedRefusal('Epic', { number: '59189', text: 'Reading already exists', expression: 'Observation' }),
};
