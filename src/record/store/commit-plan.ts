import type { Instant, PlanState } from '../../homework/model.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { want } from '../ledger/want.ts';
import { raiseNoticed } from '../safety/raise-noticed.ts';
import { tenantOf } from '../tenant-of.ts';
import { projectChange } from './project-change.ts';
import { savePlanState } from './save-plan-state.ts';
import { saveResources } from './save-resources.ts';

export interface CommittedPlan {
  /** The plan's version after the change. */
  readonly version: number;
  /** How many artefacts are now wanted in the EHR. */
  readonly wanted: number;
}

/**
 * The part of a change that every change has: domain rows, their projection, the ledger, and the safety
 * signals that a log raises; inside the caller's
 * transaction, as its last step.
 */
export async function commitPlan(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  change: {
    before: PlanState | undefined;
    after: PlanState;
    /** The stored plan's version, 0 for a new one. */
    version: number;
    at: Instant;
  },
): Promise<CommittedPlan> {
  const { before, after, at } = change;
  const version = await savePlanState(tx, tenantId, { ...change, actor: record.actor });
  const projected = await projectChange(tx, record, tenantId, { before, after, at, stored: change.version > 0 });
  const { timeZone } = tenantOf(record, tenantId);
  const changed = await saveResources(tx, tenantId, after.plan, projected, { at, timeZone });
  const sent = changed.filter((projectedResource) => projectedResource.unsent !== true);
  const wantedOfPlan = await want(tx, tenantId, after.plan, sent, record.clock.now());
  // last, because it takes the patient: plans come before patients, and a plan's groups before a signal's
  const raised = await raiseNoticed(tx, record, tenantId, { plan: after.plan, noticed: after.noticed ?? [], at });
  const wanted = wantedOfPlan + raised.wanted;
  record.reach('domain:before-commit');
  return { version, wanted };
}
