import type { Instant, PlanState } from '../homework/model.ts';
import { commitPlan } from './commit-plan.ts';
import type { Queryable } from './database/database.ts';
import type { HomeworkRecord } from './homework-record.ts';
import { loadPlanState, type PlanMember } from './load-plan-state.ts';
import { maskState } from './mask-log.ts';
import { claimSourceKey } from './source-key.ts';
import type { Sourced } from './sourced.ts';
import { tenantOf } from './tenant-of.ts';
import { unknownArtefact } from './unknown-artefact.ts';

export interface PlanChange {
  /** Which plan: itself, or something that belongs to it. */
  readonly of: PlanMember;
  /** For a command that makes something under its source system's name. */
  readonly source?: { readonly operation: string; readonly command: Sourced; readonly artefactId: string };
  /** The pure operation. May read by `tx`; must not write. */
  apply(state: PlanState, at: Instant, tx: Queryable): PlanState | Promise<PlanState>;
}

export interface ChangedPlan {
  /** As everyone but the patient may see it: withheld answers are masked. */
  readonly state: PlanState;
  readonly version: number;
  /** False: it was made before under the same source id, and nothing has changed. */
  readonly created: boolean;
  /** Id of what was made: the given one, or that of the first time. */
  readonly artefactId: string;
  readonly at: Instant;
}

/**
 * The one transaction of every change: locks the plan, loads it, applies a pure operation, saves what differs, projects
 * it to FHIR and says what is wanted in the EHR. Either all of it is written, or nothing.
 * @throws `unknown-artefact`, `source-id-conflict`, and whatever the operation refuses
 */
export async function changePlan(record: HomeworkRecord, tenantId: string, change: PlanChange): Promise<ChangedPlan> {
  tenantOf(record, tenantId);
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const { source } = change;
  const result = await record.database.transaction(async (tx) => {
    // the name before the plan, always: two changes that take both locks take them in the same order
    const known = source && (await claimSourceKey(tx, { tenantId, at, ...source }));
    const loaded = await loadPlanState(tx, tenantId, change.of, 'wait');
    if (loaded === undefined) throw unknownArtefact(change.of);
    const { state: before, version, digests } = loaded;
    const artefactId = known ?? source?.artefactId ?? change.of.id;
    const after = known === undefined ? await change.apply(before, at, tx) : before;
    if (after === before) return { state: before, version, wanted: 0, artefactId, created: known === undefined };
    const committed = await commitPlan(tx, record, tenantId, { before, after, version, digests, at });
    const { noticed: _raised, ...state } = after;
    return { ...committed, state, artefactId, created: true };
  });
  if (result.wanted > 0) {
    record.reach('domain:after-commit');
    record.changed();
  }
  const { state, version, created, artefactId } = result;
  return { state: maskState(state), version, created, artefactId, at };
}
