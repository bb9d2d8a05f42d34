import { IntersessionError } from '../../homework/errors.ts';
import type { PlanState } from '../../homework/model.ts';
import { activatePlan } from '../../homework/plan/activate-plan.ts';
import { designPlan } from '../../homework/plan/design-plan.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { keepStanding } from '../patient/keep-standing.ts';
import { patientMerged } from '../patient/patient-merged.ts';
import { readStanding } from '../patient/read-standing.ts';
import { commitPlan } from '../store/commit-plan.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { maskState } from '../store/mask-log.ts';
import { claimSourceKey, findSourceKey } from '../store/source-key.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { type CreatePlanCommand, planDesign } from './plan-design.ts';
import { viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { idOf } from './sourced.ts';

export interface CreatedPlan {
  readonly planId: string;
  readonly version: number;
  readonly state: PlanState;
  /** False: it was made before under the same source id; `state` is as it stands now, withheld answers masked. */
  readonly created: boolean;
}

const operation = 'plan';

/**
 * Makes a homework plan, from steps or from a library plan, and activates it unless told not to. The EHR is asked
 * whether it knows the patient; when it cannot be asked, the plan is made and delivery asks before the first write.
 * @throws `unknown-tenant`, `unknown-patient`, `patient-merged`, `unknown-kind`, `unknown-artefact` (library plan),
 * `schedule-never-occurs`, `invalid-request`, `source-id-conflict`, `safety-route-missing`
 */
export async function createPlan(
  record: HomeworkRecord,
  tenantId: string,
  command: CreatePlanCommand,
): Promise<CreatedPlan> {
  const tenant = tenantOf(record, tenantId);
  const known = await findSourceKey(record.database, { tenantId, operation, command });
  if (known !== undefined) return madeBefore(record.database, tenantId, known);

  const at = (await record.clockOf(tenantId)).now().toISOString();
  const planId = idOf(tenantId, { operation, command, patientId: command.patientId });
  const design = designPlan(
    planDesign(planId, command, { tenant, kinds: record.kinds, at, ...viaOf(record.actor) }),
    at,
  );
  const state = command.activate === false ? design : activatePlan(design, at, rulesOfTenant(record, tenantId));
  const [patientState] = await Promise.all([
    verified(record, tenantId, command.patientId),
    refuseWithoutSafetyRoute(record, tenantId),
  ]);

  const result = await record.database.transaction(async (tx) => {
    const first = await claimSourceKey(tx, { tenantId, operation, command, artefactId: planId, at });
    if (first !== undefined) return { ...(await madeBefore(tx, tenantId, first)), wanted: 0 };
    await keepPatient(tx, tenantId, command.patientId, patientState, record.clock.now());
    const committed = await commitPlan(tx, record, tenantId, {
      before: undefined,
      after: state,
      version: 0,
      digests: new Map(),
      at,
    });
    return { planId, state, created: true, ...committed };
  });
  if (result.wanted > 0) {
    record.reach('domain:after-commit');
    record.changed();
  }
  const { wanted: _wanted, ...created } = result;
  return created;
}

async function madeBefore(database: Queryable, tenantId: string, planId: string): Promise<CreatedPlan> {
  const loaded = await loadPlanState(database, tenantId, { artefact: 'plan', id: planId }, 'none');
  if (loaded === undefined) throw unknownArtefact({ artefact: 'plan', id: planId });
  return { planId, version: loaded.version, state: maskState(loaded.state), created: false };
}

/** @throws `safety-route-missing` when it is known that a safety signal would reach nobody */
async function refuseWithoutSafetyRoute(record: HomeworkRecord, tenantId: string): Promise<void> {
  if ((await record.safetyReaches(tenantId)) !== 'nowhere') return;
  const message =
    'No new plan is taken: a safety signal could reach no chart here, and no safetyRoute names whom people call.';
  throw new IntersessionError('safety-route-missing', { tenant: tenantId }, message);
}

/** @throws `unknown-patient`, `patient-merged` */
async function verified(
  record: HomeworkRecord,
  tenantId: string,
  patientId: string,
): Promise<'verified' | 'unverified'> {
  const known = await readStanding(record.database, tenantId, patientId);
  if (known.movedTo !== undefined) throw patientMerged(patientId, known);
  const asked = await record.standingOf(tenantId, patientId);
  if (asked.answer === 'unknown') {
    throw new IntersessionError('unknown-patient', { patientId }, 'The EHR does not know this patient.');
  }
  if (asked.answer === 'unreachable') {
    if (known.state === 'merged') throw patientMerged(patientId, known);
    return 'unverified';
  }
  const { standing } = asked;
  await keepStanding(record.database, tenantId, patientId, { standing, from: 'plan', at: record.clock.now() });
  if (standing.state === 'merged') throw patientMerged(patientId, standing);
  return 'verified';
}

async function keepPatient(
  tx: Queryable,
  tenantId: string,
  patientId: string,
  state: 'verified' | 'unverified',
  machineNow: Date,
): Promise<void> {
  // an EHR that is down now takes nothing back of what it said before
  await tx.query(
    `insert into patient (tenant, id, state, checked_at) values ($1, $2, $3, $4)
     on conflict (tenant, id) do update set state = excluded.state, checked_at = excluded.checked_at
     where excluded.state = 'verified' or patient.state <> 'verified'`,
    [tenantId, patientId, state, machineNow],
  );
}

export type { CreatePlanCommand, NewAssignment, NewGoal } from './plan-design.ts';
