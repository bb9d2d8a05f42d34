import type { Delivery } from '../delivery/deliver.ts';
import { wakePatientsWaiting } from '../delivery/wake-waiting.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import type { Clock } from '../foundation/clock.ts';
import type { SignedInEvent } from '../http/app-options.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../record/database/database.ts';

/**
 * Somebody has signed in: the EHR's landing table learns what a clinician's token is granted, and what waits for this
 * patient is looked at again. Never throws: the sign-in does not depend on it, and a retry by hand does the same.
 */
export async function personArrived(
  {
    database,
    ehrs,
    clock,
    logger,
    delivery,
  }: {
    readonly database: Database;
    readonly ehrs: ReadonlyMap<string, Ehr>;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly delivery: Delivery;
  },
  { tenantId, patientId, role, scope }: SignedInEvent,
): Promise<void> {
  try {
    if (role === 'clinician') await ehrs.get(tenantId)?.personGranted(scope);
    if (patientId === undefined) return;
    await wakePatientsWaiting(database, tenantId, patientId, clock.now());
    delivery.hint();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    logger.warn({ tenant: tenantId, error: name }, 'what waits for a person was not looked at');
  }
}
