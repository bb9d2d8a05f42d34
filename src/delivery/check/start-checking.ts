import type { Ehr } from '../../ehr/open-ehr.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import { errorName } from '../error-name.ts';
import type { DeliveryLogger } from '../worker-options.ts';
import { runCheck } from './run-check.ts';

const everyMs = 2000;

/**
 * Looks every two seconds whether a tenant's ledger is to be checked, and does it: once a day, and when somebody asked for
 * it. One tenant's check never waits for another's EHR.
 */
export function startChecking(options: {
  readonly record: HomeworkRecord;
  readonly ehrs: ReadonlyMap<string, Ehr>;
  readonly logger: DeliveryLogger;
  readonly random?: () => number;
  readonly pollMs?: number;
}): { stop(): Promise<void> } {
  const { record, logger, random = Math.random, pollMs = everyMs } = options;
  let stopped = false;
  const running = new Map<string, Promise<void>>();
  const look = (ehr: Ehr): void => {
    const tenant = ehr.tenantId;
    if (stopped || running.has(tenant)) return;
    const run = runCheck({ record, ehr, random, stopped: () => stopped }).then(
      (came) => {
        if (came === 'finished' || came === 'put-off') logger.info({ tenant, came }, 'the ledger was checked');
      },
      (error) => {
        // its lease runs out by itself, and whoever takes it then goes on
        logger.error({ tenant, error: errorName(error) }, 'a ledger check broke off');
      },
    );
    running.set(
      tenant,
      run.finally(() => running.delete(tenant)),
    );
  };
  const timer = setInterval(() => {
    for (const ehr of options.ehrs.values()) look(ehr);
  }, pollMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
