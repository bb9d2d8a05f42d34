import type { CarePlan, CarePlanActivity, Extension, Reference } from 'fhir/r4';
import type { Assignment, Goal, Plan, PlanState } from '../homework/model.ts';
import type { DaysOff } from '../homework/plan/plan.ts';
import { toConcept } from './concept.ts';
import { toDateTime } from './date-time.ts';
import { toEhrReference, toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { toNarrative } from './narrative.ts';
import { ourProfiles } from './profiles.ts';
import { foreignCodeSystems, ourCodeSystems, ourExtensions, timeZoneExtension } from './systems.ts';
import { toPlanNote } from './to-change-note.ts';
import { toMeta } from './to-meta.ts';
import { toToldPerson } from './told-person.ts';

/**
 * A plan as a CarePlan: an activity for each assignment's Task, with its adherence as outcome. The list's order says
 * nothing; the order of the steps is each Task's step number.
 * @see https://hl7.org/fhir/R4/careplan.html
 */
export function toCarePlan(state: PlanState, context: MappingContext): CarePlan {
  const { plan } = state;
  const assignments = state.assignments.toSorted((a, b) => a.step - b.step);
  const measured = new Set(context.adherences.map(({ assignmentId }) => assignmentId));
  const extension = [...closing(plan), ...(plan.daysOff ?? []).map(toDaysOff)];
  return {
    resourceType: 'CarePlan',
    id: plan.id,
    meta: toMeta({ profile: ourProfiles.plan, sensitivity: context.sensitivity }),
    language: plan.language,
    text: toNarrative(
      plan.title,
      [plan.description, ...assignments.map(stepLine), ...(plan.daysOff ?? []).map(daysOffLine)],
      plan.language,
    ),
    ...(extension.length > 0 && { extension }),
    identifier: [toIdentifier('plan', plan.id)],
    ...(plan.libraryPlan !== undefined && { instantiatesCanonical: [plan.libraryPlan] }),
    status: plan.status,
    intent: 'plan',
    category: [
      toConcept(foreignCodeSystems.usCoreCarePlanCategory, 'assess-plan'),
      toConcept(ourCodeSystems.homework, 'homework'),
    ],
    title: plan.title,
    ...(plan.description !== undefined && { description: plan.description }),
    subject: toPatientReference(plan.patientId),
    ...(plan.encounter !== undefined && { encounter: toEhrReference(plan.encounter) }),
    period: {
      start: plan.period.start,
      _start: { extension: [{ url: timeZoneExtension, valueCode: plan.timeZone }] },
      ...(plan.period.end !== undefined && { end: plan.period.end }),
    },
    created: toDateTime(plan.createdAt, plan.timeZone),
    ...(plan.author !== undefined && { author: toToldPerson(plan.author, plan, context) }),
    ...(plan.addresses.length > 0 && { addresses: plan.addresses.map(toEhrReference) }),
    ...(plan.goals.length > 0 && { goal: plan.goals.map(toGoalReference) }),
    ...(plan.changes !== undefined && { note: plan.changes.map((change) => toPlanNote(change, plan, context)) }),
    ...(assignments.length > 0 && {
      activity: assignments.map(({ id }) => toActivity(id, measured.has(id))),
    }),
  };
}

/** With its words: a goal has no resource of its own in the EHR, and an identifier tells its reader nothing. */
function toGoalReference({ id, description }: Goal): Reference {
  return { ...toOwnReference('goal', id), display: description };
}

function stepLine(assignment: Assignment): string {
  return `${assignment.key}. ${assignment.title}`;
}

function daysOffLine({ from, to, reason }: DaysOff): string {
  const days = from === to ? from : `${from} to ${to}`;
  return `Nothing is asked: ${days}${reason === undefined ? '' : ` (${reason})`}`;
}

function toActivity(assignmentId: string, measured: boolean): CarePlanActivity {
  return {
    reference: toOwnReference('assignment', assignmentId),
    ...(measured && { outcomeReference: [toOwnReference('adherence', `${assignmentId}.adherence`)] }),
  };
}

function closing({ closeReason, closedAt, timeZone }: Plan): Extension[] {
  if (closeReason === undefined && closedAt === undefined) return [];
  return [
    {
      url: ourExtensions.planClosed,
      extension: [
        ...(closeReason === undefined ? [] : [{ url: 'reason', valueString: closeReason }]),
        ...(closedAt === undefined ? [] : [{ url: 'at', valueDateTime: toDateTime(closedAt, timeZone) }]),
      ],
    },
  ];
}

function toDaysOff({ from, to, reason }: DaysOff): Extension {
  return {
    url: ourExtensions.daysOff,
    extension: [
      { url: 'period', valuePeriod: { start: from, end: to } },
      ...(reason === undefined ? [] : [{ url: 'reason', valueString: reason }]),
    ],
  };
}
