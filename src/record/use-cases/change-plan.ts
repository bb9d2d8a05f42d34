import type { Instant, PlanState } from '../../homework/model.ts';
import { keepOrder } from '../../homework/plan/keep-order.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { commitPlan } from '../store/commit-plan.ts';
import { loadPlanState, type PlanMember } from '../store/load-plan-state.ts';
import { maskState } from '../store/mask-log.ts';
import { refuseForeignPlan } from '../store/own-reach.ts';
import { ownerIn } from '../store/owner-of.ts';
import { claimSourceKey } from '../store/source-key.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { idOf, type Sourced } from './sourced.ts';

export interface PlanChange {
  /** Which plan: itself, or something that belongs to it. */
  readonly of: PlanMember;
  /** For a command that makes something under its source system's name. */
  readonly source?: NamedSource;
  /** The pure operation. May read by `tx`; must not write. */
  apply(state: PlanState, at: Instant, applied: Applied): PlanState | Promise<PlanState>;
}

/** A name of the source system's, and what it stands for. */
export interface NamedSource {
  readonly operation: string;
  readonly command: Sourced;
  /**
   * Something that was made before and that the name stands for, too: a draft that it goes on with. Asked before the plan
   * is locked, so `apply` must see whether it still holds.
   */
  goesOnWith?(tx: Queryable): Promise<string | undefined>;
}

/** What an operation is given besides the plan. */
export interface Applied {
  readonly tx: Queryable;
  /** Id of what a `source` command makes; without one, of what the change is about. */
  readonly artefactId: string;
}

export interface ChangedPlan {
  /** As everyone but the patient may see it: withheld answers are masked. */
  readonly state: PlanState;
  readonly version: number;
  /** False: it was made before under the same source id, and nothing has changed. */
  readonly created: boolean;
  /** Id of what was made, now or the first time; without a `source`, of what the change is about. */
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
    await refuseForeignPlan(tx, tenantId, { actor: record.actor, of: change.of });
    // the name before the plan, always: two changes that take both locks take them in the same order
    const claimed = source && (await claimName(tx, tenantId, { of: change.of, at, ...source }));
    const loaded = await loadPlanState(tx, tenantId, change.of, 'wait');
    if (loaded === undefined) throw unknownArtefact(change.of);
    const { state: before, version } = loaded;
    const artefactId = claimed?.artefactId ?? change.of.id;
    const created = claimed?.known !== true;
    const after = created ? keepOrder(before, await change.apply(before, at, { tx, artefactId })) : before;
    if (after === before) return { state: before, version, wanted: 0, artefactId, created };
    const committed = await commitPlan(tx, record, tenantId, { before, after, version, at });
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

/** The id of what is about to be made, or of what was made before under that name. @throws `unknown-artefact` */
async function claimName(
  tx: Queryable,
  tenantId: string,
  { of, at, ...source }: { of: PlanMember; at: Instant } & NamedSource,
): Promise<{ readonly artefactId: string; readonly known: boolean }> {
  const { patientId } = await ownerIn(tx, tenantId, of);
  const artefactId = (await source.goesOnWith?.(tx)) ?? idOf(tenantId, { ...source, patientId });
  const first = await claimSourceKey(tx, { tenantId, at, artefactId, ...source });
  return { artefactId: first ?? artefactId, known: first !== undefined };
}
