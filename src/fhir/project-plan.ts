import { IntersessionError } from '../foundation/intersession-error.ts';
import { hideDraft, isDraft } from '../homework/log/draft.ts';
import type { Assignment, Log, PlanState } from '../homework/model.ts';
import type { OwnForm } from '../homework/plan/own-form.ts';
import { toDateTime } from './date-time.ts';
import { extractObservations } from './extract/extract-observations.ts';
import type { MappingContext } from './mapping-context.ts';
import { occurrencesToMap } from './occurrences-to-map.ts';
import { projectProvenance } from './project-provenance.ts';
import type { OurResource, ProjectedResource } from './projected-resource.ts';
import { adherenceId, toAdherenceObservation } from './to-adherence-observation.ts';
import { toAssignmentTask } from './to-assignment-task.ts';
import { toBarrierObservation } from './to-barrier-observation.ts';
import { toCarePlan } from './to-care-plan.ts';
import { toCommunication } from './to-communication.ts';
import { toDocumentReference } from './to-document-reference.ts';
import { toGoal } from './to-goal.ts';
import { toOccurrenceTask } from './to-occurrence-task.ts';
import { toOwnQuestionnaire } from './to-own-questionnaire.ts';
import { toQuestionnaireResponse } from './to-questionnaire-response.ts';

/**
 * Every resource that a change from `before` (absent: there was nothing) to `after` may have changed, as everyone but
 * the patient sees it. Plan, assignments and adherence always stand in it, because they depend on one another; an occurrence when what
 * its Task says may be another; the rest only when the object isn't the one that `before` holds. A barrier is artefact `measure`.
 * @throws IntersessionError `unknown-artefact` when an occurrence or log names an assignment that isn't the plan's
 */
export function projectPlan(
  before: PlanState | undefined,
  after: PlanState,
  context: MappingContext,
): ProjectedResource[] {
  const { plan } = after;
  const planGroup = `plan:${plan.id}`;
  const assignments = new Map(after.assignments.map((assignment) => [assignment.id, assignment]));
  const goals = before?.plan === plan ? [] : plan.goals;
  return [
    { artefact: 'plan', id: plan.id, groupId: planGroup, resource: toCarePlan(after, context) },
    ...goals.map((goal) => projected('goal', goal.id, planGroup, toGoal(goal, plan, context))),
    ...after.assignments.map((assignment) =>
      projected('assignment', assignment.id, planGroup, toAssignmentTask(assignment, plan, context)),
    ),
    ...newForms(before, after).map(([step, form]) => {
      const resource = toOwnQuestionnaire(step, form, context);
      return projected('form', resource.id, planGroup, resource);
    }),
    ...occurrencesToMap(before, after).map((occurrence) => {
      const assignment = assignmentOf(occurrence.assignmentId, assignments);
      return projected(
        'occurrence',
        occurrence.id,
        planGroup,
        toOccurrenceTask(occurrence, { assignment, plan }, context),
      );
    }),
    ...context.adherences.map((adherence) =>
      projected(
        'adherence',
        adherenceId(adherence),
        `adherence:${plan.id}`,
        toAdherenceObservation(adherence, plan, context),
      ),
    ),
    ...changed(before?.logs, after.logs).flatMap((log) =>
      projectLog(log, assignmentOf(log.assignmentId, assignments), after, context),
    ),
    ...changed(before?.barriers, after.barriers).map((barrier) =>
      projected('measure', barrier.id, `barrier:${barrier.id}`, toBarrierObservation(barrier, plan, context)),
    ),
    ...changed(before?.feedback, after.feedback).map((feedback) =>
      projected('feedback', feedback.id, `feedback:${feedback.id}`, toCommunication(feedback, plan, context)),
    ),
    ...changed(before?.reports, after.reports).map((report) =>
      projected('report', report.id, `report:${report.id}`, toDocumentReference(report, plan, context)),
    ),
    ...projectProvenance(
      {
        ...{ plan, planChanged: before?.plan !== plan },
        assignments: changed(before?.assignments, after.assignments),
        logs: changed(before?.logs, after.logs),
        barriers: changed(before?.barriers, after.barriers),
        feedback: changed(before?.feedback, after.feedback),
        reports: changed(before?.reports, after.reports),
      },
      context,
    ),
  ];
}

/**
 * A log and its measures; what it no longer says stays, as entered in error. Of one that was never
 * sent nobody but its writer sees an answer.
 */
function projectLog(log: Log, _assignment: Assignment, state: PlanState, context: MappingContext): ProjectedResource[] {
  const { plan } = state;
  const groupId = `log:${log.id}`;
  const draft = isDraft(log);
  const told = draft ? hideDraft(log) : log;
  const response = toQuestionnaireResponse(told, { plan, view: 'shared' }, context);
  const measures = extractObservations({
    questionnaire: context.questionnaireOf(log.questionnaire),
    response,
    performedAt: toDateTime(log.performedAt, plan.timeZone),
    ownTimes: predictedTimes(log, plan.timeZone),
    scores: context.scoresOf(log.questionnaire),
    previous: context.previousMeasures(log.id),
  });
  return [
    { ...projected('log', log.id, groupId, response), ...(draft ? { unsent: true as const } : {}) },
    ...measures.flatMap((measure) =>
      measure.id === undefined ? [] : [projected('measure', measure.id, groupId, measure)],
    ),
  ];
}

/** What was written before any outcome has the time of its own. */
function predictedTimes({ predicted }: Log, timeZone: string): Readonly<Record<string, string>> {
  if (predicted === undefined) return {};
  const at = toDateTime(predicted.at, timeZone);
  return Object.fromEntries(predicted.linkIds.map((linkId) => [linkId, at]));
}

function projected(
  artefact: ProjectedResource['artefact'],
  id: string,
  groupId: string,
  resource: OurResource,
): ProjectedResource {
  return { artefact, id, groupId, resource };
}

/** The forms of their own that steps were given by this change; one that there was never changes. */
function newForms(before: PlanState | undefined, after: PlanState): (readonly [Assignment, OwnForm])[] {
  const were = before?.assignments.flatMap(({ forms = [] }) => forms);
  return after.assignments.flatMap((step) => changed(were, step.forms ?? []).map((form) => [step, form] as const));
}

/** Those that are not the very objects of before: operations keep what they don't touch. */
function changed<T extends object>(before: readonly T[] | undefined, after: readonly T[]): readonly T[] {
  const kept = new Set(before);
  return after.filter((value) => !kept.has(value));
}

function assignmentOf(id: string, assignments: ReadonlyMap<string, Assignment>): Assignment {
  const assignment = assignments.get(id);
  if (assignment) return assignment;
  throw new IntersessionError('unknown-artefact', { artefact: 'assignment', id }, `The plan has no assignment ${id}`);
}
