import type { Reference } from 'fhir/r4';
import { type ParsedReference, parseReference, type ReferenceBases } from './parse-reference.ts';

/**
 * Whether a reference names this patient: `same`, `other` (another patient, another server, or no patient at all), or
 * `unclear` where nothing but an identifier is said, which only a server that knows the patient can judge.
 */
export function namesPatient(parsed: ParsedReference, patientId: string): 'same' | 'other' | 'unclear' {
  if (parsed.form === 'local') return parsed.type === 'Patient' && parsed.id === patientId ? 'same' : 'other';
  if (parsed.form === 'logical' && (parsed.type ?? 'Patient') === 'Patient') return 'unclear';
  return 'other';
}

/**
 * Whether a resource that a server gave is about this patient (`subject`, `for` or `patient`). A resource that names
 * nobody is about nobody.
 */
export function isAboutPatient(
  resource: { readonly [element: string]: unknown },
  patientId: string,
  bases: ReferenceBases,
): boolean {
  const named = [resource.subject, resource.for, resource.patient].filter(isReference);
  return (
    named.length > 0 && named.every((reference) => namesPatient(parseReference(reference, bases), patientId) === 'same')
  );
}

function isReference(value: unknown): value is Reference {
  if (typeof value !== 'object' || value === null) return false;
  return !('reference' in value) || typeof value.reference === 'string';
}
