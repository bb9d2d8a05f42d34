import type { JsonObject } from './json-value.ts';

/**
 * Breaks one invariant of a profile in a valid resource, in place; false when this example does not lend itself to it.
 * No rule can be derived from a FHIRPath expression, so each constraint of ours has its breaker here, by its key.
 */
export type BreakInvariant = (resource: JsonObject) => boolean;

/** Every invariant of severity `error` in profiles/, by constraint key. */
export const breakInvariants: Record<string, BreakInvariant> = {};
