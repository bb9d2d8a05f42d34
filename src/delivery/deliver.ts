import type { Ehr } from '../ehr/open-ehr.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../record/database/database.ts';
import { nobody, type People } from './carrier.ts';
import { errorName } from './error-name.ts';
import { LOOK_AFTER_MS } from './finish-attempt.ts';
import { releaseLeases } from './renew-leases.ts';
import { openWorker } from './tenant-worker.ts';
import type { DeliveryLogger, WorkerOptions } from './worker-options.ts';

/** Delivery while it runs. */
export interface Delivery {
  /** There may be something to deliver: call it after a commit. Without it, a poll notices within a second. */
  hint(): void;
  /** Resolves when nothing is due for any tenant; what waits for a later try or a person is not waited for. */
  idle(): Promise<void>;
  /** Ends what is under way (5 s at most) and takes nothing new. */
  stop(): Promise<void>;
}

/**
 * Makes landed = wanted, for every EHR, until stopped. Nothing of it is in memory alone: it can be killed at any point,
 * and what may have reached an EHR is looked up there before it is sent again.
 * @param options.clock the machine's time, for leases and backoff; never a tenant's
 */
export function startDelivery(options: {
  readonly database: Database;
  readonly ehrs: ReadonlyMap<string, Ehr>;
  readonly clock: Clock;
  readonly logger: DeliveryLogger;
  /** Whose tokens may carry what the service's own may not; absent: nobody's. */
  readonly people?: People;
  readonly reach?: WorkerOptions['reach'];
  readonly random?: () => number;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  readonly batch?: number;
}): Delivery {
  const { database, clock, logger } = options;
  const workers = [...options.ehrs.values()].map((ehr) =>
    openWorker(ehr, {
      database,
      clock,
      logger,
      people: options.people ?? nobody,
      reach: options.reach ?? (() => {}),
      random: options.random ?? Math.random,
      leaseMs: options.leaseMs ?? 10_000,
      pollMs: options.pollMs ?? 1000,
      batch: options.batch ?? 192,
    }),
  );
  let stopped = false;
  const started = releaseOfTheDead(database, clock, logger).then(() => {
    if (!stopped) for (const worker of workers) worker.start();
  });
  return {
    hint() {
      for (const worker of workers) worker.hint();
    },
    async idle() {
      await started;
      await Promise.all(workers.map((worker) => worker.idle()));
    },
    async stop() {
      stopped = true;
      await started;
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** The embedded database has one process at a time: whoever held leases when we start is dead. */
async function releaseOfTheDead(database: Database, clock: Clock, logger: DeliveryLogger): Promise<void> {
  if (database.kind !== 'embedded') return;
  try {
    await releaseLeases(database, new Date(clock.now().getTime() + LOOK_AFTER_MS));
  } catch (error) {
    // they run out by themselves a little later
    logger.error({ error: errorName(error) }, 'leases could not be released');
  }
}
