import { z } from 'zod';
import type { LedgerRow } from './await-delivery.ts';
import type { EhrReader } from './ehr-client.ts';

const resourceSchema = z.looseObject({
  resourceType: z.string(),
  status: z.string().optional(),
  docStatus: z.string().optional(),
});

/** One artefact and what the EHR itself says of the resource it stands in. */
export interface FoundArtefact {
  readonly artefact: string;
  readonly resourceType: string;
  readonly landing: string;
  /** `Task/17` in the EHR; null: it stands in the app only, or nowhere yet. */
  readonly reference: string | null;
  /** The resource's own status as read back; the ledger's state when there is nothing to read. */
  readonly status: string;
}

/** Reads every artefact's resource back from the EHR and counts the distinct resources by type. */
export async function readBack(
  read: EhrReader,
  rows: readonly LedgerRow[],
): Promise<{ counts: Record<string, number>; artefacts: FoundArtefact[]; missing: string[] }> {
  const found = new Map<string, z.output<typeof resourceSchema> | undefined>();
  for (const reference of new Set(rows.map((row) => row.ehrReference).filter((text) => text != null))) {
    const resource = await read(reference);
    found.set(reference, resource === undefined ? undefined : resourceSchema.parse(resource));
  }
  const counts: Record<string, number> = {};
  for (const resource of found.values()) {
    if (resource !== undefined) counts[resource.resourceType] = (counts[resource.resourceType] ?? 0) + 1;
  }
  const artefacts = rows.map((row): FoundArtefact => {
    const resource = row.ehrReference == null ? undefined : found.get(row.ehrReference);
    return {
      artefact: row.artefact,
      resourceType: resource?.resourceType ?? row.resourceType,
      landing: row.landing ?? 'undecided',
      reference: resource === undefined ? null : (row.ehrReference ?? null),
      status: resource === undefined ? row.state : (resource.docStatus ?? resource.status ?? 'present'),
    };
  });
  const missing = [...found].filter(([, resource]) => resource === undefined).map(([reference]) => reference);
  return { counts, artefacts, missing };
}
