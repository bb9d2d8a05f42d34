import type { Assignment, Log, Occurrence, PlanState } from '../../src/homework/model.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { anAssignment, aPlan } from './build-plan.ts';

/** When what stands in these states was made. */
export const made = '2026-03-01T15:00:00.000Z';

/** A step of the plan `plan-1`, as it stands; being logged, due by the end of 13 March 2026 in New York. */
export function aStep(changes: Partial<Assignment> = {}): Assignment {
  const [step] = designPlan(aPlan([anAssignment({ key: '1' })]), made).assignments;
  if (step === undefined) throw new Error('the plan has no step');
  return { ...step, status: 'in-progress', businessStatus: 'logging', unlockedAt: made, ...changes };
}

/** The first time of the step `a-1`, due by the end of 13 March 2026 in New York, with a day of grace. */
export function anOccurrence(changes: Partial<Occurrence> = {}): Occurrence {
  return {
    id: 'a-1.1',
    assignmentId: 'a-1',
    planId: 'plan-1',
    patientId: 'sarah',
    ordinal: 1,
    status: 'due',
    openedAt: made,
    dueUntil: '2026-03-14T08:00:00.000Z',
    lateUntil: '2026-03-15T08:00:00.000Z',
    lastModified: made,
    ...changes,
  };
}

/** A completed log of the step `a-1`. */
export function aStoredLog(changes: Partial<Log> = {}): Log {
  return {
    id: 'l-1',
    planId: 'plan-1',
    assignmentId: 'a-1',
    patientId: 'sarah',
    resolution: 'resolved',
    questionnaire: 'https://example.org/Questionnaire/experiment|1.0.0',
    status: 'completed',
    performedAt: '2026-03-02T15:00:00.000Z',
    authored: '2026-03-02T15:00:00.000Z',
    source: { type: 'patient' },
    items: [],
    withheld: [],
    ...changes,
  };
}

/** An active plan that holds exactly this. */
export function aState(changes: Partial<PlanState> = {}): PlanState {
  const { plan } = designPlan(aPlan([anAssignment({ key: '1' })]), made);
  return {
    plan: { ...plan, status: 'active' },
    assignments: [],
    occurrences: [],
    logs: [],
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
    ...changes,
  };
}
