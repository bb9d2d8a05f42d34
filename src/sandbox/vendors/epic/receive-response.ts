import type { IncomingWrite } from '../../faces.ts';
import { type FhirResource, isObject, listOf, type StoredResource } from '../../resource.ts';
import { linkIdsOf, questionnaireOf } from '../parts.ts';
import { refuseAsEpic } from './refuse.ts';

/**
 * The answer to a questionnaire that Epic has already assigned: its subject is the identifier of the assignment, as the
 * CarePlan of questionnaires due states it, and its linkIds are that questionnaire's.
 */
export function receiveResponse({ resource, records }: IncomingWrite): FhirResource {
  const subject = isObject(resource.subject) ? resource.subject : {};
  const assignment = [...records.list('CarePlan')].find((plan) => isAssignment(plan, subject.identifier));
  const questionnaire = questionnaireOf(records, resource);
  const due = listOf(assignment?.activity).flatMap((activity) =>
    isObject(activity) && isObject(activity.detail) ? listOf(activity.detail.instantiatesCanonical) : [],
  );
  if (assignment === undefined || questionnaire === undefined || !due.includes(questionnaire.url)) {
    const words =
      'a response is taken only to a questionnaire that Epic assigned, with the assignment’s identifier as its subject';
    throw refuseAsEpic(422, 'business-rule', words, 'QuestionnaireResponse.subject');
  }
  const known = new Set(linkIdsOf(questionnaire.item));
  const foreign = linkIdsOf(resource.item).find((linkId) => !known.has(linkId));
  if (foreign !== undefined) {
    throw refuseAsEpic(
      422,
      'business-rule',
      'a linkId is not the assigned questionnaire’s',
      'QuestionnaireResponse.item',
    );
  }
  return { ...resource, subject: { ...subject, ...(assignment.subject as object) } };
}

function isAssignment(plan: StoredResource, identifier: unknown): boolean {
  return (
    isObject(identifier) &&
    listOf(plan.identifier).some(
      (own) => isObject(own) && own.system === identifier.system && own.value === identifier.value,
    )
  );
}
