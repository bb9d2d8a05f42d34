import type { Extension, Task, TaskInput } from 'fhir/r4';
import { loggedNotDoneWords } from '../homework/log/told-not-done.ts';
import type { Assignment, Plan } from '../homework/model.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toEhrReference, toIdentifier, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { toNarrative } from './narrative.ts';
import { ourProfiles } from './profiles.ts';
import { ourCodeSystems, ourExtensions } from './systems.ts';
import { toTaskInput } from './task-input.ts';
import { scheduleText } from './timing/schedule-text.ts';
import { toChangeNote } from './to-change-note.ts';
import { toMeta } from './to-meta.ts';
import { toQuantity } from './to-quantity.ts';
import { toRequester } from './to-requester.ts';
import { lastDay, toPeriod, toScheduleInputs } from './to-schedule-inputs.ts';
import { toUnlockRule, unlockText } from './to-unlock-rule.ts';

/**
 * An assignment (one step of a plan) as a Task. It names its plan by `groupIdentifier`, not by `basedOn`: the CarePlan
 * lists it, and a reference back would be a cycle that single writes can't make.
 * @see https://hl7.org/fhir/R4/task.html
 */
export function toAssignmentTask(assignment: Assignment, plan: Plan, context: MappingContext): Task {
  const { timeZone } = plan;
  const patient = toPatientReference(assignment.patientId);
  const [reason] = assignment.reasons;
  const schedule = assignment.schedules.at(-1)?.schedule;
  const due = lastDay(schedule);
  const { statusReason, businessStatus } = assignment;
  const notDone = context.notDone.steps.get(assignment.id);
  // it counts as done, and no words say that it was
  const stands = notDone && loggedNotDoneWords(notDone, businessStatus === 'late' ? 'late' : 'done');
  return {
    resourceType: 'Task',
    id: assignment.id,
    meta: toMeta({ profile: ourProfiles.assignment, sensitivity: context.sensitivity }),
    language: plan.language,
    text: toNarrative(
      `${assignment.key}. ${assignment.title}`,
      [assignment.instructions, schedule && scheduleText(schedule), unlockText(assignment.unlock), stands],
      plan.language,
    ),
    extension: toExtensions(assignment, timeZone),
    identifier: [toIdentifier('assignment', assignment.id)],
    ...(assignment.definition !== undefined && { instantiatesCanonical: assignment.definition }),
    groupIdentifier: toIdentifier('plan', assignment.planId),
    status: assignment.status,
    ...(statusReason && {
      statusReason:
        statusReason.code === undefined
          ? { text: statusReason.text }
          : toConcept(ourCodeSystems.barrier, statusReason.code, statusReason.text),
    }),
    businessStatus: toConcept(ourCodeSystems.businessStatus, businessStatus, stands),
    intent: 'order',
    code: toConcept(ourCodeSystems.homework, 'homework-assignment'),
    description: assignment.title,
    for: patient,
    authoredOn: toDateTime(assignment.authoredOn, timeZone),
    lastModified: toDateTime(assignment.lastModified, timeZone),
    requester: toRequester(assignment, context),
    owner: patient,
    ...(reason !== undefined && { reasonReference: toEhrReference(reason) }),
    ...(due !== undefined && { restriction: { period: { end: due } } }),
    ...(assignment.changes !== undefined && {
      note: assignment.changes.map((change) => toChangeNote(change, plan, context)),
    }),
    input: toInputs(assignment, timeZone, context),
  };
}

function toExtensions(assignment: Assignment, timeZone: string): Extension[] {
  const { unlockedAt, endedAt, pausedFrom, standing } = assignment;
  const extensions = [toUnlockRule(assignment.unlock)];
  if (unlockedAt !== undefined) {
    extensions.push({ url: ourExtensions.unlockedAt, valueDateTime: toDateTime(unlockedAt, timeZone) });
  }
  if (endedAt !== undefined) {
    extensions.push({ url: ourExtensions.endedAt, valueDateTime: toDateTime(endedAt, timeZone) });
  }
  if (pausedFrom !== undefined) extensions.push({ url: ourExtensions.pausedFrom, valueCode: pausedFrom });
  if (standing) extensions.push({ url: ourExtensions.standing, valueBoolean: true });
  for (const reason of assignment.reasons.slice(1)) {
    extensions.push({ url: ourExtensions.additionalReason, valueReference: toEhrReference(reason) });
  }
  return extensions;
}

function toInputs(assignment: Assignment, timeZone: string, context: MappingContext): TaskInput[] {
  const { instructions, rationale } = assignment;
  return [
    toTaskInput('kind', {
      valueCodeableConcept: toConcept(ourCodeSystems.kind, assignment.kind, context.kindOf(assignment.kind).title),
    }),
    toTaskInput('step-number', { valuePositiveInt: assignment.step }),
    toTaskInput('step-key', { valueString: assignment.key }),
    toTaskInput('questionnaire', { valueCanonical: assignment.questionnaire }),
    ...assignment.schedules.flatMap((version) => toScheduleInputs(version, timeZone)),
    ...assignment.pauses.map((pause) => toPauseInput(pause, timeZone)),
    ...(instructions === undefined ? [] : [toTaskInput('instructions', { valueMarkdown: instructions })]),
    ...(rationale === undefined ? [] : [toTaskInput('rationale', { valueMarkdown: rationale })]),
    toTaskInput('unlock-rule', { valueString: unlockText(assignment.unlock) }),
    toTaskInput('late-grace', { valueDuration: toQuantity(assignment.lateGraceHours, 'h') }),
  ];
}

function toPauseInput(pause: Assignment['pauses'][number], timeZone: string): TaskInput {
  return toTaskInput('pause', {
    ...(pause.reason !== undefined && { extension: [{ url: ourExtensions.pauseReason, valueString: pause.reason }] }),
    valuePeriod: toPeriod(pause, timeZone),
  });
}
