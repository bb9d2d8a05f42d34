import type { ProjectedResource } from '../../fhir/projected-resource.ts';
import type { Queryable } from '../database/database.ts';

/** Content digests of what is stored of these resources, by `Type/id`; without those that are not stored. */
export async function storedDigests(
  tx: Queryable,
  tenantId: string,
  projected: readonly Pick<ProjectedResource, 'id' | 'resource'>[],
): Promise<ReadonlyMap<string, string>> {
  if (projected.length === 0) return new Map();
  const { rows } = await tx.query<{ name: string; digest: string }>(
    `select r.type || '/' || r.id as name, r.digest from unnest($2::text[], $3::text[]) as t(type, id)
     join resource r on r.tenant = $1 and r.type = t.type and r.id = t.id`,
    [tenantId, projected.map(({ resource }) => resource.resourceType), projected.map(({ id }) => id)],
  );
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}
