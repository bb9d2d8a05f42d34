import type { FhirResource } from 'fhir/r4';
import {
  type ArchivedPart,
  type ArchivedPlan,
  type ArchivedSignal,
  type ChangeFacts,
  factsKey,
  type RowFacts,
  type SourceKeyFacts,
} from '../../fhir/archive/archived-plan.ts';
import { defined } from '../../foundation/defined.ts';
import type { Instant } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import { loadPlanState } from '../store/load-plan-state.ts';

/** The table of each part. */
export const archivedTables = {
  plan: 'plan',
  assignment: 'assignment',
  occurrence: 'occurrence',
  log: 'log',
  barrier: 'barrier',
  feedback: 'feedback',
  report: 'report',
  safety: 'safety_signal',
} as const satisfies Record<ArchivedPart, string>;

const factsSql = Object.entries(archivedTables)
  .map(([part, table]) => {
    const ofPlan = part === 'plan' ? 'id' : 'plan_id';
    return `select '${part}' as part, id, version, updated_at, made_by, changed_by from ${table} where tenant = $1 and ${ofPlan} = $2`;
  })
  .join(' union all ');

interface FactsRow {
  part: ArchivedPart;
  id: string;
  version: number;
  updated_at: Instant;
  made_by: string;
  changed_by: string;
}

/**
 * All that the record holds of one plan, as of one moment: its row is locked, so call it in a transaction.
 * @returns undefined when there is no such plan
 */
export async function loadArchive(tx: Queryable, tenantId: string, planId: string): Promise<ArchivedPlan | undefined> {
  const loaded = await loadPlanState(tx, tenantId, { artefact: 'plan', id: planId }, 'wait');
  if (loaded === undefined) return undefined;
  const { openSafetySignals: _counted, deceased: _told, ...state } = loaded.state;
  const ofPlan = [tenantId, planId];
  const facts = await tx.query<FactsRow>(factsSql, ofPlan);
  const changes = await tx.query<{ version: number; at: Instant; actor: string; session: string | null }>(
    'select version, at, actor, session from plan_change where tenant = $1 and plan_id = $2 order by version',
    ofPlan,
  );
  const stored = await tx.query<{ content: FhirResource; version: number; last_updated: Instant }>(
    'select content, version, last_updated from resource where tenant = $1 and plan_id = $2 order by type, id',
    ofPlan,
  );
  const withdrawn = await tx.query<{ name: string; reason: string }>(
    `select resource_type || '/' || id as name, coalesce(nullif(reason, ''), 'withdrawn') as reason
       from ledger where tenant = $1 and plan_id = $2 and withdraw order by artefact, id`,
    ofPlan,
  );
  return {
    state,
    signals: await loadSignals(tx, tenantId, planId),
    facts: new Map(
      facts.rows.map(({ part, id, version, updated_at, made_by, changed_by }): [string, RowFacts] => [
        factsKey(part, id),
        { version, updatedAt: updated_at, madeBy: made_by, changedBy: changed_by },
      ]),
    ),
    changes: changes.rows.map(
      ({ session, ...change }): ChangeFacts => ({ ...change, ...defined({ session: session ?? undefined }) }),
    ),
    sourceKeys: await loadSourceKeys(
      tx,
      tenantId,
      facts.rows.map(({ id }) => id),
    ),
    withdrawn: new Map(withdrawn.rows.map(({ name, reason }) => [name, reason])),
    stored: stored.rows.map(({ content, version, last_updated }) => ({
      resource: content,
      version,
      lastUpdated: last_updated,
    })),
  };
}

async function loadSignals(tx: Queryable, tenantId: string, planId: string): Promise<ArchivedSignal[]> {
  const { rows } = await tx.query<{ body: ArchivedSignal['signal']; owners: string[]; owner: string | null }>(
    `select s.body, to_jsonb(s.owners) as owners, r.owner from safety_signal s
       left join resource r on r.tenant = s.tenant and r.type = 'Flag' and r.id = s.id
      where s.tenant = $1 and s.plan_id = $2 order by s.rule, s.ordinal`,
    [tenantId, planId],
  );
  return rows.map(({ body, owners, owner }) => ({ signal: body, owners, shownTo: owner ?? '' }));
}

async function loadSourceKeys(
  tx: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, SourceKeyFacts[]>> {
  const { rows } = await tx.query<SourceKeyFacts & { artefactId: string }>(
    `select artefact_id as "artefactId", client_id as "clientId", operation, source_id as "sourceId", digest, created_at as "createdAt"
       from source_key where tenant = $1 and artefact_id = any($2::text[]) and operation <> $3
      order by artefact_id, client_id, operation, source_id`,
    [tenantId, ids, importOperation],
  );
  const byId = new Map<string, SourceKeyFacts[]>();
  for (const { artefactId, ...key } of rows) byId.set(artefactId, [...(byId.get(artefactId) ?? []), key]);
  return byId;
}

/** Under this operation the record notes which export a plan was brought back from. */
export const importOperation = 'import';
