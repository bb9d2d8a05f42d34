import type { ArchiveIssue } from '../../fhir/archive/archive-entries.ts';
import { type ArchivedPart, type ArchivedPlan, factsKey } from '../../fhir/archive/archived-plan.ts';
import type { Queryable } from '../database/database.ts';
import { archivedRows } from './check-archive.ts';
import { archivedTables } from './load-archive.ts';

/**
 * What of an export bears an id that stands here already, under another plan or patient; what safety signals of it would be a second
 * one of their number, or a second open one, of their rule; and what a source system has named as it named something else here. Each issue
 * names its entry. The plan itself does not stand here: that was looked for before.
 */
export async function takenIssues(
  tx: Queryable,
  tenantId: string,
  archived: ArchivedPlan,
  entryOf: ReadonlyMap<string, string>,
): Promise<ArchiveIssue[]> {
  const issues: ArchiveIssue[] = [];
  const entry = (part: ArchivedPart, id: string) => entryOf.get(factsKey(part, id)) ?? id;
  const byPart = Map.groupBy(archivedRows(archived), ([part]) => part);
  for (const [part, rows] of byPart) {
    const { rows: taken } = await tx.query<{ id: string }>(
      `select id from ${archivedTables[part]} where tenant = $1 and id = any($2::text[]) order by id`,
      [tenantId, rows.map(([, { id }]) => id)],
    );
    for (const { id } of taken) issues.push({ path: entry(part, id), problem: 'stands here already, in another plan' });
  }
  const { rows: resources } = await tx.query<{ name: string }>(
    `select r.type || '/' || r.id as name from unnest($2::text[], $3::text[]) as g(type, id)
       join resource r on r.tenant = $1 and r.type = g.type and r.id = g.id order by 1`,
    [
      tenantId,
      archived.stored.map(({ resource }) => resource.resourceType),
      archived.stored.map(({ resource }) => resource.id ?? ''),
    ],
  );
  if (issues.length === 0) {
    for (const { name } of resources) issues.push({ path: name, problem: 'stands here already, in another plan' });
  }
  return [
    ...issues,
    ...(await takenSignals(tx, tenantId, archived, entry)),
    ...(await takenKeys(tx, tenantId, archived)),
  ];
}

async function takenSignals(
  tx: Queryable,
  tenantId: string,
  { signals, state: { plan } }: ArchivedPlan,
  entry: (part: ArchivedPart, id: string) => string,
): Promise<ArchiveIssue[]> {
  if (signals.length === 0) return [];
  const { rows } = await tx.query<{ rule: string; ordinal: number; status: string }>(
    'select rule, ordinal, status from safety_signal where tenant = $1 and patient_id = $2',
    [tenantId, plan.patientId],
  );
  return signals.flatMap(({ signal }) => {
    const same = rows.filter(({ rule }) => rule === signal.rule);
    const path = entry('safety', signal.id);
    if (same.some(({ ordinal }) => ordinal === signal.ordinal)) {
      return [
        { path: `${path}: ordinal`, problem: 'is that of another signal of this patient and rule, which stands here' },
      ];
    }
    if (signal.status === 'open' && same.some(({ status }) => status === 'open')) {
      return [
        { path: `${path}: status`, problem: 'is active, and a signal of this patient and rule is open here already' },
      ];
    }
    return [];
  });
}

async function takenKeys(tx: Queryable, tenantId: string, { sourceKeys }: ArchivedPlan): Promise<ArchiveIssue[]> {
  const keys = [...sourceKeys].flatMap(([artefactId, named]) => named.map((key) => ({ artefactId, ...key })));
  if (keys.length === 0) return [];
  const { rows } = await tx.query<{ artefactId: string }>(
    `select g."artefactId" from jsonb_to_recordset($2::jsonb) as g("clientId" text, operation text, "sourceId" text, "artefactId" text)
       join source_key k on k.tenant = $1 and k.client_id = g."clientId" and k.operation = g.operation and k.source_id = g."sourceId"
      order by 1`,
    [tenantId, JSON.stringify(keys)],
  );
  return rows.map(({ artefactId }) => ({
    path: `${artefactId}: record-row.sourceKey`,
    problem: 'is the name that its source system has given to something else here',
  }));
}
