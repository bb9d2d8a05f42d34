import type { FhirResource } from '../resource.ts';
import { Draft } from '../store/draft.ts';
import type { ResourceStore } from '../store/resource-store.ts';
import { clinicalRecord } from './clinical.ts';
import { patients } from './patients.ts';
import { staff } from './staff.ts';

/** Everything the EHR holds before anyone writes to it; every id is fixed. */
export const seed = [...staff, ...patients, ...clinicalRecord];

const dayMs = 24 * 60 * 60 * 1000;

/** Fills an empty store with the seed and what the face adds, all at once; a store that was filled before is left as it is. It was written the day before: a chart is older than who opens it. */
export function seedFace(store: ResourceStore, more: readonly FhirResource[] = []): void {
  if (store.current('Organization', 'harbor-clinic') !== undefined) return;
  const draft = new Draft(store, new Date(Date.now() - dayMs).toISOString());
  for (const resource of [...seed, ...more]) if (resource.id !== undefined) draft.put(resource, resource.id);
  draft.commit(null);
}
