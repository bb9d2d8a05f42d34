import type { ArchivedPart, ArchivedPlan, RowFacts } from '../../fhir/archive/archived-plan.ts';
import type { Queryable } from '../database/database.ts';
import { archivedTables } from './load-archive.ts';

/** Sets how often a row was saved, when, and by whom, to what they were when it was exported. */
export async function restoreFacts(
  tx: Queryable,
  tenantId: string,
  { facts, changes, state: { plan } }: ArchivedPlan,
): Promise<void> {
  const byPart = Map.groupBy(facts, ([key]) => key.slice(0, key.indexOf('/')) as ArchivedPart);
  for (const [part, entries] of byPart) {
    const rows = entries.map(([key, row]: [string, RowFacts]) => ({ id: key.slice(key.indexOf('/') + 1), ...row }));
    await tx.query(
      `update ${archivedTables[part]} t set version = g.version, updated_at = g."updatedAt", made_by = g."madeBy", changed_by = g."changedBy"
         from jsonb_to_recordset($2::jsonb) as g(id text, version int, "updatedAt" timestamptz, "madeBy" text, "changedBy" text)
        where t.tenant = $1 and t.id = g.id`,
      [tenantId, JSON.stringify(rows)],
    );
  }
  // the insert has noted a first change of its own
  await tx.query('delete from plan_change where tenant = $1 and plan_id = $2', [tenantId, plan.id]);
  await tx.query(
    `insert into plan_change (tenant, plan_id, version, at, actor, session)
     select $1, $2, version, at, actor, session
       from jsonb_to_recordset($3::jsonb) as g(version int, at timestamptz, actor text, session text)`,
    [tenantId, plan.id, JSON.stringify(changes)],
  );
}

/** Brings back the safety signals that stand in the plan's ledger; the patient's plans then say whether one is open. */
export async function restoreSignals(
  tx: Queryable,
  tenantId: string,
  { signals, facts, state: { plan } }: ArchivedPlan,
): Promise<void> {
  for (const { signal, owners } of signals) {
    const { id, version, patientId, planId, rule, ordinal, status } = signal;
    const row = facts.get(`safety/${id}`);
    await tx.query(
      `insert into safety_signal (tenant, id, version, updated_at, patient_id, plan_id, rule, ordinal, status, body, made_by, changed_by, owners)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13::text[])`,
      [
        ...[tenantId, id, version, row?.updatedAt, patientId, planId, rule, ordinal, status, JSON.stringify(signal)],
        ...[row?.madeBy, row?.changedBy, owners],
      ],
    );
  }
  await tx.query(
    `update plan p set at_risk = not p.at_risk where p.tenant = $1 and p.patient_id = $2 and p.at_risk <> exists (
       select from safety_signal s where s.tenant = $1 and s.patient_id = $2 and s.status = 'open')`,
    [tenantId, plan.patientId],
  );
}

/** Brings back what source systems called things, so that what they tell again makes nothing new. */
export async function restoreSourceKeys(tx: Queryable, tenantId: string, { sourceKeys }: ArchivedPlan): Promise<void> {
  const rows = [...sourceKeys].flatMap(([artefactId, keys]) => keys.map((key) => ({ artefactId, ...key })));
  if (rows.length === 0) return;
  await tx.query(
    `insert into source_key (tenant, client_id, operation, source_id, digest, artefact_id, created_at)
     select $1, "clientId", operation, "sourceId", digest, "artefactId", "createdAt"
       from jsonb_to_recordset($2::jsonb) as g("clientId" text, operation text, "sourceId" text, digest text, "artefactId" text, "createdAt" timestamptz)`,
    [tenantId, JSON.stringify(rows)],
  );
}
