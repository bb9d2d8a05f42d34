import type { FhirResource } from 'fhir/r4';
import type { ProjectedResource } from '../../fhir/projected-resource.ts';
import { searchValues } from '../../fhir/search/search-values.ts';
import { cleanTexts, unheldTexts } from '../../foundation/plain-text.ts';
import type { Instant } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import { contentDigest } from './content-digest.ts';
import { storedDigests } from './stored-digests.ts';

// One statement: the resources, and their search values anew. The delete sees the rows from before the statement, the
// insert makes the new ones, so they cannot meet. Content goes in as the text that it is, without a space too many: so it
// comes out again, and so delivery sends it.
const saveSql = `with given as (
    select * from json_to_recordset($6::json) as g(type text, id text, artefact text, digest text, content json)
  ), saved as (
    insert into resource (tenant, type, id, artefact, plan_id, patient_id, version, last_updated, digest, content, owner)
    select $1, type, id, artefact, $2, $3, 1, $4::timestamptz, digest, content,
      coalesce($7::text, (select made_by from plan where tenant = $1 and id = $2), '') from given
    on conflict (tenant, type, id) do update set version = resource.version + 1,
      last_updated = greatest(resource.last_updated, excluded.last_updated),
      plan_id = excluded.plan_id, patient_id = excluded.patient_id, owner = excluded.owner, artefact = excluded.artefact, digest = excluded.digest, content = excluded.content
  ), gone as (
    delete from search_value s using given g where s.tenant = $1 and s.type = g.type and s.id = g.id
  )
  insert into search_value (tenant, type, id, param, value, low, high)
  select $1, v.type, v.id, v.param, v.value, v.low, v.high
  from jsonb_to_recordset($5::jsonb) as v(type text, id text, param text, value text, low timestamptz, high timestamptz)`;

export interface SaveResources {
  readonly at: Instant;
  readonly timeZone: string;
  /** Also those that say the same as what is stored: their elements may stand in another order there. */
  readonly anew?: true;
  /** Whose they are; default: whoever made the plan. */
  readonly owner?: string;
}

/**
 * Saves the resources whose content is not the stored one, and what they can be found by; days are those of the tenant's `timeZone`.
 * @returns those that were saved.
 */
export async function saveResources(
  tx: Queryable,
  tenantId: string,
  plan: { id: string; patientId: string },
  projected: readonly ProjectedResource[],
  { at, timeZone, owner, anew }: SaveResources,
): Promise<ProjectedResource[]> {
  const rows = projected.map((projectedResource) => {
    const resource = held(projectedResource.resource);
    return {
      projected: projectedResource,
      resource,
      row: {
        type: resource.resourceType,
        id: projectedResource.id,
        artefact: projectedResource.artefact,
        digest: contentDigest(resource),
        content: idFirst(resource),
      },
    };
  });
  const digests = anew ? new Map<string, string>() : await storedDigests(tx, tenantId, projected);
  const changed = rows.filter(({ row }) => digests.get(`${row.type}/${row.id}`) !== row.digest);
  if (changed.length === 0) return [];
  const values = changed.flatMap(({ resource, row }) =>
    searchValues(resource, timeZone).map((value) => ({ type: row.type, id: row.id, ...value })),
  );
  await tx.query(saveSql, [
    tenantId,
    plan.id,
    plan.patientId,
    at,
    JSON.stringify(values),
    JSON.stringify(changed.map(({ row }) => row)),
    owner ?? null,
  ]);
  return changed.map(({ projected }) => projected);
}

/**
 * Texts were held when they came in (ADR 17). What an earlier version has stored with a control character in it is held here, so that
 * a plan that waits behind it goes out at its next change, or when the ledger is rebuilt.
 */
function held<Resource extends FhirResource>(resource: Resource): Resource {
  if (unheldTexts(resource).next().done === true) return resource;
  return cleanTexts(resource, (key) => key !== 'reference') as Resource;
}

/** Delivery puts the EHR's id in its place without parsing the text: it is the first element. */
function idFirst<Resource extends { id?: string | undefined }>(resource: Resource): Resource {
  const { id } = resource;
  return { id, ...resource };
}
