import type { Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { type Log, type LogSource, logResolutions, logStatuses } from '../homework/log/log.ts';
import { fromResponseItems } from './answers/read-items.ts';
import { toInstant } from './date-time.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension, findExtensions } from './find-extension.ts';
import {
  fromEhrReference,
  fromIdentifiers,
  fromOwnReference,
  fromOwnReferences,
  fromPatientReference,
} from './identity.ts';
import { ourExtensions } from './systems.ts';

/**
 * The log that a QuestionnaireResponse of ours carries; masked answers are items without an answer.
 * @throws IntersessionError `invalid-request` naming the element that is missing, `invalid-answer` naming the linkId
 * @see https://hl7.org/fhir/R4/questionnaireresponse.html
 */
export function fromQuestionnaireResponse(response: QuestionnaireResponse, questionnaire: Questionnaire): Log {
  const logContext = findExtension(response, ourExtensions.logContext);
  const part = (url: string) => findExtension(logContext, url);
  const predictedAt = part('predictedAt')?.valueDateTime;
  const occurrenceId = fromOwnReference(part('task')?.valueReference, 'occurrence');
  const { items, issues } = fromResponseItems(questionnaire, response.item ?? []);
  if (issues.length > 0) throw new IntersessionError('invalid-answer', { issues }, 'Answers cannot be read');
  return {
    id: fromIdentifiers(response.identifier && [response.identifier], 'log'),
    planId: expectElement(fromOwnReferences(response.basedOn, 'plan'), 'QuestionnaireResponse.basedOn'),
    assignmentId: expectElement(
      fromOwnReference(part('assignment')?.valueReference, 'assignment'),
      'QuestionnaireResponse.extension(log-context).assignment',
    ),
    patientId: fromPatientReference(response.subject, 'QuestionnaireResponse.subject'),
    ...(occurrenceId !== undefined && { occurrenceId }),
    resolution: expectCode(
      part('resolution')?.valueCode,
      logResolutions,
      'QuestionnaireResponse.extension(log-context).resolution',
    ),
    questionnaire: expectElement(response.questionnaire, 'QuestionnaireResponse.questionnaire'),
    status: expectCode(response.status, logStatuses, 'QuestionnaireResponse.status'),
    performedAt: toInstant(
      expectElement(part('performedAt')?.valueDateTime, 'QuestionnaireResponse.extension(log-context).performedAt'),
    ),
    authored: toInstant(expectElement(response.authored, 'QuestionnaireResponse.authored')),
    source: fromAuthor(response),
    items,
    withheld: findExtensions(logContext, 'withheld').flatMap(({ valueString }) => valueString ?? []),
    ...(predictedAt !== undefined && {
      predicted: {
        at: toInstant(predictedAt),
        linkIds: findExtensions(logContext, 'predicted').flatMap(({ valueString }) => valueString ?? []),
      },
    }),
  };
}

function fromAuthor(response: QuestionnaireResponse): LogSource {
  const reference = expectElement(fromEhrReference(response.author), 'QuestionnaireResponse.author');
  if (reference.startsWith('Patient/')) return { type: 'patient' };
  return { type: reference.startsWith('RelatedPerson/') ? 'related-person' : 'practitioner', reference };
}
