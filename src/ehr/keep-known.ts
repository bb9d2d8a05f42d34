import type { Clock } from '../foundation/clock.ts';
import type { VendorTraits } from '../landing/vendor-traits.ts';
import { type Contradiction, toCorrection } from './correction.ts';
import type { EhrTenant, Probe, ProbeStore } from './ehr-tenant.ts';
import { inTime, PATIENCE_MS } from './in-time.ts';
import {
  type DerivedAbilities,
  deriveAbilities,
  digestOf,
  isCurrent,
  type KnownEhr,
  stillFollows,
  withGrants,
} from './known-ehr.ts';

/** What is known of one EHR, kept in memory and in the store, and asked for when it is needed. */
export interface EhrKnowledge {
  /** Its word of itself, asked for where none is current. @throws `ehr-unreachable` when it was never reached */
  probe(): Promise<Probe>;
  /** The scope that counts as granted to the service, as far as is known without asking. */
  grantedScope(): string | undefined;
  /** @throws `ehr-unreachable` when it was never reached */
  abilities(): Promise<DerivedAbilities>;
  /** Asks the EHR again, whatever is known. @throws `ehr-unreachable` */
  rediscover(): Promise<void>;
  /** Forgets what practice taught, and asks again. @throws `ehr-unreachable` */
  tryAnew(): Promise<void>;
  contradicted(contradiction: Contradiction): Promise<void>;
  granted(scopes: { readonly grantedScope: string } | { readonly personScope: string }): Promise<void>;
}

/**
 * Keeps what is known of an EHR.
 * @param options.discover asks the EHR what it is
 * @param options.tokenScope what its authorization server reported with the service's token
 */
export function keepKnown(options: {
  readonly tenant: EhrTenant;
  readonly traits: VendorTraits;
  readonly clock: Clock;
  readonly store: ProbeStore;
  readonly discover: () => Promise<Probe>;
  readonly tokenScope: () => string | undefined;
}): EhrKnowledge {
  const { tenant, clock, store } = options;
  let known: KnownEhr = {};
  let derived: DerivedAbilities | undefined;
  let asking: Promise<Probe> | undefined;

  const ask = async (): Promise<Probe> => {
    const fresh = await options.discover();
    const before = known.probe ?? (await store.load(tenant.id));
    const probe = withGrants(fresh, before, options.tokenScope());
    known = { ...known, probe };
    await store.save(tenant.id, probe);
    // a new statement is taken at its word: what the old one contradicted says nothing of it
    await store.forgetCorrections(tenant.id, digestOf(probe));
    known = { ...known, corrections: await store.corrections(tenant.id) };
    return probe;
  };
  const askOnce = (): Promise<Probe> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const probe = async (): Promise<Probe> => {
    const last = known.probe;
    if (last !== undefined && isCurrent(known, { now: clock.now(), steady: performance.now() })) return last;
    try {
      return await (last === undefined ? askOnce() : inTime(askOnce(), PATIENCE_MS));
    } catch (error) {
      // what it said last time is better than nothing, and a request that no longer fits will be refused with words
      const older = known.probe ?? (await store.load(tenant.id));
      if (older === undefined) throw error;
      known = { ...known, probe: known.probe ?? older, unansweredAt: performance.now() };
      return known.probe ?? older;
    }
  };
  return {
    probe,
    grantedScope: () => options.tokenScope() ?? known.probe?.grantedScope,
    async abilities() {
      const from = await probe();
      const learned = known.corrections ?? (await store.corrections(tenant.id));
      known = { corrections: learned, ...known };
      const now = clock.now();
      if (!stillFollows(derived, from, learned, now)) derived = deriveAbilities(options, from, learned, now);
      return derived;
    },
    async rediscover() {
      await askOnce();
    },
    async tryAnew() {
      await store.forgetCorrections(tenant.id);
      await askOnce();
    },
    async contradicted(contradiction) {
      await store.correct(tenant.id, toCorrection(contradiction, clock.now(), digestOf(await probe())));
      known = { ...known, corrections: await store.corrections(tenant.id) };
    },
    async granted(scopes) {
      const before = await probe();
      const next = { ...before, ...scopes };
      if (next.personScope === before.personScope && next.grantedScope === before.grantedScope) return;
      known = { ...known, probe: next };
      await store.save(tenant.id, next);
    },
  };
}
