import type { FhirResource, Task } from 'fhir/r4';
import { findTaskInputs } from '../../fhir/task-input.ts';
import { permits } from '../oauth/scopes.ts';

/**
 * A resource as this caller may have it: the address to which an occurrence's answers are sent is a key, so a Task comes
 * without it to whoever may not write responses.
 */
export function withoutResponseEndpoint(resource: FhirResource, scope: string): FhirResource {
  if (resource.resourceType !== 'Task' || permits(scope, { type: 'QuestionnaireResponse', action: 'c' }))
    return resource;
  const keys = findTaskInputs(resource, 'response-endpoint');
  const { input = [], ...task } = resource;
  const shown = input.filter((taskInput) => !keys.includes(taskInput));
  return { ...task, ...(shown.length === 0 ? {} : { input: shown }) } satisfies Task;
}
