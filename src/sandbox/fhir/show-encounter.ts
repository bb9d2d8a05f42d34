import { isObject, type StoredResource } from '../resource.ts';
import type { Site } from '../site.ts';

/** An Encounter as this site tells it; anything else as it is. */
export function showEncounter(resource: StoredResource, site: Site): StoredResource {
  if (resource.resourceType !== 'Encounter') return resource;
  const period = isObject(resource.period) ? resource.period : {};
  const told = { ...resource };
  if (site.has('encounters-left-open') && resource.status === 'finished') {
    told.status = 'in-progress';
    told.period = { ...period, end: undefined };
  }
  if (site.has('encounters-by-day')) {
    told.period = Object.fromEntries(
      Object.entries(told.period as object).map(([name, value]) => [name, dayOf(value)]),
    );
  }
  if (site.has('encounters-bare')) {
    for (const element of ['class', 'type', 'serviceType', 'participant']) delete told[element];
  }
  return told;
}

function dayOf(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 10) : value;
}
