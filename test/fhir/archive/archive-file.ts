import type { Bundle, FhirResource } from 'fhir/r4';
import type { ArchivedPlan } from '../../../src/fhir/archive/archived-plan.ts';
import { writeArchive } from '../../../src/fhir/archive/write-archive.ts';
import { mapping, origin, sampleArchive } from './sample-archive.ts';

/** An export as it comes out of a file. */
export const fileOf = (archived: ArchivedPlan): Bundle =>
  JSON.parse(JSON.stringify(writeArchive(archived, origin, mapping)));

/** When every row of `heldArchive` was written last. */
export const lastUpdated = '2026-03-30T15:00:00.000Z';

/** The sample with every resource at our endpoint, as an export is of a record that runs. */
export const heldArchive: ArchivedPlan = (() => {
  const entries = writeArchive(sampleArchive, origin, mapping).entry ?? [];
  const rows = entries.slice(0, -sampleArchive.stored.length).map(({ resource }, place) => ({
    resource: { ...(resource as FhirResource), meta: {} },
    version: place + 5,
    lastUpdated,
  }));
  return { ...sampleArchive, stored: [...rows, ...sampleArchive.stored] };
})();

export const heldFile = (): Bundle => fileOf(heldArchive);

/** The file with one resource changed. */
export function changed(name: string, change: (resource: FhirResource) => object): Bundle {
  const bundle = heldFile();
  const at = (bundle.entry ?? []).findIndex(({ fullUrl }) => fullUrl?.endsWith(`/${name}`));
  if (at < 0) throw new Error(`there is no ${name}`);
  const resource = change(bundle.entry?.[at]?.resource as FhirResource) as FhirResource;
  return { ...bundle, entry: (bundle.entry ?? []).toSpliced(at, 1, { resource }) };
}
