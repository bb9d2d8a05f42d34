import { IntersessionError } from '../foundation/intersession-error.ts';
import type { Assignment, Log, Occurrence, PlanState } from './model.ts';

/** Returns `list` with the item of the same id replaced, or `item` put at the end; untouched items stay the same objects. */
export function replaceById<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  const index = list.findIndex(({ id }) => id === item.id);
  return index === -1 ? [...list, item] : list.with(index, item);
}

/** The state with this assignment in it. */
export function withAssignment(state: PlanState, assignment: Assignment): PlanState {
  return { ...state, assignments: replaceById(state.assignments, assignment) };
}

/** The state with this occurrence in it. */
export function withOccurrence(state: PlanState, occurrence: Occurrence): PlanState {
  return { ...state, occurrences: replaceById(state.occurrences, occurrence) };
}

/** The state with this log in it. */
export function withLog(state: PlanState, log: Log): PlanState {
  return { ...state, logs: replaceById(state.logs, log) };
}

/** @throws IntersessionError `unknown-artefact` */
export function assignmentById(state: PlanState, id: string): Assignment {
  return state.assignments.find((assignment) => assignment.id === id) ?? unknown('assignment', id);
}

/** @throws IntersessionError `unknown-artefact` */
export function occurrenceById(state: PlanState, id: string): Occurrence {
  return state.occurrences.find((occurrence) => occurrence.id === id) ?? unknown('occurrence', id);
}

/** @throws IntersessionError `unknown-artefact` */
export function logById(state: PlanState, id: string): Log {
  return state.logs.find((log) => log.id === id) ?? unknown('log', id);
}

/** The occurrences of one assignment, by ordinal. */
export function occurrencesOf(state: PlanState, assignmentId: string): readonly Occurrence[] {
  return state.occurrences
    .filter((occurrence) => occurrence.assignmentId === assignmentId)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Refuses a change of a plan that is closed. @throws IntersessionError `plan-closed` */
export function refuseClosedPlan({ plan }: PlanState): void {
  if (plan.status === 'completed' || plan.status === 'revoked' || plan.status === 'entered-in-error')
    throw new IntersessionError('plan-closed', { planId: plan.id, status: plan.status }, `the plan is ${plan.status}`);
}

/** Refuses an id that something else of the same sort has. @throws IntersessionError `invalid-request` */
export function refuseKnownId(list: readonly { readonly id: string }[], id: string): void {
  if (list.some((item) => item.id === id)) throw invalidRequest('id', 'is in use');
}

/** An `invalid-request` with one issue. */
export function invalidRequest(path: string, problem: string): IntersessionError<'invalid-request'> {
  return new IntersessionError('invalid-request', { issues: [{ path, problem }] }, `${path} ${problem}`);
}

function unknown(artefact: string, id: string): never {
  throw new IntersessionError('unknown-artefact', { artefact, id }, `no ${artefact} has this id`);
}
