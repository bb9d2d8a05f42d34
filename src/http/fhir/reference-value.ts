import { parseLiteral, type ReferenceBases, relativeOf } from '../../fhir/parse-reference.ts';
import { holdsOurs } from './parse-include.ts';

interface Asked {
  readonly bases: ReferenceBases;
  /** What the parameter may refer to. */
  readonly targets: readonly string[];
  /** The type that the modifier says: `subject:Patient=17`. */
  readonly type: string | undefined;
}

/**
 * A searched reference as it is stored: `Type/id`, or the bare id. What stands on another server, and what the EHR's
 * address names but only we hold, stays whole, so that nothing of ours answers to it. A canonical is no reference and stays
 * as it is.
 * @see https://hl7.org/fhir/R4/search.html#reference
 */
export function referenceValue(
  text: string,
  { bases, targets, type }: Asked,
): { readonly value: string } | { readonly problem: string } {
  const literal = parseLiteral(text, bases);
  if (literal.form !== 'local') return { value: type !== undefined && !text.includes('/') ? `${type}/${text}` : text };
  if (type !== undefined && literal.type !== type)
    return { problem: `names a ${literal.type}, and asks for a ${type}` };
  const onlyOurs = holdsOurs(literal.type) && targets.includes(literal.type);
  return { value: literal.server === 'ehr' && onlyOurs ? text : relativeOf(literal) };
}
