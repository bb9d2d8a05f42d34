import { type CloseSignal, closeSignal } from '../../homework/safety/close-signal.ts';
import type { SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { personOf, requirePerson } from '../use-cases/require-person.ts';
import { sweepPlan } from '../use-cases/sweep-plans.ts';
import { commitSignal } from './commit-signal.ts';
import { lockPatient } from './lock-patient.ts';
import { readSignals } from './read-signals.ts';

export interface CloseSafetySignal extends Omit<CloseSignal, 'via'> {
  readonly signalId: string;
}

/**
 * Closes a safety signal by a person's decision. What waited for it in the patient's plans goes on: they are marked as due
 * for the sweep in the same transaction, and swept at once.
 * @throws `unknown-tenant`, `person-needed`, `unknown-artefact`, `signal-closed`, `invalid-request`
 */
export async function closeSafetySignal(
  record: HomeworkRecord,
  tenantId: string,
  { signalId, by, reason }: CloseSafetySignal,
): Promise<SafetySignal> {
  tenantOf(record, tenantId);
  requirePerson(record.actor, 'closeSafetySignal');
  const at = (await record.clockOf(tenantId)).now().toISOString();
  const closed = await record.database.transaction(async (tx) => {
    const [found] = await readSignals(tx, tenantId, { id: signalId });
    if (found === undefined) throw unknownArtefact({ artefact: 'safety', id: signalId });
    const { patientId } = found;
    // plans before the patient, and in order, as everyone takes them
    const { rows } = await tx.query<{ id: string }>(
      `select id from plan where tenant = $1 and patient_id = $2 and status = 'active' order by id for update`,
      [tenantId, patientId],
    );
    await lockPatient(tx, tenantId, patientId, record.clock.now());
    const [signal] = await readSignals(tx, tenantId, { id: signalId });
    const after = closeSignal(signal ?? found, { by: personOf(record.actor, by), reason }, at);
    const wanted = await commitSignal(tx, record, tenantId, { signal: after, at });
    const plans = rows.map(({ id }) => id);
    await tx.query(
      `update plan set sweep_at = least(coalesce(sweep_at, $3::timestamptz), $3::timestamptz)
       where tenant = $1 and id = any($2)`,
      [tenantId, plans, at],
    );
    return { after, plans, wanted };
  });
  // each in its own transaction; what is not reached here the sweep finds within a minute
  for (const planId of closed.plans) await sweepPlan(record, tenantId, planId, at).catch(leaveToTheSweep);
  if (closed.wanted > 0) {
    record.reach('domain:after-commit');
    record.changed();
  }
  return closed.after;
}

/** The signal is closed, whatever becomes of a plan; the sweep meets the same error, and says so. */
function leaveToTheSweep(): void {}
