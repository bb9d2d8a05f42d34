/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
/** A JSON object; broken resources are typed as this, because no FHIR type describes them any more. */
export interface JsonObject {
  [key: string]: Json;
}

/** Says whether a JSON value is an object (neither null nor an array). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Copies a value deeply through JSON, so that changing the copy leaves the example alone. */
export function copyJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** Says whether a value satisfies a FHIR pattern: all of the pattern is in the value, which may hold more. */
export function matchesPattern(value: Json | undefined, pattern: Json): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((wanted) => value.some((entry) => matchesPattern(entry, wanted)));
  }
  if (isObject(pattern)) {
    return isObject(value) && Object.entries(pattern).every(([key, wanted]) => matchesPattern(value[key], wanted));
  }
  return value === pattern;
}
