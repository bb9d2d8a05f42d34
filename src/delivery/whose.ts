import type { FhirJson } from '../ehr/fhir-json.ts';
import { namesPatient } from '../fhir/names-patient.ts';
import { parseReference } from '../fhir/parse-reference.ts';
import { isObject } from '../foundation/is-object.ts';
import type { ClaimedGroup } from './claimed-group.ts';

/** Whose a resource in the EHR is, seen from one patient: theirs, somebody else's, or not said in a way that tells. */
export type Whose = 'own' | 'other' | 'unsaid';

/** A patient, with the ids that they had before merges which a person confirmed. */
export type Patient = Pick<ClaimedGroup, 'patientId' | 'formerPatientIds'>;

/**
 * Compares whom a resource is about with the patient whom it should be about. The reference counts whole: the same id at
 * another server is another patient, and an identifier alone tells nothing here.
 * @param base of the EHR's FHIR endpoint
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function whoseIs({ subject, for: ofTask }: FhirJson, patient: Patient, base: string): Whose {
  // every type that we write says whom it is about by one of these
  const said = isObject(subject) ? subject : isObject(ofTask) ? ofTask : {};
  if (typeof said.reference !== 'string') return 'unsaid';
  const named = parseReference({ reference: said.reference }, { ehr: base });
  const theirs = [patient.patientId, ...patient.formerPatientIds];
  return theirs.some((id) => namesPatient(named, id) === 'same') ? 'own' : 'other';
}
