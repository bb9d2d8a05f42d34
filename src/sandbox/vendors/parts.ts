import { type FhirResource, isObject, listOf, type StoredResource } from '../resource.ts';
import { parseReference } from '../search/match-reference.ts';
import type { ResourceReader } from '../store/resource-store.ts';

/** A coding as far as behaviours look at it. */
export interface Code {
  system: string;
  code: string;
}

/** All codings of a CodeableConcept or a list of them. */
export function codesOf(concepts: unknown): Code[] {
  return listOf(concepts).flatMap((concept) =>
    (isObject(concept) ? listOf(concept.coding) : []).flatMap((coding) =>
      isObject(coding) && typeof coding.code === 'string'
        ? [{ system: String(coding.system ?? ''), code: coding.code }]
        : [],
    ),
  );
}

/** The id in a Reference to a resource of that type, relative or absolute. */
export function idOf(reference: unknown, type: string): string | undefined {
  const text = isObject(reference) ? reference.reference : undefined;
  const literal = typeof text === 'string' ? parseReference(text) : undefined;
  return literal?.type === type ? literal.id : undefined;
}

/** The resource that a Reference of that type leads to. */
export function follow(records: ResourceReader, reference: unknown, type: string): StoredResource | undefined {
  const id = idOf(reference, type);
  return id === undefined ? undefined : records.current(type, id)?.resource;
}

/** The Questionnaire behind a response's canonical, with or without its version, or by `Questionnaire/<id>`. */
export function questionnaireOf(records: ResourceReader, response: FhirResource): StoredResource | undefined {
  const [url = ''] = String(response.questionnaire ?? '').split('|');
  return [...records.list('Questionnaire')].find(
    (storedResource) =>
      storedResource.url === url || (url !== '' && url.endsWith(`Questionnaire/${storedResource.id}`)),
  );
}

/** Every linkId of a Questionnaire's or a response's items, nested ones too. */
export function linkIdsOf(items: unknown): string[] {
  return listOf(items).flatMap((item) =>
    isObject(item)
      ? [
          String(item.linkId),
          ...linkIdsOf(item.item),
          ...listOf(item.answer).flatMap((value) => linkIdsOf(nested(value))),
        ]
      : [],
  );
}

function nested(answer: unknown): unknown {
  return isObject(answer) ? answer.item : undefined;
}
