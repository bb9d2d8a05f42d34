import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';

/**
 * Gives answers that don't fit their place in the response as it was sent: `QuestionnaireResponse.item[1].item[0]`, or the
 * whole list of items for one that is missing. Other errors pass unchanged.
 * @see https://hl7.org/fhir/R4/operationoutcome-definitions.html#OperationOutcome.issue.expression
 */
export function locateAnswers(error: unknown, response: unknown): unknown {
  if (!hasCode(error, 'invalid-answer')) return error;
  const places = new Map<string, string>();
  collect(response, 'QuestionnaireResponse', places);
  const issues = error.fields.issues.map((issue) => ({
    ...issue,
    path: places.get(issue.linkId) ?? 'QuestionnaireResponse.item',
  }));
  return new IntersessionError('invalid-answer', { issues }, error.message, { cause: error });
}

function collect(parent: unknown, path: string, places: Map<string, string>): void {
  if (typeof parent !== 'object' || parent === null || !('item' in parent) || !Array.isArray(parent.item)) return;
  parent.item.forEach((item: unknown, index) => {
    const place = `${path}.item[${index}]`;
    if (typeof item !== 'object' || item === null) return;
    if ('linkId' in item && typeof item.linkId === 'string' && !places.has(item.linkId)) places.set(item.linkId, place);
    collect(item, place, places);
    if (!('answer' in item) || !Array.isArray(item.answer)) return;
    item.answer.forEach((answer: unknown, at) => {
      collect(answer, `${place}.answer[${at}]`, places);
    });
  });
}
