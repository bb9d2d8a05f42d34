import { projectSignal } from '../../fhir/project-signal.ts';
import type { Instant } from '../../homework/model.ts';
import type { SafetySignal } from '../../homework/safety/safety-signal.ts';
import { actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { want } from '../ledger/want.ts';
import { saveResources } from '../store/save-resources.ts';
import { sourceNameOf } from '../store/source-name.ts';
import { tenantOf } from '../tenant-of.ts';
import { ownerOfSignal, signalOwners } from './signal-owners.ts';

/**
 * Saves a signal, its resources and what of them is wanted in the EHR, inside the caller's transaction.
 * @returns how many artefacts are now wanted.
 */
export async function commitSignal(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { signal, at }: { readonly signal: SafetySignal; readonly at: Instant },
): Promise<number> {
  const { id, version, patientId, planId, rule, ordinal, status } = signal;
  const owners = await signalOwners(tx, tenantId, signal);
  const owner = await ownerOfSignal(tx, tenantId, signal, owners);
  await tx.query(
    `insert into safety_signal (tenant, id, version, updated_at, patient_id, plan_id, rule, ordinal, status, body, made_by, changed_by, owners)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $11, $12::text[])
     on conflict (tenant, id) do update set patient_id = excluded.patient_id, plan_id = excluded.plan_id, version = excluded.version,
       updated_at = greatest(safety_signal.updated_at, excluded.updated_at), status = excluded.status, body = excluded.body,
       changed_by = excluded.changed_by, owners = excluded.owners`,
    [
      tenantId,
      id,
      version,
      at,
      patientId,
      planId,
      rule,
      ordinal,
      status,
      JSON.stringify(signal),
      actorKey(record.actor),
      owners,
    ],
  );
  // the patient's plans say it too: the list of those who need care is read by an index of plans
  await tx.query(
    `update plan p set at_risk = not p.at_risk where p.tenant = $1 and p.patient_id = $2 and p.at_risk <> exists (
       select from safety_signal s where s.tenant = $1 and s.patient_id = $2 and s.status = 'open')`,
    [tenantId, patientId],
  );
  const projected = projectSignal(signal, safetyContextOf(record, tenantId));
  const plan = { id: planId, patientId };
  const { timeZone } = tenantOf(record, tenantId);
  const changed = await saveResources(tx, tenantId, plan, projected, { at, timeZone, owner });
  // also of those whose content is as before: who may see them may have changed
  await tx.query('update resource set owner = $3 where tenant = $1 and id = any($2::text[]) and owner <> $3', [
    tenantId,
    projected.map(({ id: name }) => name),
    owner,
  ]);
  return want(tx, tenantId, plan, changed, record.clock.now());
}

/** How this tenant's signals are projected. */
export function safetyContextOf(record: HomeworkRecord, tenantId: string) {
  const { name, timeZone, language } = tenantOf(record, tenantId);
  return {
    ...({ tenantName: name, sensitivity: 'MH', timeZone, language } as const),
    sourceName: sourceNameOf(record, tenantId),
  };
}
