import type { Task } from 'fhir/r4';
import { loggedNotDoneWords } from '../homework/log/told-not-done.ts';
import type { Assignment, Occurrence, OccurrenceStatus, Plan } from '../homework/model.ts';
import { formAfter } from '../homework/plan/own-form.ts';
import { wordsAfter } from '../homework/plan/step-words.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { toNarrative } from './narrative.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourCodeSystems, ourExtensions } from './systems.ts';
import { toTaskInput } from './task-input.ts';
import { whenOfPart } from './timing/timing-words.ts';
import { toMeta } from './to-meta.ts';
import { toRequester } from './to-requester.ts';

const statuses: Readonly<Record<OccurrenceStatus, Task['status']>> = {
  due: 'requested',
  overdue: 'requested',
  done: 'completed',
  late: 'completed',
  missed: 'failed',
  excused: 'cancelled',
  paused: 'on-hold',
};

/**
 * An occurrence as a Task shaped as SDC's, so that any form filler can fill it: what to complete, where to send it, and
 * the response as output once there is one.
 * @see http://hl7.org/fhir/uv/sdc/workflow.html
 */
export function toOccurrenceTask(
  occurrence: Occurrence,
  { assignment, plan }: { readonly assignment: Assignment; readonly plan: Plan },
  context: MappingContext,
): Task {
  const { timeZone } = plan;
  const patient = toPatientReference(occurrence.patientId);
  const { endedAt, logId, reason, status, day, part } = occurrence;
  const notDone = context.notDone.times.has(occurrence.id);
  const dueUntil = toDateTime(occurrence.dueUntil, timeZone);
  // what was done is called what it was called then
  const { title } = wordsAfter(assignment, occurrence.words);
  const response = toConcept(foreignCodeSystems.sdc, 'questionnaire-response');
  return {
    resourceType: 'Task',
    id: occurrence.id,
    meta: toMeta({ profile: ourProfiles.occurrence, sensitivity: context.sensitivity }),
    language: plan.language,
    text: toNarrative(
      `${title} (${occurrence.ordinal})`,
      [
        `due until ${dueUntil}`,
        notDone ? `${status === 'late' ? 'logged late' : 'logged'}, and answered that it was not done` : undefined,
      ],
      plan.language,
    ),
    ...(endedAt !== undefined && {
      extension: [{ url: ourExtensions.endedAt, valueDateTime: toDateTime(endedAt, timeZone) }],
    }),
    identifier: [toIdentifier('occurrence', occurrence.id)],
    groupIdentifier: toIdentifier('plan', occurrence.planId),
    partOf: [toOwnReference('assignment', occurrence.assignmentId)],
    status: statuses[status],
    ...(reason !== undefined && { statusReason: { text: reason } }),
    businessStatus: toConcept(
      ourCodeSystems.businessStatus,
      status,
      // it counts as done, and no words say that it was
      notDone ? loggedNotDoneWords({ notDone: 1, logged: 1 }, status === 'late' ? 'late' : 'done') : undefined,
    ),
    intent: 'order',
    code: toConcept(foreignCodeSystems.sdc, 'complete-questionnaire'),
    description: title,
    for: patient,
    authoredOn: toDateTime(occurrence.openedAt, timeZone),
    lastModified: toDateTime(occurrence.lastModified, timeZone),
    requester: toRequester(assignment, context),
    owner: patient,
    restriction: { period: { end: dueUntil } },
    input: [
      toTaskInput('questionnaire', { valueCanonical: formAfter(assignment, occurrence.words) }),
      toTaskInput('response-endpoint', { valueUrl: context.responseEndpoint(occurrence.id) }),
      toTaskInput('occurrence-number', { valuePositiveInt: occurrence.ordinal }),
      toTaskInput('late-until', { valueDateTime: toDateTime(occurrence.lateUntil, timeZone) }),
      ...(day === undefined ? [] : [toTaskInput('homework-day', { valueDate: day })]),
      ...(part === undefined ? [] : [toTaskInput('part-of-day', { valueCode: whenOfPart[part] })]),
    ],
    ...(logId !== undefined && { output: [{ type: response, valueReference: toOwnReference('log', logId) }] }),
  };
}
