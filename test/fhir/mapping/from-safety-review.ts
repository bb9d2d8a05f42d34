import type { Task } from 'fhir/r4';
import { toInstant } from '../../../src/fhir/date-time.ts';
import { expectElement } from '../../../src/fhir/expect-element.ts';
import { fromOwnReference, fromPatientReference } from '../../../src/fhir/identity.ts';
import type { SafetySignal } from '../../../src/homework/safety/safety-signal.ts';

/** What the review Task says of its signal; all the rest stands in the Flag. */
export type SafetyReview = Pick<SafetySignal, 'id' | 'patientId' | 'status' | 'raisedAt' | 'closedAt' | 'closeReason'>;

/**
 * The review that a Task of ours asks for; `id` is the signal's.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/task.html
 */
export function fromSafetyReview(task: Task): SafetyReview {
  const closedAt = task.executionPeriod?.end;
  const closeReason = task.statusReason?.text;
  return {
    id: expectElement(fromOwnReference(task.focus, 'safety'), 'Task.focus'),
    patientId: fromPatientReference(task.for, 'Task.for'),
    status: task.status === 'completed' ? 'closed' : 'open',
    raisedAt: toInstant(expectElement(task.authoredOn, 'Task.authoredOn')),
    ...(closedAt !== undefined && { closedAt: toInstant(closedAt) }),
    ...(closeReason !== undefined && { closeReason }),
  };
}
