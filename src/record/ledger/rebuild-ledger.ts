import { projectSignal } from '../../fhir/project-signal.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { safetyContextOf } from '../safety/commit-signal.ts';
import { readSignals } from '../safety/read-signals.ts';
import { ownerOfSignal, signalOwners } from '../safety/signal-owners.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { projectChange } from '../store/project-change.ts';
import { saveResources } from '../store/save-resources.ts';
import { tenantOf } from '../tenant-of.ts';
import { restoreWithdrawals } from './restore-withdrawals.ts';
import { type Wanted, want } from './want.ts';
import { wantLookedFor } from './want-looked-for.ts';

export interface RebuiltLedger {
  readonly plans: number;
  /** Resources whose projection was not what it should be, and is now. */
  readonly resources: number;
  /** Artefacts that are wanted by it: those just mentioned, and those that had no ledger row. */
  readonly wanted: number;
  /** Those of them that had no ledger row and that a person had withdrawn: they are looked for, and not sent. */
  readonly withdrawn: number;
}

const batchSize = 100;

/**
 * Makes the projection and the ledger anew from the record, plan by plan. A row that is lost comes back as `unknown`:
 * delivery then looks for it in the EHR before it sends anything. What a person withdrew is looked for and not sent, as far as
 * the evidence of that decision is left. Rows that stand are left as they are.
 */
export async function rebuildLedger(record: HomeworkRecord, tenantId: string): Promise<RebuiltLedger> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const total = { plans: 0, resources: 0, wanted: 0, withdrawn: 0 };
  for await (const planId of planIds(record, tenantId)) {
    const rebuilt = await rebuildPlan(record, tenantId, planId, at);
    total.plans += 1;
    total.resources += rebuilt.resources;
    total.wanted += rebuilt.wanted;
    total.withdrawn += rebuilt.withdrawn;
  }
  if (total.wanted > 0) record.changed();
  return total;
}

async function* planIds(record: HomeworkRecord, tenantId: string): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const { rows } = await record.database.query<{ id: string }>(
      'select id from plan where tenant = $1 and id > $2 order by id limit $3',
      [tenantId, after, batchSize],
    );
    for (const { id } of rows) yield id;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function rebuildPlan(record: HomeworkRecord, tenantId: string, planId: string, at: string) {
  return record.database.transaction(async (tx) => {
    const loaded = await loadPlanState(tx, tenantId, { artefact: 'plan', id: planId }, 'wait');
    if (loaded === undefined) return { resources: 0, wanted: 0, withdrawn: 0 };
    const { state } = loaded;
    const ofPlan = await projectChange(tx, record, tenantId, { before: undefined, after: state, at, stored: true });
    const signals = await readSignals(tx, tenantId, { planId });
    const context = safetyContextOf(record, tenantId);
    const { timeZone } = tenantOf(record, tenantId);
    const saving = { at, timeZone };
    const projected = [...ofPlan];
    const changed = await saveResources(tx, tenantId, state.plan, ofPlan, saving);
    for (const signal of signals) {
      const ofSignal = projectSignal(signal, context);
      const owner = await ownerOfSignal(tx, tenantId, signal, await signalOwners(tx, tenantId, signal));
      changed.push(...(await saveResources(tx, tenantId, state.plan, ofSignal, { ...saving, owner })));
      projected.push(...ofSignal);
    }
    const { rows } = await tx.query<{ artefact: string; id: string }>(
      'select artefact, id from ledger where tenant = $1 and plan_id = $2',
      [tenantId, planId],
    );
    const known = new Set(rows.map(({ artefact, id }) => `${artefact}/${id}`));
    const again = new Set<Wanted>(changed);
    const sent = projected.filter((projectedResource) => projectedResource.unsent !== true);
    const isKnown = ({ artefact, id }: Wanted) => known.has(`${artefact}/${id}`);
    const now = record.clock.now();
    const changedRows = sent.filter((projectedResource) => isKnown(projectedResource) && again.has(projectedResource));
    const lostRows = sent.filter((projectedResource) => !isKnown(projectedResource));
    const wanted =
      (await want(tx, tenantId, state.plan, changedRows, now)) +
      (await wantLookedFor(tx, tenantId, state.plan, lostRows, now));
    const withdrawn = await restoreWithdrawals(tx, tenantId, planId, lostRows);
    return { resources: changed.length, wanted, withdrawn };
  });
}
