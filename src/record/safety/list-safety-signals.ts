import { defined } from '../../foundation/defined.ts';
import type { SafetySignal } from '../../homework/safety/safety-signal.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { seesOnly } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { readSignals } from './read-signals.ts';
import { type SeenSignal, seenSignals } from './seen-signal.ts';

export interface ListSafetySignals {
  readonly patientId: string;
  readonly status?: SafetySignal['status'];
}

/** A patient's safety signals, across plans: the open ones first, then the latest raised first. @throws `unknown-tenant` */
export async function listSafetySignals(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, status }: ListSafetySignals,
): Promise<readonly SeenSignal[]> {
  tenantOf(record, tenantId);
  const owner = seesOnly(record.actor);
  const found = await readSignals(record.database, tenantId, {
    ...{ patientId, owner },
    ...defined({ status }),
  });
  return seenSignals(record, tenantId, found);
}
