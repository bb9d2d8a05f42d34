import { readFileSync } from 'node:fs';
import type { CapabilityStatement } from 'fhir/r4';
import { z } from 'zod';
import type { Tenant } from '../../config/tenant-schema.ts';
import type { Probe } from '../../ehr/ehr-tenant.ts';
import { deriveAbilities } from '../../ehr/known-ehr.ts';
import { judgeSignIn, type SignInVerdict } from '../../ehr/smart/judge-sign-in.ts';
import { vendorTraits } from '../../ehr/vendors/registry.ts';
import { systemClock } from '../../foundation/clock.ts';
import { defined } from '../../foundation/defined.ts';
import { type Capabilities, readCapabilities, type SmartConfiguration } from '../../landing/capabilities.ts';
import { dstu2 } from '../../landing/fhir-version.ts';
import { type Grants, knownGrants } from '../../landing/grants.ts';
import type { LandingRow } from '../../landing/landing-row.ts';
import { landingTable } from '../../landing/landing-table.ts';
import type { SiteSettings, VendorTraits } from '../../landing/vendor-traits.ts';
import { learnedOf } from '../../start/operator/learned-of.ts';
import { askEhr } from '../ask-ehr.ts';
import { Unreachable } from '../call-server.ts';
import { configForTenant } from '../config-for-tenant.ts';
import { UsageError } from '../usage-error.ts';

/** Everything that the doctor judges by. */
export interface DoctorSource {
  readonly capabilities: Capabilities;
  /** As the statement says it, `5.0.0`; null where it says nothing. */
  readonly fhirVersion: string | null;
  /** Who can sign in, as far as the SMART configuration says; empty where none was to be had or none is needed. */
  readonly signIn: readonly SignInVerdict[];
  readonly grants: Grants;
  /** Where each artefact lands. */
  readonly table: readonly LandingRow[];
  /** How the scopes are known, for people. */
  readonly scopesAre: string;
  readonly vendor: VendorTraits;
  readonly site: SiteSettings;
  /** Absent offline. */
  readonly tenant?: Tenant;
  readonly publicUrl?: string;
}

const statementSchema = z.looseObject({
  resourceType: z.literal('CapabilityStatement'),
  rest: z.array(z.looseObject({})).min(1),
});

/**
 * Takes statement and SMART configuration from files.
 * @throws UsageError naming the option whose file does not fit
 */
export function readFiles(options: {
  readonly statement: string;
  readonly smart: string | undefined;
  readonly vendor: string | undefined;
  readonly scopes: string | undefined;
}): DoctorSource {
  const statement = statementOf(
    readJson('--capability-statement', options.statement),
    `--capability-statement ${options.statement}`,
  );
  const smart = options.smart === undefined ? undefined : readJson('--smart-configuration', options.smart);
  if (smart !== undefined && !isConfiguration(smart)) {
    throw new UsageError(`--smart-configuration ${options.smart}: is not a SMART configuration, a JSON object`);
  }
  const capabilities = readCapabilities(statement, smart);
  const grants = knownGrants({ given: options.scopes }, capabilities);
  // no tenant is judged here, so a client id is not what is missing
  const signIn = smart === undefined ? [] : judgeSignIn(smart, { clientId: '' });
  const scopesAre: Partial<Record<Grants['basis'], string>> = {
    given: `as given by --scopes: ${options.scopes}`,
    listed: 'assumed: all that the SMART configuration lists',
  };
  const vendor = vendorTraits(options.vendor ?? 'generic');
  return {
    capabilities,
    fhirVersion: versionOf(statement),
    signIn,
    grants,
    table: landingTable(capabilities, grants, vendor, {}),
    scopesAre: scopesAre[grants.basis] ?? 'none stated; whose token may write is assumed by the habit of the vendor',
    vendor,
    site: {},
  };
}

/**
 * Asks the EHR of a tenant what it is, which needs no token, and the service what was granted and refused there.
 * @throws UsageError for an unknown tenant, Unreachable when the EHR does not answer as one
 */
export async function askTenant(options: {
  readonly id: string | undefined;
  readonly vendor: string | undefined;
  readonly scopes: string | undefined;
}): Promise<DoctorSource> {
  const { id, scopes } = options;
  const config = configForTenant(process.env, id);
  const tenant = id === undefined ? config.tenants[0] : config.tenants.find((tenant) => tenant.id === id);
  if (tenant === undefined) {
    const known = config.tenants.map((tenant) => tenant.id).join(', ');
    throw new UsageError(`--tenant: there is no tenant "${id}"; there are ${known}`);
  }
  const statement = await answerOf(tenant, '/metadata');
  if (typeof statement === 'number') {
    throw new Unreachable(`the EHR of tenant "${tenant.id}" answered ${statement} to GET ${tenant.fhirBase}/metadata`);
  }
  const smart = tenant.auth === 'none' ? undefined : await answerOf(tenant, '/.well-known/smart-configuration');
  const where = `GET ${tenant.fhirBase}/metadata`;
  const stated = statementOf(statement, where);
  // with other scopes or another vendor it is asked what would be, and what was granted and refused says nothing of that
  const supposed = scopes !== undefined || options.vendor !== undefined;
  const learned = supposed ? undefined : await learnedOf(config, tenant.id);
  const vendor = vendorTraits(options.vendor ?? tenant.vendor);
  const now = systemClock.now();
  const probe: Probe = {
    at: now,
    capabilityStatement: stated,
    ...(isConfiguration(smart) ? { smartConfiguration: smart } : {}),
    ...defined({ grantedScope: learned?.grantedScope, personScope: learned?.personScope }),
  };
  const { capabilities, grants, landings } = deriveAbilities(
    { tenant, traits: vendor, ...defined({ given: scopes }) },
    probe,
    learned?.corrections ?? [],
    now,
  );
  const scopesAre: Partial<Record<Grants['basis'], string>> = {
    given: `as given by --scopes: ${scopes}`,
    granted: `as granted to this service: ${learned?.grantedScope}`,
    requested: `as this tenant asks for (doctor asks for no token): ${tenant.systemScopes}`,
    listed: 'assumed: all that the SMART configuration lists, as the tenant names no systemScopes',
    'no-tokens': 'the server takes no tokens',
  };
  return {
    capabilities,
    fhirVersion: versionOf(stated),
    signIn: tenant.auth === 'none' ? [] : judgeSignIn(smart, tenant),
    grants,
    table: landings,
    scopesAre: scopesAre[grants.basis] ?? 'none stated; whose token may write is assumed by the habit of the vendor',
    vendor,
    site: tenant,
    tenant,
    publicUrl: config.publicUrl,
  };
}

/** What is there as JSON, or the status of an answer that is none. */
async function answerOf(tenant: Tenant, path: string): Promise<unknown> {
  const accept = 'application/fhir+json, application/json';
  const { status, json } = await askEhr(`${tenant.fhirBase}${path}`, { accept });
  return status >= 200 && status < 300 ? json : status;
}

function statementOf(json: unknown, where: string): CapabilityStatement {
  if (isConfiguration(json) && 'resourceType' in json && json.resourceType === 'Conformance') {
    throw new UsageError(`${where}: is a Conformance, not a CapabilityStatement: ${dstu2}`);
  }
  if (!isStatement(json)) throw new UsageError(`${where}: is not a CapabilityStatement with a rest`);
  return json;
}

/** Only what is read of it is checked later, part by part: a statement that lacks a list lacks what it would name. */
function isStatement(json: unknown): json is CapabilityStatement {
  return statementSchema.safeParse(json).success;
}

function versionOf({ fhirVersion }: CapabilityStatement): string | null {
  // a type says what it should be, not what a server sent
  const stated: unknown = fhirVersion;
  return typeof stated === 'string' && stated !== '' ? stated : null;
}

function isConfiguration(json: unknown): json is SmartConfiguration {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function readJson(option: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'not valid JSON' : 'cannot be read';
    throw new UsageError(`${option} ${file}: ${problem}`);
  }
}
