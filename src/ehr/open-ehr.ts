import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import type { EhrPulse } from '../foundation/ehr-pulse.ts';
import type { StandingAnswer } from '../homework/patient/patient-standing.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { LandingRow } from '../landing/landing-row.ts';
import type { ObservationRows, VendorTraits } from '../landing/vendor-traits.ts';
import { backendToken } from './backend-token.ts';
import type { Contradiction, Correction } from './correction.ts';
import { discover } from './discover.ts';
import { accessBy, type EhrAccess, readingByEither } from './ehr-access.ts';
import type { EhrTenant, Learned, ProbeStore, SigningKey } from './ehr-tenant.ts';
import { type Authorizer, openGateway } from './gateway.ts';
import { inTime, PATIENCE_MS } from './in-time.ts';
import { type EhrKnowledge, keepKnown } from './keep-known.ts';
import { limitRate } from './limit-rate.ts';
import { standingFrom } from './read-standing.ts';
import { vendorTraits } from './vendors/registry.ts';
import { watchCircuits } from './watch-circuits.ts';
import { type DeliveryHold, watchHold } from './watch-hold.ts';
import { type StrangerInLane, watchStrangers } from './watch-strangers.ts';
import { type Success, watchSuccesses } from './watch-successes.ts';

/** How long what was sent without a clear answer may still be under way, unless the tenant says otherwise: longer than any time-out between us and the EHR's database. */
const SETTLE_SECONDS = 120;
const defaultConcurrency = 8;

/** One EHR: what it can do, and the requests that it takes from the service itself. */
export interface Ehr extends EhrAccess {
  readonly tenantId: string;
  readonly traits: VendorTraits;
  readonly observationRows: ObservationRows;
  readonly encounterRule: NonNullable<EhrTenant['encounterRule']>;
  /** IANA zone in which this EHR's days are days. */
  readonly timeZone: string;
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** @throws `ehr-unreachable` when it was never reached */
  capabilities(): Promise<Capabilities>;
  /** @throws `ehr-unreachable` when it was never reached */
  landings(): Promise<readonly LandingRow[]>;
  /** Asks the EHR again, whatever is cached. @throws `ehr-unreachable` */
  rediscover(): Promise<void>;
  /** Forgets what practice taught, and asks again: the next write tries what was refused. @throws `ehr-unreachable` */
  tryAnew(): Promise<void>;
  /** What it advertised and refused, as it stands now. */
  corrections(): Promise<readonly Correction[]>;
  /** What practice taught, as the landing table has it. @throws `ehr-unreachable` when it was never reached */
  learned(): Promise<Learned>;
  /** It refused what it advertises: the landing table follows. */
  contradicted(contradiction: Contradiction): Promise<void>;
  /** A clinician has signed in: this is what their token was granted. */
  personGranted(scope: string): Promise<void>;
  /** The same EHR with a person's token. What that token may not read is read with the service's own. */
  as(person: Authorizer): EhrAccess;
  /** What answers in the EHR's place now, by what was asked; none: the EHR itself. */
  strangers(): readonly StrangerInLane[];
  /** Deliveries wait, as it answered one so; undefined: they flow. */
  held(status: number | undefined): void;
  /** Whether it takes no deliveries, and since when; undefined: it does. */
  hold(): DeliveryHold | undefined;
  /** Asks for its smallest open document unless something was answered within this time, in milliseconds, so that the pulse is true; never throws. */
  knock(withinMs: number): Promise<void>;
  /** How it has been answering. */
  pulse(): EhrPulse;
  /** When each kind of request last succeeded; never throws. */
  successes(): Promise<readonly Success[]>;
  /** How long what was sent without a clear answer may still be under way, in milliseconds. */
  readonly settleMs: number;
  /** How a patient stands in the EHR, read by the service itself; within five seconds, or `unreachable`; never throws. */
  standingOf(patientId: string): Promise<StandingAnswer>;
  close(): Promise<void>;
}

/**
 * Opens an EHR by its tenant's configuration. Nothing is asked of it yet, so an EHR that is down does not keep us from
 * starting; discovery happens at the first need and is remembered in `store`.
 */
export function openEhr(
  tenant: EhrTenant,
  options: {
    readonly signingKey: SigningKey;
    readonly clock: Clock;
    readonly store: ProbeStore;
    readonly timeoutMs?: number;
  },
): Ehr {
  const { signingKey, clock, store, timeoutMs = 20_000 } = options;
  const { limits } = tenant;
  const traits = vendorTraits(tenant.vendor);
  const concurrency = limits.concurrency ?? defaultConcurrency;
  const strangers = watchStrangers(clock);
  const hold = watchHold(clock);
  const circuits = watchCircuits({ clock });
  const successes = watchSuccesses(tenant.id, { clock, store });
  const token = backendToken({
    ...{ tenant, circuits, signingKey, clock, timeoutMs, succeeded: successes.succeeded },
    tokenEndpoint: async () => (await known.probe()).smartConfiguration?.token_endpoint,
    onGranted: (grantedScope) => known.granted({ grantedScope }),
  });
  const gateway = openGateway({
    ...{ base: tenant.fhirBase, authorizer: token, circuits, clock, timeoutMs },
    limit: limitRate({ concurrency, perMinute: limits.perMinute }),
    connections: concurrency,
    heard: strangers.heard,
    succeeded: successes.succeeded,
  });
  const known: EhrKnowledge = keepKnown({
    ...{ tenant, traits, clock, store },
    discover: () => discover(tenant, gateway, clock, timeoutMs),
    tokenScope: token.grantedScope,
  });
  const own = accessBy(gateway);
  const surely = async () => {
    // which scopes are granted is only known once there was a token; without one, what is asked for must do
    const patience = known.grantedScope() === undefined ? timeoutMs : PATIENCE_MS;
    await inTime(token.authorization(), patience).catch(() => undefined);
    return known.abilities();
  };
  return {
    tenantId: tenant.id,
    ...own,
    traits,
    observationRows: tenant.observationRows ?? {},
    encounterRule: tenant.encounterRule ?? 'latest-open',
    timeZone: tenant.timeZone ?? 'UTC',
    concurrency,
    settleMs: (limits.settleSeconds ?? SETTLE_SECONDS) * 1000,
    capabilities: async () => (await known.abilities()).capabilities,
    landings: async () => (await surely()).landings,
    async learned() {
      const { from, corrections } = await surely();
      return { ...defined({ grantedScope: from.grantedScope, personScope: from.personScope }), corrections };
    },
    corrections: async () => (await known.abilities()).corrections,
    rediscover: known.rediscover,
    tryAnew: known.tryAnew,
    contradicted: known.contradicted,
    personGranted: (personScope) => known.granted({ personScope }),
    as: (person) => readingByEither(accessBy(gateway.as(person)), own),
    strangers: strangers.now,
    held: hold.held,
    hold: hold.now,
    standingOf: async (patientId) =>
      inTime(own.read('Patient', patientId), PATIENCE_MS).then(
        (read) => standingFrom(read, { patientId, base: tenant.fhirBase }),
        () => ({ answer: 'unreachable' }),
      ),
    async knock(withinMs) {
      if (circuits.quietFor() <= withinMs) return;
      // whatever it answers, it answers; and what happens here is for the pulse to say
      await gateway.getOpen('.well-known/smart-configuration', 'SmartConfiguration').catch(() => undefined);
    },
    pulse: circuits.pulse,
    successes: successes.all,
    close: () => gateway.close(),
  };
}
