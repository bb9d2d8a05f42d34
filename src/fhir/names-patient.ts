import type { Reference } from 'fhir/r4';
import { isObject } from '../foundation/is-object.ts';
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
 * nobody is about nobody, and one that names somebody in a way that cannot be read is about somebody else.
 */
export function isAboutPatient(
  resource: { readonly [element: string]: unknown },
  patientId: string,
  bases: ReferenceBases,
): boolean {
  const named = [resource.subject, resource.for, resource.patient].filter(
    (value) => value !== undefined && value !== null,
  );
  return (
    named.length > 0 &&
    named.every((value) => isLiteral(value) && namesPatient(parseReference(value, bases), patientId) === 'same')
  );
}

function isLiteral(value: unknown): value is Reference {
  if (!isObject(value) || typeof value.reference !== 'string') return false;
  return value.type === undefined || typeof value.type === 'string';
}
