import type { Questionnaire } from 'fhir/r4';

/**
 * Takes a file `questionnaires/<version>.json` as what it is; its content is held by the contract test over the register.
 *
 * @throws TypeError when the file is no Questionnaire with a url, a version and items
 */
export function asQuestionnaire(json: unknown): Questionnaire {
  if (!isQuestionnaire(json)) throw new TypeError('the file is not a Questionnaire with url, version and items');
  return json;
}

function isQuestionnaire(json: unknown): json is Questionnaire {
  if (typeof json !== 'object' || json === null) return false;
  const record: Record<string, unknown> = { ...json };
  return (
    record.resourceType === 'Questionnaire' &&
    typeof record.url === 'string' &&
    typeof record.version === 'string' &&
    Array.isArray(record.item)
  );
}
