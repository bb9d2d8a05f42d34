import { type Permission, permits } from '../oauth/scopes.ts';

/**
 * What the API's answers are made of, each with the FHIR type whose read scope (`system/Task.r`) shows it. This table is
 * the one place that says so: `limitAnswer` asks it for every answer, and `docs/access.md` is written from it.
 */
export const shownBy = {
  plan: 'CarePlan',
  goal: 'Goal',
  assignment: 'Task',
  occurrence: 'Task',
  log: 'QuestionnaireResponse',
  barrier: 'Observation',
  adherence: 'Observation',
  feedback: 'Communication',
  report: 'DocumentReference',
  'safety-signal': 'Flag',
} as const;
export type Shown = keyof typeof shownBy;

/** Whether a token may read this part of an answer. */
export function maySee(scope: string, what: Shown): boolean {
  return permits(scope, { type: shownBy[what], action: 'r' });
}

/** Whether a token may read, or search, whatever tells of a patient's danger: each resource of a signal, and its ledger rows. */
export function maySeeSafety(scope: string): boolean {
  return (['r', 's'] as const).some((action: Permission['action']) => permits(scope, { type: 'Flag', action }));
}
