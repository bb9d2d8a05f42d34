import type { Task } from 'fhir/r4';
import { type Occurrence, occurrenceStatuses } from '../homework/schedule/occurrence.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { fromIdentifiers, fromOwnReference, fromOwnReferences, fromPatientReference } from './identity.ts';
import { foreignCodeSystems, ourCodeSystems, ourExtensions } from './systems.ts';
import { findTaskInput } from './task-input.ts';
import { expectPart } from './timing/timing-words.ts';

/**
 * The occurrence that a Task of ours carries; its status is the business status, which says more than the Task's.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see http://hl7.org/fhir/uv/sdc/workflow.html
 */
export function fromOccurrenceTask(task: Task): Occurrence {
  const logId = fromOwnReference(
    task.output?.find(({ type }) => codeIn(type, foreignCodeSystems.sdc) === 'questionnaire-response')?.valueReference,
    'log',
  );
  const endedAt = findExtension(task, ourExtensions.endedAt)?.valueDateTime;
  const reason = task.statusReason?.text;
  const lateUntil = findTaskInput(task, 'late-until')?.valueDateTime;
  const day = findTaskInput(task, 'homework-day')?.valueDate;
  const when = findTaskInput(task, 'part-of-day')?.valueCode;
  const ordinal = findTaskInput(task, 'occurrence-number')?.valuePositiveInt;
  return {
    id: fromIdentifiers(task.identifier, 'occurrence'),
    assignmentId: expectElement(fromOwnReferences(task.partOf, 'assignment'), 'Task.partOf'),
    planId: fromIdentifiers(task.groupIdentifier && [task.groupIdentifier], 'plan'),
    patientId: fromPatientReference(task.for, 'Task.for'),
    ordinal: expectElement(ordinal, 'Task.input(occurrence-number)'),
    status: expectCode(
      codeIn(task.businessStatus, ourCodeSystems.businessStatus),
      occurrenceStatuses,
      'Task.businessStatus',
    ),
    ...(day !== undefined && { day }),
    ...(when !== undefined && { part: expectPart(when, 'Task.input(part-of-day)') }),
    openedAt: toInstant(expectElement(task.authoredOn, 'Task.authoredOn')),
    dueUntil: toInstant(expectElement(task.restriction?.period?.end, 'Task.restriction.period.end')),
    lateUntil: toInstant(expectElement(lateUntil, 'Task.input(late-until)')),
    ...(logId !== undefined && { logId }),
    ...(endedAt !== undefined && { endedAt: toInstant(endedAt) }),
    ...(reason !== undefined && { reason }),
    lastModified: toInstant(expectElement(task.lastModified, 'Task.lastModified')),
  };
}
