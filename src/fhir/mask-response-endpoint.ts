import type { FhirResource, Task } from 'fhir/r4';
import { masked } from './answers/masked.ts';
import { findTaskInputs } from './task-input.ts';

/**
 * A Task without the address to which its answers are sent, which is a key; other resources as they are. Its input stands, with
 * data-absent-reason `masked` in place of the address: the profile of an occurrence asks for one.
 * @see https://hl7.org/fhir/R4/extension-data-absent-reason.html
 */
export function maskResponseEndpoint(resource: FhirResource): FhirResource {
  if (resource.resourceType !== 'Task') return resource;
  const keys = findTaskInputs(resource, 'response-endpoint');
  if (keys.length === 0) return resource;
  const input = (resource.input ?? []).map((one) => (keys.includes(one) ? { type: one.type, _valueUrl: masked } : one));
  return { ...resource, input } satisfies Task;
}
