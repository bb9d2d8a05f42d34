import type { Log } from '../model.ts';

/** What happened longer ago than this is told too late to act on tonight; a week lies between two visits. */
const oldAfterMs = 7 * 86_400_000;

/**
 * Whether a source system tells only now what happened long ago: an import, a month without a network. What a person writes here of a day
 * long ago is not old, for they say it now.
 */
export function isOld({ via, changedBy, performedAt, authored }: Log): boolean {
  if (via === undefined || (changedBy !== undefined && !changedBy.startsWith('source:'))) return false;
  return Date.parse(authored) - Date.parse(performedAt) > oldAfterMs;
}
