import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { PlanState } from '../../homework/model.ts';
import { activatePlan } from '../../homework/plan/activate-plan.ts';
import { designPlan } from '../../homework/plan/design-plan.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { keepPatient, patientStateOf } from '../patient/admit-patient.ts';
import { commitPlan } from '../store/commit-plan.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { maskState } from '../store/mask-log.ts';
import { claimSourceKey, findSourceKey } from '../store/source-key.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { checkLinks } from './check-links.ts';
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
  checkLinks(
    record.kinds,
    design.assignments.map((step, index) => ({ step, at: `assignments[${index}].` })),
    design.assignments,
  );
  const state =
    command.activate === false ? design : activatePlan(design, at, rulesOfTenant(record, tenantId, design.assignments));
  const [patientState] = await Promise.all([
    patientStateOf(record, tenantId, command.patientId),
    refuseWithoutSafetyRoute(record, tenantId),
  ]);

  const result = await record.database.transaction(async (tx) => {
    const first = await claimSourceKey(tx, { tenantId, operation, command, artefactId: planId, at });
    if (first !== undefined) return { ...(await madeBefore(tx, tenantId, first)), wanted: 0 };
    await keepPatient(tx, tenantId, { patientId: command.patientId, state: patientState, at: record.clock.now() });
    const committed = await commitPlan(tx, record, tenantId, {
      before: undefined,
      after: state,
      version: 0,
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
