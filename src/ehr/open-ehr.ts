import type { Clock } from '../homework/clock.ts';
import { type Capabilities, readCapabilities } from '../landing/capabilities.ts';
import { parseScopes } from '../landing/granted-scopes.ts';
import { type LandingRow, landingTable } from '../landing/landing-table.ts';
import type { VendorTraits } from '../landing/vendor-traits.ts';
import { backendToken } from './backend-token.ts';
import { discover } from './discover.ts';
import type { EhrTenant, Probe, ProbeStore, SigningKey } from './ehr-tenant.ts';
import type { FhirJson } from './fhir-json.ts';
import { openGateway, type ReadAnswer } from './gateway.ts';
import { limitRate } from './limit-rate.ts';
import { type SearchAnswer, searchAll } from './search-all.ts';
import type { WriteAnswer, WriteRequest } from './send-write.ts';
import { vendorTraits } from './vendors/registry.ts';

/** How long a probe is taken at its word before the EHR is asked again. */
const PROBE_MS = 10 * 60_000;
const defaultConcurrency = 8;

/** One EHR: what it can do, and the requests that it takes. */
export interface Ehr {
  readonly tenantId: string;
  readonly base: string;
  readonly traits: VendorTraits;
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** @throws `ehr-unreachable` when it was never reached */
  capabilities(): Promise<Capabilities>;
  /** @throws `ehr-unreachable` when it was never reached */
  landings(): Promise<readonly LandingRow[]>;
  /** Asks the EHR again, whatever is cached. @throws `ehr-unreachable` */
  rediscover(): Promise<void>;
  read(type: string, id: string): Promise<ReadAnswer>;
  /** Reads an address that the EHR itself gave, e.g. in a Location; undefined when it is not of its origin. */
  readLocation(location: string, type: string): Promise<ReadAnswer | undefined>;
  search(type: string, parameters: URLSearchParams): Promise<SearchAnswer>;
  /** One write: create, update, either of them conditional, or a batch or transaction (path empty). */
  write(request: WriteRequest): Promise<WriteAnswer>;
  /** Whether the EHR knows the patient; never throws. */
  verifyPatient(patientId: string): Promise<'known' | 'unknown' | 'unreachable'>;
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
  let probe: Probe | undefined;
  let derived: { from: Probe; capabilities: Capabilities; landings: readonly LandingRow[] } | undefined;
  let asking: Promise<Probe> | undefined;

  const token = backendToken({
    tenant,
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
    limit: limitRate({ concurrency, perMinute: tenant.limits.perMinute }, clock),
    clock,
    connections: concurrency,
    timeoutMs,
  });

  const ask = async (): Promise<Probe> => {
    const fresh = await discover(tenant, gateway, clock, timeoutMs);
    const scope = token.grantedScope() ?? probe?.grantedScope;
    probe = scope === undefined ? fresh : { ...fresh, grantedScope: scope };
    await store.save(tenant.id, probe);
    return probe;
  };
  const askOnce = (): Promise<Probe> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const known = async (): Promise<Probe> => {
    if (probe !== undefined && clock.now().getTime() - probe.at.getTime() < PROBE_MS) return probe;
    try {
      return await askOnce();
    } catch (error) {
      // what it said last time is better than nothing, and a request that no longer fits will be refused with words
      probe ??= await store.load(tenant.id);
      if (probe === undefined) throw error;
      return probe;
    }
  };
  const derive = async () => {
    const from = await known();
    if (derived?.from !== from) {
      const capabilities = readCapabilities(from.capabilityStatement, from.smartConfiguration);
      const scope = from.grantedScope ?? tenant.systemScopes;
      const scopes = tenant.auth === 'none' || scope === undefined ? undefined : parseScopes(scope);
      const landings = landingTable(capabilities, scopes, traits, tenant.landings);
      derived = { from, capabilities, landings };
    }
    return derived;
  };

  return {
    tenantId: tenant.id,
    base: tenant.fhirBase,
    traits,
    concurrency,
    capabilities: async () => (await derive()).capabilities,
    async landings() {
      // which scopes are granted is only known once there was a token; without one, what is asked for must do
      await token.authorization().catch(() => undefined);
      return (await derive()).landings;
    },
    async rediscover() {
      await askOnce();
    },
    read: (type, id) => gateway.get(`${type}/${encodeURIComponent(id)}`, type),
    async readLocation(location, type) {
      const target = URL.parse(location, `${tenant.fhirBase}/`);
      if (target === null || target.origin !== new URL(tenant.fhirBase).origin) return undefined;
      return gateway.get(target.href, type);
    },
    search: (type, parameters) => searchAll(gateway, type, parameters),
    write: (request) => gateway.write(request),
    async verifyPatient(patientId) {
      const answer = await gateway.get(`Patient/${encodeURIComponent(patientId)}`, 'Patient');
      if (answer.ok) return 'known';
      return answer.failure.status === 404 || answer.failure.status === 410 ? 'unknown' : 'unreachable';
    },
    close: () => gateway.close(),
  };
}

export type { FhirJson, ReadAnswer, SearchAnswer, WriteAnswer, WriteRequest };
