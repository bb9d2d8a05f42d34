import type { SafetySignal } from '../../homework/safety-signal.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { readSignals } from './read-signals.ts';

export interface ListSafetySignals {
  readonly patientId: string;
  readonly status?: SafetySignal['status'];
}

/** A patient's safety signals, across plans: the open ones first, then the latest raised first. @throws `unknown-tenant` */
export async function listSafetySignals(
  record: HomeworkRecord,
  tenantId: string,
  { patientId, status }: ListSafetySignals,
): Promise<readonly SafetySignal[]> {
  tenantOf(record, tenantId);
  return readSignals(record.database, tenantId, { patientId, ...(status === undefined ? {} : { status }) });
}
