import type { Bundle, FhirResource } from 'fhir/r4';
import type { ArchivedPlan } from '../../fhir/archive/archived-plan.ts';
import { identifiedOf } from '../../fhir/archive/identified-of.ts';
import { projectSignal } from '../../fhir/project-signal.ts';
import type { OurResource, ProjectedResource } from '../../fhir/projected-resource.ts';
import type { Instant } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { safetyContextOf } from '../safety/commit-signal.ts';
import { canonicalJson } from '../store/content-digest.ts';
import { projectChange } from '../store/project-change.ts';
import { saveResources } from '../store/save-resources.ts';
import { tenantOf } from '../tenant-of.ts';

/**
 * Makes the resources of a plan that was brought back: what is derived as it stands in the export first, as the mapping
 * goes by the measures of before, and then all of it by the mapping.
 * @param at when the plan was changed last: adherence was counted then
 * @returns what the mapping makes of the plan
 */
export async function restoreResources(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { archived, at }: { readonly archived: ArchivedPlan; readonly at: Instant },
): Promise<ProjectedResource[]> {
  const { plan } = archived.state;
  const { timeZone } = tenantOf(record, tenantId);
  await saveResources(tx, tenantId, plan, derivedOf(archived), { at, timeZone });
  const after = { ...archived.state, openSafetySignals: 0 };
  const ofPlan = await projectChange(tx, record, tenantId, { before: undefined, after, at, stored: true });
  await saveResources(tx, tenantId, plan, ofPlan, { at, timeZone, anew: true });
  const projected = [...ofPlan];
  for (const { signal, shownTo } of archived.signals) {
    const ofSignal = projectSignal(signal, safetyContextOf(record, tenantId));
    await saveResources(tx, tenantId, plan, ofSignal, { at, timeZone, owner: shownTo, anew: true });
    projected.push(...ofSignal);
  }
  return projected;
}

/** What an export carries and no part of the plan is read from. */
function derivedOf({ stored }: ArchivedPlan): ProjectedResource[] {
  return stored.flatMap(({ resource }): ProjectedResource[] => {
    const { id = '' } = resource;
    const derived = { id, groupId: '', resource: resource as OurResource };
    if (resource.resourceType === 'Provenance') return [{ artefact: 'provenance', ...derived }];
    const identified = identifiedOf(resource);
    if (identified !== 'measure' && identified !== 'adherence') return [];
    return [{ artefact: identified, ...derived }];
  });
}

/** A resource that came out otherwise than the export has it. */
export interface MadeAnew {
  /** `Task/17` */
  readonly resource: string;
  readonly how: 'changed' | 'added' | 'left-out';
}

/**
 * Gives each resource the version and time that it had, where its content came out as it was; else it is the version after
 * that one, of now.
 * @returns what came out otherwise
 */
export async function restoreVersions(
  tx: Queryable,
  tenantId: string,
  { file, again, now }: { readonly file: Bundle; readonly again: Bundle; readonly now: Instant },
): Promise<MadeAnew[]> {
  const were = byName(file);
  const are = byName(again);
  const madeAnew: MadeAnew[] = [];
  const rows: { type: string; id: string; version: number; lastUpdated: Instant }[] = [];
  for (const [name, resource] of are) {
    const was = were.get(name);
    const { resourceType: type, id = '' } = resource;
    const { versionId, lastUpdated } = was?.meta ?? {};
    const same = was !== undefined && contentOf(was) === contentOf(resource);
    if (!same) madeAnew.push({ resource: name, how: was === undefined ? 'added' : 'changed' });
    const version = Number(versionId ?? '0') + (same ? 0 : 1);
    rows.push({ type, id, version, lastUpdated: same ? (lastUpdated ?? now) : now });
  }
  for (const name of were.keys()) if (!are.has(name)) madeAnew.push({ resource: name, how: 'left-out' });
  await tx.query(
    `update resource r set version = g.version, last_updated = g."lastUpdated"
       from jsonb_to_recordset($2::jsonb) as g(type text, id text, version int, "lastUpdated" timestamptz)
      where r.tenant = $1 and r.type = g.type and r.id = g.id`,
    [tenantId, JSON.stringify(rows)],
  );
  return madeAnew;
}

/** What an export says, whatever versions and times its resources have, and at whichever address they stood. */
export function archiveContent(bundle: Bundle): string {
  return canonicalJson(
    [...byName(bundle)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => contentOf(resource)),
  );
}

function byName(bundle: Bundle): Map<string, FhirResource> {
  return new Map(
    (bundle.entry ?? []).flatMap(({ resource }): [string, FhirResource][] =>
      resource === undefined ? [] : [[`${resource.resourceType}/${resource.id}`, resource as FhirResource]],
    ),
  );
}

function contentOf(resource: FhirResource): string {
  const { versionId: _version, lastUpdated: _time, ...meta } = resource.meta ?? {};
  return canonicalJson({ ...resource, meta });
}
