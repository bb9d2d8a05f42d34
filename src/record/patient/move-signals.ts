import { renamePatient } from '../../homework/patient/move-to-patient.ts';
import { closeSignal } from '../../homework/safety/close-signal.ts';
import type { SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { commitSignal } from '../safety/commit-signal.ts';
import { readSignals } from '../safety/read-signals.ts';
import { viaOf } from '../use-cases/require-person.ts';
import type { MovePatient } from './move-plan.ts';

/**
 * Moves a patient's safety signals inside the caller's transaction. Of two open ones by the same rule the survivor's stays
 * open, and the other is closed in its favour by whoever confirmed the merge: the worry about the person stays open.
 * @returns how many artefacts are wanted by it
 */
export async function moveSignals(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { from, to, at, by }: MovePatient & { readonly by: string },
): Promise<number> {
  const [theirs, own] = [
    await readSignals(tx, tenantId, { patientId: from }),
    await readSignals(tx, tenantId, { patientId: to }),
  ];
  const taken = new Map<string, number>();
  for (const { rule, ordinal } of own) taken.set(rule, Math.max(taken.get(rule) ?? 0, ordinal));
  let wanted = 0;
  for (const signal of theirs.toSorted((a, b) => a.ordinal - b.ordinal)) {
    const ordinal = (taken.get(signal.rule) ?? 0) + 1;
    taken.set(signal.rule, ordinal);
    const standing = own.find(({ rule, status }) => rule === signal.rule && status === 'open');
    const renamed = renamePatient({ ...signal, ordinal, version: signal.version + 1 }, { from, to });
    const moved: SafetySignal =
      signal.status === 'open' && standing !== undefined
        ? closeSignal(
            renamed,
            {
              ...{ by, reason: `The patient's records were merged; the same is open as ${standing.id}.` },
              ...viaOf(record.actor),
            },
            at,
          )
        : renamed;
    await tx.query(
      `update safety_signal set patient_id = $3, ordinal = $4, status = $5, body = $6::jsonb where tenant = $1 and id = $2`,
      [tenantId, signal.id, to, ordinal, moved.status, JSON.stringify(moved)],
    );
    wanted += await commitSignal(tx, record, tenantId, { signal: moved, at });
  }
  return wanted;
}
