import type { Instant, Plan } from '../../homework/model.ts';
import { raiseSignal } from '../../homework/safety/raise-signal.ts';
import type { NoticedRisk, SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { deriveId } from '../store/derive-id.ts';
import { commitSignal } from './commit-signal.ts';
import { lockPatient } from './lock-patient.ts';
import { readSignals } from './read-signals.ts';

export interface RaiseNoticed {
  /** Whose risk it is, and in whose ledger a new signal stands. */
  readonly plan: Pick<Plan, 'id' | 'patientId'>;
  readonly noticed: readonly NoticedRisk[];
  readonly at: Instant;
}

/**
 * Raises what was noticed, one signal per rule, inside the caller's transaction: with the log that it was noticed in, or not
 * at all.
 * @returns the signals as they stand, in the order of `noticed`, and how many artefacts are wanted by it
 */
export async function raiseNoticed(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { plan, noticed, at }: RaiseNoticed,
): Promise<{ readonly signals: readonly SafetySignal[]; readonly wanted: number }> {
  if (noticed.length === 0) return { signals: [], wanted: 0 };
  const { id: planId, patientId } = plan;
  await lockPatient(tx, tenantId, patientId, record.clock.now());
  const signals: SafetySignal[] = [];
  let wanted = 0;
  for (const { rule, evidence, again } of noticed) {
    const known = await readSignals(tx, tenantId, { patientId, rule });
    // derived, so that the record told again makes the same signal
    const idOf = (ordinal: number) => deriveId('safety', tenantId, patientId, rule, String(ordinal));
    const signal = raiseSignal(known, { patientId, planId, rule, evidence, again, idOf }, at);
    if (!known.includes(signal)) wanted += await commitSignal(tx, record, tenantId, { signal, at });
    signals.push(signal);
  }
  return { signals, wanted };
}
