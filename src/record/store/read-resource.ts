import type { OurResource } from '../../fhir/projected-resource.ts';
import type { Instant } from '../../homework/model.ts';
import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { noReportOfOthersSafety } from '../use-cases/may-read-report.ts';
import { notSomebodysDraft } from './hidden-drafts.ts';
import { seesOnly, seesSafety } from './own-reach.ts';

/** A resource as stored: references relative, `meta` without version and time, which stand beside it. */
export interface StoredResource {
  readonly resource: OurResource;
  readonly version: number;
  readonly lastUpdated: Instant;
}

export interface ResourceRow {
  content: OurResource;
  version: number;
  last_updated: Instant;
}

/** Reads one resource of ours, as far as it is there for the record's actor. @throws `unknown-tenant`, `unknown-artefact` (its `artefact` is the resource type) */
export async function readResource(
  record: HomeworkRecord,
  tenantId: string,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<StoredResource> {
  tenantOf(record, tenantId);
  const { actor } = record;
  const { rows } = await record.database.query<ResourceRow>(
    `select r.content, r.version, r.last_updated from resource r
     where r.tenant = $1 and r.type = $2 and r.id = $3 and ${notSomebodysDraft('r', '$4')}
       and ($5::text is null or r.owner = $5) and ($6 or r.artefact <> 'safety')
       and ${noReportOfOthersSafety('r', { reader: '$4', owner: '$5', safety: '$6' })}`,
    [tenantId, type, id, actorKey(actor), seesOnly(actor) ?? null, seesSafety(actor)],
  );
  const row = rows[0];
  if (row === undefined) throw unknownArtefact({ artefact: type, id });
  return storedResource(row);
}

export function storedResource(row: ResourceRow): StoredResource {
  return { resource: row.content, version: row.version, lastUpdated: row.last_updated };
}
