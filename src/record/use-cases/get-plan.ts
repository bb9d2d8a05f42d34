import { defined } from '../../foundation/defined.ts';
import type { Adherence, Instant, PlanState } from '../../homework/model.ts';
import { adherencesOf } from '../../homework/plan/adherence-of.ts';
import { proposeClose } from '../../homework/plan/propose-close.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type LedgerRow, ledgerColumns, ownedRow } from '../ledger/ledger-row.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { maskLog } from '../store/mask-log.ts';
import { seesOnly, seesSafety } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { mayReadReport } from './may-read-report.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

/** A plan with all that belongs to it, what was done of it, and where it stands in the EHR. */
export interface PlanView extends Omit<PlanState, 'openSafetySignals' | 'deceased'> {
  readonly version: number;
  readonly updatedAt: Instant;
  /** Of the plan (without `assignmentId`) and of every assignment that was ever unlocked. */
  readonly adherences: readonly Adherence[];
  readonly ledger: readonly LedgerRow[];
  /** No step is open and none will open by itself: what it would be closed as. A person closes it. */
  readonly proposedClose?: 'completed' | 'revoked';
}

/** Reads a plan. Answers that the patient doesn't share are masked. @throws `unknown-tenant`, `unknown-artefact` */
export async function getPlan(record: HomeworkRecord, tenantId: string, planId: string): Promise<PlanView> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const loaded = await loadPlanState(record.database, tenantId, { artefact: 'plan', id: planId }, 'none');
  const own = seesOnly(record.actor);
  if (loaded === undefined || (own !== undefined && loaded.madeBy !== own))
    throw unknownArtefact({ artefact: 'plan', id: planId });
  const { rows: ledger } = await record.database.query<LedgerRow>(
    `select ${ledgerColumns} from ledger l where l.tenant = $1 and l.plan_id = $2
       and ($3::text is null or ${ownedRow('$3')}) and ($4 or l.artefact <> 'safety') order by l.artefact, l.id`,
    [tenantId, planId, own ?? null, seesSafety(record.actor)],
  );
  const { openSafetySignals: _ours, deceased: _known, ...state } = loaded.state;
  return {
    ...state,
    logs: state.logs.map(maskLog),
    reports: state.reports.filter((report) => mayReadReport(record.actor, report)),
    version: loaded.version,
    updatedAt: loaded.updatedAt,
    adherences: adherencesOf(loaded.state, at),
    ledger,
    ...defined({
      proposedClose: proposeClose(loaded.state, rulesOfTenant(record, tenantId, loaded.state.assignments))?.status,
    }),
  };
}
