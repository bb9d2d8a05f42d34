import type { EhrPulse } from '../foundation/ehr-pulse.ts';
import type { Clock } from '../homework/clock.ts';
import { defined } from '../homework/defined.ts';
import type { StandingAnswer } from '../homework/patient/patient-standing.ts';
import { type Capabilities, readCapabilities } from '../landing/capabilities.ts';
import { type LandingRow, landingTable } from '../landing/landing-table.ts';
import type { ObservationRows, VendorTraits } from '../landing/vendor-traits.ts';
import { backendToken } from './backend-token.ts';
import {
  type Contradiction,
  type Correction,
  statementDigest,
  stillHolds,
  toCorrection,
  toTrait,
} from './correction.ts';
import { discover } from './discover.ts';
import type { EhrTenant, Probe, ProbeStore, SigningKey } from './ehr-tenant.ts';
import type { EhrFailure } from './failure.ts';
import type { FhirJson } from './fhir-json.ts';
import { type Authorizer, type Gateway, openGateway, type ReadAnswer } from './gateway.ts';
import { inTime } from './in-time.ts';
import { limitRate } from './limit-rate.ts';
import { standingFrom } from './read-standing.ts';
import { type SearchAnswer, searchAll } from './search-all.ts';
import type { WriteAnswer, WriteRequest } from './send-write.ts';
import { tenantGrants } from './tenant-grants.ts';
import { vendorTraits } from './vendors/registry.ts';
import { watchDoors } from './watch-doors.ts';
import { type StrangerAtDoor, watchStrangers } from './watch-strangers.ts';

/** How long a probe is taken at its word before the EHR is asked again. */
const PROBE_MS = 10 * 60_000;
/** Where it did not say what it is, it is not asked again for so long, where an older word of it is known. */
const UNANSWERED_MS = 60_000;
/** How long somebody who has an older word of it waits for a newer one, and how long a person waits for a patient's standing. */
const PATIENCE_MS = 5_000;
/** How long what was sent without a clear answer may still be under way, unless the tenant says otherwise: longer than any time-out between us and the EHR's database. */
const SETTLE_SECONDS = 120;
const defaultConcurrency = 8;

/** The requests that an EHR takes, with one identity's token. */
export interface EhrAccess {
  readonly base: string;
  read(type: string, id: string): Promise<ReadAnswer>;
  /** Reads an address that the EHR itself gave, e.g. in a Location; undefined when it is not of its origin. */
  readLocation(location: string, type: string): Promise<ReadAnswer | undefined>;
  search(type: string, parameters: URLSearchParams): Promise<SearchAnswer>;
  /** One write: create, update, either of them conditional, or a batch or transaction (path empty). */
  write(request: WriteRequest): Promise<WriteAnswer>;
}

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
  /** It refused what it advertises: the landing table follows. */
  contradicted(contradiction: Contradiction): Promise<void>;
  /** A clinician has signed in: this is what their token was granted. */
  personGranted(scope: string): Promise<void>;
  /** The same EHR with a person's token. What that token may not read is read with the service's own. */
  as(person: Authorizer): EhrAccess;
  /** What answers in the EHR's place now, by what was asked; none: the EHR itself. */
  strangers(): readonly StrangerAtDoor[];
  /** How it has been answering. */
  pulse(): EhrPulse;
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
  const { clock, store } = options;
  const timeoutMs = options.timeoutMs ?? 20_000;
  const traits = vendorTraits(tenant.vendor);
  const concurrency = tenant.limits.concurrency ?? defaultConcurrency;
  const strangers = watchStrangers(clock);
  let probe: Probe | undefined;
  let learned: readonly Correction[] | undefined;
  let derived: ({ from: Probe; with: readonly Correction[]; until: number } & Derived) | undefined;
  let asking: Promise<Probe> | undefined;

  const doors = watchDoors({ clock });
  const token = backendToken({
    tenant,
    doors,
    signingKey: options.signingKey,
    clock,
    timeoutMs,
    tokenEndpoint: async () => (await known()).smartConfiguration?.token_endpoint,
    async onGranted(scope) {
      const before = await known();
      probe = { ...before, grantedScope: scope };
      await store.save(tenant.id, probe);
    },
  });
  const gateway = openGateway({
    base: tenant.fhirBase,
    authorizer: token,
    limit: limitRate({ concurrency, perMinute: tenant.limits.perMinute }),
    doors,
    clock,
    connections: concurrency,
    timeoutMs,
    heard: strangers.heard,
  });

  const ask = async (): Promise<Probe> => {
    const fresh = await discover(tenant, gateway, clock, timeoutMs);
    const before = probe ?? (await store.load(tenant.id));
    const grantedScope = token.grantedScope() ?? before?.grantedScope;
    const personScope = before?.personScope;
    probe = {
      ...fresh,
      ...defined({ grantedScope, personScope }),
    };
    await store.save(tenant.id, probe);
    // a new statement is taken at its word: what the old one contradicted says nothing of it
    await store.forgetCorrections(tenant.id, digestOf(probe));
    learned = await store.corrections(tenant.id);
    return probe;
  };
  const askOnce = (): Promise<Probe> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  let unanswered = Number.NEGATIVE_INFINITY;
  const known = async (): Promise<Probe> => {
    const age = probe === undefined ? Number.NaN : clock.now().getTime() - probe.at.getTime();
    // one of the future was had while the clock was wrong
    if (probe !== undefined && age >= 0 && age < PROBE_MS) return probe;
    if (probe !== undefined && performance.now() - unanswered < UNANSWERED_MS) return probe;
    try {
      const fresh = askOnce();
      return probe === undefined ? await fresh : await inTime(fresh, PATIENCE_MS);
    } catch (error) {
      // what it said last time is better than nothing, and a request that no longer fits will be refused with words
      unanswered = performance.now();
      probe ??= await store.load(tenant.id);
      if (probe === undefined) throw error;
      return probe;
    }
  };
  const derive = async () => {
    const from = await known();
    learned ??= await store.corrections(tenant.id);
    const now = clock.now();
    if (derived?.from !== from || derived.with !== learned || now.getTime() >= derived.until) {
      const digest = digestOf(from);
      const holding = learned.filter((correction) => stillHolds(correction, now, digest));
      const until = Math.min(...holding.map(({ againAt }) => againAt?.getTime() ?? Number.POSITIVE_INFINITY));
      derived = { from, with: learned, until, ...landingsOf(tenant, traits, from, holding) };
    }
    return derived;
  };
  const accessOf = (of: Gateway): EhrAccess => ({
    base: tenant.fhirBase,
    read: (type, id) => of.get(`${type}/${encodeURIComponent(id)}`, type),
    async readLocation(location, type) {
      const target = URL.parse(location, `${tenant.fhirBase}/`);
      if (target === null || target.origin !== new URL(tenant.fhirBase).origin) return undefined;
      return of.get(target.href, type);
    },
    search: (type, parameters) => searchAll(of, type, parameters),
    write: (request) => of.write(request),
  });
  const own = accessOf(gateway);

  return {
    tenantId: tenant.id,
    ...own,
    traits,
    observationRows: tenant.observationRows ?? {},
    encounterRule: tenant.encounterRule ?? 'latest-open',
    timeZone: tenant.timeZone ?? 'UTC',
    concurrency,
    capabilities: async () => (await derive()).capabilities,
    async landings() {
      // which scopes are granted is only known once there was a token; without one, what is asked for must do
      const isKnown = (token.grantedScope() ?? probe?.grantedScope) !== undefined;
      await inTime(token.authorization(), isKnown ? PATIENCE_MS : timeoutMs).catch(() => undefined);
      return (await derive()).landings;
    },
    async rediscover() {
      await askOnce();
    },
    async tryAnew() {
      await store.forgetCorrections(tenant.id);
      await askOnce();
    },
    corrections: async () => (await derive()).corrections,
    async contradicted(contradiction) {
      await store.correct(tenant.id, toCorrection(contradiction, clock.now(), digestOf(await known())));
      learned = await store.corrections(tenant.id);
    },
    async personGranted(scope) {
      const before = await known();
      if (before.personScope === scope) return;
      probe = { ...before, personScope: scope };
      await store.save(tenant.id, probe);
    },
    as(person) {
      const theirs = accessOf(gateway.as(person));
      return {
        ...theirs,
        read: (type, id) => orOwn(theirs.read(type, id), () => own.read(type, id)),
        search: (type, parameters) => orOwn(theirs.search(type, parameters), () => own.search(type, parameters)),
        readLocation: async (location, type) => {
          const answer = await theirs.readLocation(location, type);
          return answer?.ok === false && notTheirs(answer.failure) ? own.readLocation(location, type) : answer;
        },
      };
    },
    strangers: strangers.now,
    standingOf: async (patientId) =>
      inTime(own.read('Patient', patientId), PATIENCE_MS).then(
        (read) => standingFrom(read, { patientId, base: tenant.fhirBase }),
        () => ({ answer: 'unreachable' }),
      ),
    pulse: () => doors.pulse(),
    settleMs: (tenant.limits.settleSeconds ?? SETTLE_SECONDS) * 1000,
    close: () => gateway.close(),
  };
}

interface Derived {
  readonly capabilities: Capabilities;
  readonly landings: readonly LandingRow[];
  readonly corrections: readonly Correction[];
}

/** The landing table that follows from what is known of an EHR. */
function landingsOf(
  tenant: EhrTenant,
  traits: VendorTraits,
  probe: Probe,
  corrections: readonly Correction[],
): Derived {
  const capabilities = readCapabilities(probe.capabilityStatement, probe.smartConfiguration);
  const grants = tenantGrants(tenant, capabilities, probe);
  const corrected = { ...traits, refuses: [...traits.refuses, ...corrections.map(toTrait)] };
  return { capabilities, corrections, landings: landingTable(capabilities, grants, corrected, tenant) };
}

function digestOf(probe: Probe): string {
  return statementDigest(readCapabilities(probe.capabilityStatement, probe.smartConfiguration));
}

/** What a person may not read, the service itself may: reading carries nothing into the chart. */
async function orOwn<A extends ReadAnswer | SearchAnswer>(answer: Promise<A>, own: () => Promise<A>): Promise<A> {
  const theirs = await answer;
  return !theirs.ok && notTheirs(theirs.failure) ? own() : theirs;
}

/** Their token may not, or their sign-in is over: neither says anything of the EHR. */
function notTheirs({ status, disposition, stranger }: EhrFailure): boolean {
  return stranger === undefined && (status === 403 || disposition === 'refresh-token');
}

export type { FhirJson, ReadAnswer, SearchAnswer, WriteAnswer, WriteRequest };
