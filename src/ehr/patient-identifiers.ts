import { type NamedIdentifier, namedIdentifier } from '../fhir/parse-reference.ts';
import { isObject } from '../foundation/is-object.ts';
import type { Ehr } from './open-ehr.ts';

/** The identifiers of a patient as the EHR says them now, those that are in use; undefined when it does not say. Never throws. */
export async function patientIdentifiers(
  ehr: Pick<Ehr, 'read'> | undefined,
  patientId: string,
): Promise<readonly NamedIdentifier[] | undefined> {
  const answer = await ehr?.read('Patient', patientId);
  // a merged patient is answered under another id: those are another record's identifiers
  if (answer?.ok !== true || answer.resource.id !== patientId) return undefined;
  const { identifier } = answer.resource;
  return (Array.isArray(identifier) ? identifier : [])
    .filter(isObject)
    .filter(({ use }) => use !== 'old')
    .flatMap((entry) => namedIdentifier(entry) ?? []);
}
