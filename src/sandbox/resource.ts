/** The elements every FHIR resource may carry in `meta`. */
export interface ResourceMeta {
  versionId?: string;
  lastUpdated?: string;
  profile?: string[];
  [element: string]: unknown;
}

/** A FHIR resource as this server keeps it: JSON whose structure was checked when it came in. */
export interface FhirResource {
  resourceType: string;
  id?: string;
  meta?: ResourceMeta;
  [element: string]: unknown;
}

/** A resource that the store has given an id and a version. */
export interface StoredResource extends FhirResource {
  id: string;
  meta: ResourceMeta & { versionId: string; lastUpdated: string };
}

/** True for a JSON object (not null, not an array). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON object that names a resourceType. */
export function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof value.resourceType === 'string';
}

/** The elements of a value that may be absent, single or repeated, as a list. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** `"system|value"` of the resource's first identifier, or null (QuestionnaireResponse.identifier is a single object). */
export function firstIdentifier(resource: FhirResource): string | null {
  const identifier = listOf(resource.identifier)[0];
  if (!isObject(identifier) || typeof identifier.value !== 'string') return null;
  return `${typeof identifier.system === 'string' ? identifier.system : ''}|${identifier.value}`;
}
