import type { Reference } from 'fhir/r4';
import { asToldBy, type SourceName } from '../homework/as-told-by.ts';
import type { EhrReference } from '../homework/model.ts';
import { toEhrReference } from './identity.ts';

const words: ReadonlyMap<string, string> = new Map([
  ['Practitioner', 'Clinician'],
  ['PractitionerRole', 'Clinician'],
  ['RelatedPerson', 'Relative'],
]);

/**
 * A person whom the domain names. Where a source system named them, the reference says so in its words, so that no reader of a
 * chart takes it for what that person did themself.
 */
export function toToldPerson(
  reference: EhrReference,
  told: { readonly via?: string | undefined },
  { sourceName }: { readonly sourceName?: SourceName | undefined },
): Reference {
  if (told.via === undefined) return toEhrReference(reference);
  const who = words.get(reference.slice(0, reference.indexOf('/'))) ?? 'Person';
  return { ...toEhrReference(reference), display: `${who}${asToldBy(told, sourceName)}` };
}
