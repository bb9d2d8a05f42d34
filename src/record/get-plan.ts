import { adherencesOf } from '../homework/adherence-of.ts';
import type { Adherence, Instant, PlanState } from '../homework/model.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { type LedgerRow, ledgerColumns } from './ledger/ledger-row.ts';
import { loadPlanState } from './load-plan-state.ts';
import { maskLog } from './mask-log.ts';
import { tenantOf } from './tenant-of.ts';
import { unknownArtefact } from './unknown-artefact.ts';

/** A plan with all that belongs to it, what was done of it, and where it stands in the EHR. */
export interface PlanView extends Omit<PlanState, 'openSafetySignals' | 'deceased'> {
  readonly version: number;
  readonly updatedAt: Instant;
  /** Of the plan (without `assignmentId`) and of every assignment that was ever unlocked. */
  readonly adherences: readonly Adherence[];
  readonly ledger: readonly LedgerRow[];
}

/** Reads a plan. Answers that the patient doesn't share are masked. @throws `unknown-tenant`, `unknown-artefact` */
export async function getPlan(record: HomeworkRecord, tenantId: string, planId: string): Promise<PlanView> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  const { rows: ledger } = await record.database.query<LedgerRow>(
    `select ${ledgerColumns} from ledger l where l.tenant = $1 and l.plan_id = $2 order by l.artefact, l.id`,
    [tenantId, planId],
  );
  const { openSafetySignals: _ours, deceased: _known, ...state } = loaded.state;
  return {
    ...state,
    logs: state.logs.map(maskLog),
    version: loaded.version,
    updatedAt: loaded.updatedAt,
    adherences: adherencesOf(loaded.state, at),
    ledger,
  };
}
