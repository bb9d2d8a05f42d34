import { isValueWithinDepth } from '../foundation/bounded-json.ts';
import { defined } from '../foundation/defined.ts';
import { isObject } from '../foundation/is-object.ts';

/** A FHIR resource as JSON, before or after the wire. */
export interface FhirJson {
  resourceType: string;
  id?: string;
  [element: string]: unknown;
}

/** True for a JSON object that names a resourceType. */
export function isFhirJson(value: unknown): value is FhirJson {
  return isObject(value) && typeof value.resourceType === 'string';
}

/**
 * A resource of ours as the EHR is to get it: without our id and version, with the EHR's id when it has one there.
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export function toWire(resource: FhirJson, ehrId?: string): FhirJson {
  const { id: _ours, meta, ...rest } = resource;
  const labels = isObject(meta) ? { ...meta } : {};
  delete labels.versionId;
  delete labels.lastUpdated;
  const { resourceType, ...elements } = rest;
  return {
    resourceType: String(resourceType),
    ...defined({ id: ehrId }),
    ...(Object.keys(labels).length > 0 ? { meta: labels } : {}),
    ...elements,
  };
}

/** What came from the EHR, if it is a resource of the type that was asked for, and not deeper than we walk; else undefined. */
export function fromWire(value: unknown, type: string): FhirJson | undefined {
  return isFhirJson(value) && value.resourceType === type && isValueWithinDepth(value) ? value : undefined;
}

/** The version inside an ETag: `W/"3"` → `3`. */
export function readETag(etag: string | undefined): string | undefined {
  return /^(?:W\/)?"([^"]+)"$/.exec(etag ?? '')?.[1];
}
