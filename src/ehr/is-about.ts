import type { Reference } from 'fhir/r4';
import { namesPatient } from '../fhir/names-patient.ts';
import { parseReference } from '../fhir/parse-reference.ts';
import { isObject } from '../foundation/is-object.ts';
import type { Ehr } from './open-ehr.ts';

/** A resource of the EHR, and whose it should be: any of the ids that the patient has had. */
export interface Asked {
  readonly type: string;
  readonly id: string;
  readonly patientIds: readonly string[];
}

/**
 * Whether a resource of the EHR is about this patient, as the EHR says now; undefined when it does not say: it cannot be
 * read, is not there, or names nobody by reference. Never throws.
 */
export async function isAbout(
  ehr: Pick<Ehr, 'read'> | undefined,
  { type, id, patientIds }: Asked,
  base: string,
): Promise<boolean | undefined> {
  const answer = await ehr?.read(type, id).catch(() => undefined);
  if (answer?.ok !== true || answer.resource.id !== id) return undefined;
  const { subject, patient, for: of, beneficiary } = answer.resource;
  const named = [subject, patient, of, beneficiary]
    .filter(isObject)
    .map((entry) => parseReference(entry as Reference, { ehr: base }))
    .filter((parsedReference) => parsedReference.form === 'local' || parsedReference.form === 'elsewhere');
  if (named.length === 0) return undefined;
  return named.every((entry) => patientIds.some((patientId) => namesPatient(entry, patientId) === 'same'));
}
