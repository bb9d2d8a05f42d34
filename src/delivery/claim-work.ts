import type { Ehr } from '../ehr/open-ehr.ts';
import type { LandingRow } from '../landing/landing-row.ts';
import { claimGroups } from './claim-groups.ts';
import type { ClaimedGroup } from './claimed-group.ts';
import { type KnownReference, loadReferences } from './load-references.ts';
import { pullBackGroups } from './pull-back-groups.ts';
import { type OpenLanding, reopenAppOnly } from './reopen-app-only.ts';
import type { SendingContext } from './sending-context.ts';
import type { WorkerOptions } from './worker-options.ts';

/** While there is always something due, what a wrong clock has put off is looked for so often. */
const PULL_BACK_MS = 10_000;

/** A claimed group, with what its attempt needs to know of the rest of the record and of the EHR. */
export interface ClaimedWork {
  readonly group: ClaimedGroup;
  readonly references: ReadonlyMap<string, KnownReference>;
  readonly context: SendingContext;
}

/** Claims up to so many groups that are due. `more`: there may be others. @throws what the EHR or the database fails with */
export type ClaimWork = (
  limit: number,
) => Promise<{ readonly claimed: readonly ClaimedWork[]; readonly more: boolean }>;

/** The claims of one tenant; what changed in its landing table since the last one is wanted again first. */
export function openClaims(
  ehr: Ehr,
  options: Pick<WorkerOptions, 'database' | 'clock' | 'leaseMs' | 'logger'> & {
    readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  },
): ClaimWork {
  const { database, clock, logger } = options;
  const { tenantId: tenant } = ehr;
  let landings: readonly LandingRow[] | undefined;
  /** When it was last looked for what a wrong clock put off; milliseconds of a clock that never jumps. */
  let pulledBack = performance.now();

  const contextOf = async (): Promise<SendingContext> => {
    const current = await ehr.landings();
    const capabilities = await ehr.capabilities();
    if (current !== landings) {
      await reopenAppOnly(database, tenant, openLandings(current, ehr), clock.now());
      landings = current;
    }
    const { traits, observationRows } = ehr;
    return { landings: new Map(current.map((row) => [row.artefact, row])), capabilities, traits, observationRows };
  };
  const pullBack = async (now: Date, leaseUntil: Date): Promise<number> => {
    const groups = await pullBackGroups(database, tenant, { now, leaseUntil });
    pulledBack = performance.now();
    if (groups > 0) logger.warn({ tenant, groups }, 'a clock was wrong for a while: what it had put off is due now');
    return groups;
  };
  return async (limit) => {
    const context = await contextOf();
    return options.inTurn(async () => {
      const now = clock.now();
      const leaseUntil = new Date(now.getTime() + options.leaseMs);
      const groups = await claimGroups(database, tenant, { now, leaseUntil, limit });
      const isTime = groups.length === 0 || performance.now() - pulledBack > PULL_BACK_MS;
      const back = isTime ? await pullBack(now, leaseUntil) : 0;
      const references = await loadReferences(database, tenant, groups);
      return { claimed: groups.map((group) => ({ group, references, context })), more: groups.length + back > 0 };
    });
  };
}

/** What has a place in this EHR; a measure only some of whose codes have one is left to its next change. */
function openLandings(landings: readonly LandingRow[], { traits }: Ehr): OpenLanding[] {
  return landings.flatMap(({ artefact, landing, channels }): OpenLanding[] => {
    if (landing === 'app-only' || (landing === 'observation' && traits.observationRowsOnly)) return [];
    return channels === undefined ? [{ artefact, landing }] : channels.map(({ type }) => ({ artefact, landing, type }));
  });
}
