import type { Task } from 'fhir/r4';
import { type Assignment, assignmentStatuses, businessStatuses } from '../homework/plan/assignment.ts';
import { barrierCodes } from '../homework/plan/barrier.ts';
import { codeIn } from './concept.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';
import { bySpan, fromPeriod, fromScheduleInputs } from './from-schedule-inputs.ts';
import { fromUnlockRule } from './from-unlock-rule.ts';
import { fromEhrReference, fromEhrReferences, fromIdentifiers, fromPatientReference } from './identity.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';
import { findTaskInput, findTaskInputs } from './task-input.ts';

/**
 * The assignment that a Task of ours carries; inputs are found by their codes and schedules put in order by their Periods.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/task.html
 */
export function fromAssignmentTask(task: Task): Assignment {
  const instructions = findTaskInput(task, 'instructions')?.valueMarkdown;
  const rationale = findTaskInput(task, 'rationale')?.valueMarkdown;
  const pausedFrom = findExtension(task, ourExtensions.pausedFrom)?.valueCode;
  const unlockedAt = findExtension(task, ourExtensions.unlockedAt)?.valueDateTime;
  const endedAt = findExtension(task, ourExtensions.endedAt)?.valueDateTime;
  const requester = fromEhrReference(task.requester);
  const statusReason = fromStatusReason(task);
  const unlock = expectElement(findExtension(task, ourExtensions.unlockRule), 'Task.extension(unlock-rule)');
  const kind = findTaskInput(task, 'kind')?.valueCodeableConcept;
  return {
    id: fromIdentifiers(task.identifier, 'assignment'),
    planId: fromIdentifiers(task.groupIdentifier && [task.groupIdentifier], 'plan'),
    patientId: fromPatientReference(task.for, 'Task.for'),
    key: expectElement(findTaskInput(task, 'step-key')?.valueString, 'Task.input(step-key)'),
    step: expectElement(findTaskInput(task, 'step-number')?.valuePositiveInt, 'Task.input(step-number)'),
    kind: expectElement(codeIn(kind, ourCodeSystems.kind), 'Task.input(kind)'),
    title: expectElement(task.description, 'Task.description'),
    ...(instructions !== undefined && { instructions }),
    ...(rationale !== undefined && { rationale }),
    questionnaire: expectElement(findTaskInput(task, 'questionnaire')?.valueCanonical, 'Task.input(questionnaire)'),
    ...(task.instantiatesCanonical !== undefined && { definition: task.instantiatesCanonical }),
    status: expectCode(task.status, assignmentStatuses, 'Task.status'),
    businessStatus: expectCode(
      codeIn(task.businessStatus, ourCodeSystems.businessStatus),
      businessStatuses,
      'Task.businessStatus',
    ),
    ...(statusReason && { statusReason }),
    schedules: fromScheduleInputs(task),
    ...(findExtension(task, ourExtensions.standing)?.valueBoolean === true && { standing: true }),
    pauses: fromPauseInputs(task),
    ...(pausedFrom !== undefined && {
      pausedFrom: expectCode(pausedFrom, businessStatuses, 'Task.extension(paused-from)'),
    }),
    unlock: fromUnlockRule(unlock),
    lateGraceHours: expectElement(findTaskInput(task, 'late-grace')?.valueDuration?.value, 'Task.input(late-grace)'),
    authoredOn: toInstant(expectElement(task.authoredOn, 'Task.authoredOn')),
    lastModified: toInstant(expectElement(task.lastModified, 'Task.lastModified')),
    ...(requester !== undefined && { requester }),
    reasons: fromReasons(task),
    ...(unlockedAt !== undefined && { unlockedAt: toInstant(unlockedAt) }),
    ...(endedAt !== undefined && { endedAt: toInstant(endedAt) }),
  };
}

function fromStatusReason(task: Task): Assignment['statusReason'] {
  if (task.statusReason === undefined) return undefined;
  const code = codeIn(task.statusReason, ourCodeSystems.barrier);
  return {
    ...(code !== undefined && { code: expectCode(code, barrierCodes, 'Task.statusReason') }),
    text: expectElement(task.statusReason.text, 'Task.statusReason.text'),
  };
}

function fromPauseInputs(task: Task): Assignment['pauses'] {
  return findTaskInputs(task, 'pause')
    .map((input) => {
      const reason = findExtension(input, ourExtensions.pauseReason)?.valueString;
      return { ...fromPeriod(input.valuePeriod, 'Task.input(pause)'), ...(reason !== undefined && { reason }) };
    })
    .sort(bySpan);
}

function fromReasons(task: Task): Assignment['reasons'] {
  const additional = findExtensions(task, ourExtensions.additionalReason).flatMap(
    ({ valueReference }) => valueReference ?? [],
  );
  return fromEhrReferences(task.reasonReference ? [task.reasonReference, ...additional] : additional);
}
