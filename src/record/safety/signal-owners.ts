import type { SafetyEvidence, SafetySignal } from '../../homework/safety/safety-signal.ts';
import { actorKey } from '../actor.ts';
import type { Queryable } from '../database/database.ts';

/** Owner of what people report in the app: no source's. */
const ofTheApp = 'app';

/**
 * Whose a signal is, each once: who made the plan in which it was noticed, or the source system that reported it. A signal
 * is the patient's, across plans, so that it may rest on what several systems know.
 */
export async function signalOwners(tx: Queryable, tenantId: string, { evidence }: SafetySignal): Promise<string[]> {
  const makers = await makersOf(tx, tenantId, evidence);
  return [...new Set(evidence.map((safetyEvidence) => evidenceOwner(safetyEvidence, makers)))].sort();
}

/** Whose one piece of evidence is. @param makers who made each plan, by its id */
export function evidenceOwner({ planId, by, via }: SafetyEvidence, makers: ReadonlyMap<string, string>): string {
  if (planId !== undefined) return makers.get(planId) ?? ofTheApp;
  const clientId = via ?? (by.type === 'system' ? by.clientId : undefined);
  return clientId === undefined ? ofTheApp : actorKey({ type: 'source', clientId });
}

/**
 * Whose resources of the signal are: of several owners they are nobody's; and nobody's are those of one that followed on a
 * signal of somebody else's, for they say how often the rule was raised.
 */
export async function ownerOfSignal(
  tx: Queryable,
  tenantId: string,
  { patientId, rule, ordinal }: SafetySignal,
  owners: readonly string[],
): Promise<string> {
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) return '';
  const { rowCount } = await tx.query(
    `select from safety_signal where tenant = $1 and patient_id = $2 and rule = $3 and ordinal < $4 and owners <> array[$5::text]`,
    [tenantId, patientId, rule, ordinal, owner],
  );
  return rowCount === 0 ? owner : '';
}

/** Who made the plans that evidence names, by their ids. */
export async function makersOf(
  database: Queryable,
  tenantId: string,
  evidence: readonly SafetyEvidence[],
): Promise<Map<string, string>> {
  const planIds = [...new Set(evidence.flatMap(({ planId }) => (planId === undefined ? [] : [planId])))];
  if (planIds.length === 0) return new Map();
  const { rows } = await database.query<{ id: string; made_by: string }>(
    'select id, made_by from plan where tenant = $1 and id = any($2::text[])',
    [tenantId, planIds],
  );
  return new Map(rows.map(({ id, made_by }) => [id, made_by]));
}
