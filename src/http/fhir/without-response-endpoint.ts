import type { FhirResource } from 'fhir/r4';
import { maskResponseEndpoint } from '../../fhir/mask-response-endpoint.ts';
import { permits } from '../oauth/scopes.ts';

/**
 * A resource as this caller may have it: the address to which an occurrence's answers are sent is a key, so a Task comes
 * without it to whoever may not write responses.
 */
export function withoutResponseEndpoint(resource: FhirResource, scope: string): FhirResource {
  return permits(scope, { type: 'QuestionnaireResponse', action: 'c' }) ? resource : maskResponseEndpoint(resource);
}
