import type { FhirResource } from 'fhir/r4';
import { parseLiteral } from './parse-reference.ts';
import { identifiedTypes } from './systems.ts';

const ours = 'https://intersession.dev/id/';

/** Types of which the EHR's own are never named by a reference of ours; a Goal may stand on either side. */
const onlyOurs = new Set<string>(Object.values(identifiedTypes).filter((type) => type !== 'Goal'));

/**
 * The resource as others are given it: a reference into the EHR's record becomes absolute (`<fhirBase>/Patient/17`), so
 * that nobody looks for it here; a reference to what we hold stays relative. A Goal may stand on either side: ours
 * carries our identifier.
 */
export function absoluteReferences<R extends FhirResource>(resource: R, fhirBase: string): R {
  return rewritten(resource, fhirBase);
}

function rewritten<T>(value: T, fhirBase: string): T;
function rewritten(value: unknown, fhirBase: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => rewritten(entry, fhirBase));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) copy[key] = rewritten(member, fhirBase);
  const { reference } = copy;
  if (typeof reference !== 'string') return copy;
  const literal = parseLiteral(reference, {});
  if (literal.form !== 'local' || isOurs(literal.type, copy.identifier)) return copy;
  return { ...copy, reference: `${fhirBase}/${reference}` };
}

function isOurs(type: string, identifier: unknown): boolean {
  if (typeof identifier === 'object' && identifier !== null && 'system' in identifier) {
    return typeof identifier.system === 'string' && identifier.system.startsWith(ours);
  }
  return onlyOurs.has(type);
}
