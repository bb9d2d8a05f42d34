import type { Instant } from '../../homework/model.ts';
import { moveToPatient } from '../../homework/patient/move-to-patient.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type Wanted, want } from '../ledger/want.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { projectChange } from '../store/project-change.ts';
import { savePlanState } from '../store/save-plan-state.ts';
import { saveResources } from '../store/save-resources.ts';
import { tenantOf } from '../tenant-of.ts';
import { standsByItself } from './stands-by-itself.ts';

export interface MovePatient {
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
}

/** The tables of what is wanted in the EHR; all of a plan's rows move together. */
const tables = ['landing_group', 'ledger'] as const;

/**
 * Moves one plan to another patient inside the caller's transaction, which holds it: domain rows, resources and ledger,
 * and wants anew in the EHR what names the patient there.
 * @returns how many artefacts are wanted by it
 */
export async function movePlan(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { planId, from, to, at }: MovePatient & { readonly planId: string },
): Promise<number> {
  const loaded = await loadPlanState(tx, tenantId, { artefact: 'plan', id: planId }, 'wait');
  if (loaded === undefined) return 0;
  const { state: before, version } = loaded;
  const after = moveToPatient(before, { from, to });
  await tx.query(
    `update plan set patient_id = $3, body = jsonb_set(body, '{patientId}', to_jsonb($3::text)) where tenant = $1 and id = $2`,
    [tenantId, planId, to],
  );
  // also what is not mapped again, of a log that was retracted say: a resource's subject is its row's patient
  await tx.query(
    `update resource set patient_id = $3, content = replace(content::text, '"reference":' || to_json('Patient/' || $4::text)::text,
         '"reference":' || to_json('Patient/' || $3::text)::text)::json
     where tenant = $1 and plan_id = $2`,
    [tenantId, planId, to, from],
  );
  for (const table of tables) {
    // a signal's rows stand in its plan's ledger, and are the same patient's
    await tx.query(`update ${table} set patient_id = $3 where tenant = $1 and plan_id = $2`, [tenantId, planId, to]);
  }
  // an undo would bring back the assignment as it was, with the patient whom it was of
  await tx.query(
    'delete from withdrawal where tenant = $1 and assignment_id in (select id from assignment where tenant = $1 and plan_id = $2)',
    [tenantId, planId],
  );
  await savePlanState(tx, tenantId, { before, after, version, at, actor: record.actor });
  const projected = await projectChange(tx, record, tenantId, { before: undefined, after, at, stored: true });
  const changed = await saveResources(tx, tenantId, after.plan, projected, {
    at,
    timeZone: tenantOf(record, tenantId).timeZone,
  });
  const sent = changed.filter((projectedResource) => projectedResource.unsent !== true);
  return want(tx, tenantId, after.plan, await wantedAnew(tx, tenantId, sent), record.clock.now());
}

/**
 * What of the moved artefacts is to go to the EHR. A note that was filed stays where the EHR has put it, for a second one
 * would be read as a second note; what a report has told, or what stays in the app, has no patient of its own there.
 */
export async function wantedAnew<W extends Wanted>(
  tx: Queryable,
  tenantId: string,
  changed: readonly W[],
): Promise<W[]> {
  const { rows } = await tx.query<{ artefact: string; id: string; state: string; reference: string | null }>(
    `select l.artefact, l.id, l.state, l.ehr_reference as reference
       from unnest($2::text[], $3::text[]) as t(artefact, id)
       join ledger l on l.tenant = $1 and l.artefact = t.artefact and l.id = t.id`,
    [tenantId, changed.map(({ artefact }) => artefact), changed.map(({ id }) => id)],
  );
  const known = new Map(rows.map((row) => [`${row.artefact}/${row.id}`, row]));
  return changed.filter((entry) => {
    const row = known.get(`${entry.artefact}/${entry.id}`);
    return row === undefined || row.state !== 'landed' || standsByItself(row.reference, entry.resource.resourceType);
  });
}
