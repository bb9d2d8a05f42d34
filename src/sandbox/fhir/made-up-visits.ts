import { isObject, type StoredResource } from '../resource.ts';
import type { Current, ResourceReader } from '../store/resource-store.ts';
import type { TraitName } from '../traits.ts';
import type { FaceServer } from './served-face.ts';

/** As many as hide the last visit from whoever reads one page. */
const missedPerPatient = 60;
const earlierPerPatient = 200;
const missedStates = ['cancelled', 'planned', 'entered-in-error', 'arrived', 'triaged'];
const hourMs = 3_600_000;
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** What a patient has besides, made from the last visit that they had. */
const besides: Partial<Record<TraitName, (last: StoredResource) => readonly StoredResource[]>> = {
  'missed-visits': (last) =>
    Array.from({ length: missedPerPatient }, (_, index) => ({
      ...at(last, `missed-${index}`, startOf(last) + (index + 1) * 60_000),
      status: missedStates[index % missedStates.length],
    })),
  'many-visits': (last) =>
    Array.from({ length: earlierPerPatient }, (_, index) =>
      at(last, `earlier-${index}`, startOf(last) - (index + 1) * 7 * 24 * hourMs),
    ),
  'other-care': (last) => [
    care(last, 'emergency', { hours: 30, setting: 'EMER', what: 'Emergency department visit', who: 'Dr. Maya Stone' }),
    care(last, 'blood', { hours: 50, setting: 'AMB', what: 'Venipuncture', who: 'Phlebotomy' }),
    care(last, 'skin', { hours: 70, setting: 'AMB', what: 'Dermatology, new patient', who: 'Dr. Ruth Kessler' }),
  ],
};

/** What a face reads from: its store, and by some traits encounters that nobody ever stored. */
export function readerOf({ store, site }: FaceServer): ResourceReader {
  const makers = Object.entries(besides).flatMap(([trait, make]) => (site.has(trait as TraitName) ? [make] : []));
  if (makers.length === 0) return store;
  const madeUp = () => lastVisits(store).flatMap((last) => makers.flatMap((make) => make(last)));
  return {
    current: (type, id) => store.current(type, id) ?? (type === 'Encounter' ? found(madeUp(), id) : undefined),
    *list(type) {
      yield* store.list(type);
      if (type === 'Encounter') yield* madeUp();
    },
  };
}

function found(encounters: readonly StoredResource[], id: string): Current | undefined {
  const resource = encounters.find((encounter) => encounter.id === id);
  return resource === undefined ? undefined : { version: 1, lastUpdated: resource.meta.lastUpdated, resource };
}

/** The last visit that each patient had. */
function lastVisits(store: ResourceReader): readonly StoredResource[] {
  const latest = new Map<string, StoredResource>();
  for (const encounter of store.list('Encounter')) {
    const key = JSON.stringify(encounter.subject);
    const before = latest.get(key);
    if (encounter.status === 'finished' && startOf(encounter) > (before ? startOf(before) : -1)) {
      latest.set(key, encounter);
    }
  }
  return [...latest.values()];
}

function at(last: StoredResource, name: string, ms: number): StoredResource {
  return { ...last, id: `${last.id}-${name}`, period: { start: new Date(ms).toISOString() } };
}

interface OtherCare {
  /** After the last visit. */
  readonly hours: number;
  readonly setting: string;
  readonly what: string;
  readonly who: string;
}

function care(last: StoredResource, name: string, { hours, setting, what, who }: OtherCare): StoredResource {
  const start = startOf(last) + hours * hourMs;
  const period = { start: new Date(start).toISOString(), end: new Date(start + hourMs / 2).toISOString() };
  return {
    ...at(last, name, start),
    ...{ status: 'finished', class: { system: actCode, code: setting }, type: [{ text: what }], period },
    participant: [{ individual: { reference: `Practitioner/elsewhere-${name}`, display: who } }],
  };
}

function startOf({ period }: StoredResource): number {
  return isObject(period) ? Date.parse(String(period.start)) : Number.NaN;
}
