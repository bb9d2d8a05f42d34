import type { OurResource } from '../fhir/project-plan.ts';

/**
 * Whether a resource is a log that is still being written. It goes to no EHR: it is saved in every pause of typing, and who
 * writes it may think better of it before sending it.
 */
export function isUnsent(resource: OurResource): boolean {
  return resource.resourceType === 'QuestionnaireResponse' && resource.status === 'in-progress';
}
