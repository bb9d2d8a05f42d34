import type { FhirResource } from 'fhir/r4';
import { parseLiteral } from '../../fhir/parse-reference.ts';
import { holdsOurs } from './parse-include.ts';

const ours = 'https://intersession.dev/id/';

/**
 * The resource as our endpoint answers it: a reference into the EHR's record becomes absolute (`<fhirBase>/Patient/17`),
 * so that nobody looks for it here; a reference to what we hold stays relative. A Goal may stand on either side: ours
 * carries our identifier.
 */
export function absoluteReferences<R extends FhirResource>(resource: R, fhirBase: string): R {
  return rewritten(resource, fhirBase);
}

function rewritten<T>(value: T, fhirBase: string): T;
function rewritten(value: unknown, fhirBase: string): unknown {
  if (Array.isArray(value)) return value.map((value) => rewritten(value, fhirBase));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) copy[key] = rewritten(one, fhirBase);
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
  return holdsOurs(type);
}
