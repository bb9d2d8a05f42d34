import { type FhirJson, isObject } from '../ehr/fhir-json.ts';

/** Whose a resource in the EHR is, seen from one patient: theirs, somebody else's, or not said in a way that tells. */
export type Whose = 'own' | 'other' | 'unsaid';

/**
 * Compares whom a resource is about with the patient whom it should be about. The reference counts whole: the same id at
 * another server is another patient, and an identifier alone tells nothing here.
 * @param base of the EHR's FHIR endpoint, without a slash at the end
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function whoseIs(resource: FhirJson, patientId: string, base: string): Whose {
  const said = patientReference(resource);
  if (said === undefined) return 'unsaid';
  const bare = said.startsWith(`${base}/`) ? said.slice(base.length + 1) : said;
  return bare.replace(/\/_history\/[^/]+$/, '') === `Patient/${patientId}` ? 'own' : 'other';
}

/** Every type that we write says whom it is about by one of these. */
function patientReference({ subject, for: ofTask }: FhirJson): string | undefined {
  const element = isObject(subject) ? subject : ofTask;
  const reference = isObject(element) ? element.reference : undefined;
  return typeof reference === 'string' ? reference : undefined;
}
