import type { ClaimedGroup } from './claimed-group.ts';
import { errorName } from './error-name.ts';
import { renewLeases } from './renew-leases.ts';
import type { WorkerOptions } from './worker-options.ts';

/** The leases of the groups that a worker has in its hands. */
export interface HeldLeases {
  hold(group: ClaimedGroup): void;
  /** It is worked on no more: its lease ends with its completion, or runs out. */
  drop(group: ClaimedGroup): void;
  /** Renews all of them; to be called more often than they run out. Never throws. */
  renew(): Promise<void>;
}

export function holdLeases(
  tenantId: string,
  { database, clock, leaseMs, logger }: Pick<WorkerOptions, 'database' | 'clock' | 'leaseMs' | 'logger'>,
): HeldLeases {
  const held = new Map<string, ClaimedGroup>();
  return {
    hold: (group) => held.set(group.id, group),
    drop(group) {
      // it may have been claimed anew since
      if (held.get(group.id) === group) held.delete(group.id);
    },
    async renew() {
      try {
        await renewLeases(database, tenantId, [...held.values()], new Date(clock.now().getTime() + leaseMs));
      } catch (error) {
        logger.error({ tenant: tenantId, error: errorName(error) }, 'leases could not be renewed');
      }
    },
  };
}
