import { logicalId } from '../logical-id.ts';
import { isObject } from '../resource.ts';
import { matchesToken } from './match-token.ts';
import { unescapeValue } from './parse-search.ts';

/** A literal reference taken apart: `[base]/Type/id[/_history/v]`. */
export interface LiteralReference {
  type: string;
  id: string;
  /** undefined: relative. */
  base: string | undefined;
}

const LITERAL = new RegExp(`^(?:(https?://.+)/)?([A-Z][A-Za-z]+)/(${logicalId})(?:/_history/${logicalId})?$`);

/** The parts of a literal reference, or undefined for anything else (urn:, #contained, a canonical). */
export function parseReference(reference: string): LiteralReference | undefined {
  const match = LITERAL.exec(reference);
  if (!match?.[2] || !match[3]) return undefined;
  return { base: match[1], type: match[2], id: match[3] };
}

/**
 * Whether a Reference or canonical satisfies `Type/id`, `id`, an absolute URL, or a canonical with or without version.
 * @param base FHIR base of this face: its absolute references equal its relative ones
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function matchesReference(element: unknown, value: string, base: string): boolean {
  const asked = unescapeValue(value);
  const text = isObject(element) ? element.reference : element;
  if (typeof text !== 'string') return false;
  if (text === asked) return true;
  const found = parseReference(text);
  const wanted = parseReference(asked);
  if (found === undefined) return !asked.includes('|') && text.split('|')[0] === asked;
  if (wanted === undefined) return found.id === asked;
  const local = (reference: LiteralReference) => reference.base === undefined || reference.base === base;
  const sameBase = found.base === wanted.base || (local(found) && local(wanted));
  return sameBase && found.type === wanted.type && found.id === wanted.id;
}

/** `:identifier`: a logical reference by `system|value`. */
export function matchesReferenceIdentifier(element: unknown, value: string): boolean {
  return isObject(element) && isObject(element.identifier) && matchesToken(element.identifier, value);
}
