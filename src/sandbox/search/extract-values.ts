import { evalFhirPathTyped, type TypedValue, toTypedValue } from '@medplum/core';
import type { SearchParameter } from '../definitions.ts';
import type { FhirResource } from '../resource.ts';

// values depend on the resource object alone, which is never changed once stored: a version is evaluated once
const cache = new WeakMap<FhirResource, Map<string, TypedValue[]>>();

/** What a search parameter's FHIRPath finds in a resource. */
export function extractValues(resource: FhirResource, parameter: SearchParameter): TypedValue[] {
  let values = cache.get(resource);
  if (values === undefined) {
    values = new Map();
    cache.set(resource, values);
  }
  let found = values.get(parameter.url);
  if (found === undefined) {
    found = evalFhirPathTyped(parameter.expression, [toTypedValue(resource)]);
    values.set(parameter.url, found);
  }
  return found;
}
