import { isObject, type StoredResource } from '../resource.ts';
import type { Current, ResourceReader } from '../store/resource-store.ts';
import type { FaceServer } from './served-face.ts';

/** As many as hide the last visit from whoever reads one page. */
const perPatient = 60;
const states = ['cancelled', 'planned', 'entered-in-error', 'arrived', 'triaged'];

/** What a face reads from: its store, and with the trait `missed-visits` the appointments that nobody kept. */
export function readerOf({ store, site }: FaceServer): ResourceReader {
  if (!site.has('missed-visits')) return store;
  return {
    current: (type, id) => store.current(type, id) ?? (type === 'Encounter' ? missed(store, id) : undefined),
    *list(type) {
      yield* store.list(type);
      if (type === 'Encounter') yield* missedVisits(store);
    },
  };
}

function missed(store: ResourceReader, id: string): Current | undefined {
  const resource = [...missedVisits(store)].find((missedVisit) => missedVisit.id === id);
  return resource === undefined ? undefined : { version: 1, lastUpdated: resource.meta.lastUpdated, resource };
}

/** Newer, minute by minute, than the last visit that each patient had. */
function* missedVisits(store: ResourceReader): Iterable<StoredResource> {
  const latest = new Map<string, StoredResource>();
  for (const encounter of store.list('Encounter')) {
    const key = JSON.stringify(encounter.subject);
    const before = latest.get(key);
    if (encounter.status === 'finished' && startOf(encounter) > (before ? startOf(before) : -1)) {
      latest.set(key, encounter);
    }
  }
  for (const encounter of latest.values()) {
    for (let index = 0; index < perPatient; index += 1) {
      const start = new Date(startOf(encounter) + (index + 1) * 60_000).toISOString();
      const status = states[index % states.length];
      yield { ...encounter, id: `${encounter.id}-missed-${index}`, status, period: { start } };
    }
  }
}

function startOf({ period }: StoredResource): number {
  return isObject(period) ? Date.parse(String(period.start)) : Number.NaN;
}
