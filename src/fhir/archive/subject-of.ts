import type { FhirResource, Reference } from 'fhir/r4';
import { findExtension } from '../find-extension.ts';
import { ourExtensions } from '../systems.ts';

/** Whom a resource is about: `Patient/17`; a Provenance and a form of a plan's own say so in our extension, as R4 gives them no place. */
export function subjectOf(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Provenance') {
    return findExtension(resource, ourExtensions.provenancePatient)?.valueReference?.reference;
  }
  if (resource.resourceType === 'Questionnaire') {
    return findExtension(resource, ourExtensions.formPatient)?.valueReference?.reference;
  }
  const subject = 'subject' in resource ? resource.subject : 'for' in resource ? resource.for : undefined;
  return (subject as Reference | undefined)?.reference;
}
