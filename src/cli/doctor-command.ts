import { readFileSync } from 'node:fs';
import type { CapabilityStatement } from 'fhir/r4';
import { z } from 'zod';
import { vendorTraits } from '../ehr/vendors/registry.ts';
import {
  type Capabilities,
  readCapabilities,
  type SmartConfiguration,
  searchByIdentifier,
} from '../landing/capabilities.ts';
import { parseScopes } from '../landing/granted-scopes.ts';
import { type LandingRow, landingTable } from '../landing/landing-table.ts';
import { callServer } from './call-server.ts';
import type { Command } from './command.ts';
import { configForTenant } from './config-for-tenant.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

/** The types that a hospital's integration team asks about, in the order of docs and tables. */
const types = [
  'Task',
  'CarePlan',
  'Goal',
  'Questionnaire',
  'QuestionnaireResponse',
  'Observation',
  'DocumentReference',
  'Communication',
  'Provenance',
  'Flag',
  'Subscription',
];
const statementSchema = z.looseObject({ resourceType: z.literal('CapabilityStatement') });

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what an EHR can take, where each artefact will land, and why',
  help: [
    'usage: intersession doctor [--tenant T] [--json]',
    '       intersession doctor --capability-statement FILE [--smart-configuration FILE] [--vendor V] [--scopes S] [--json]',
    '',
    'Reads what an EHR states of itself – live for a tenant, or from files – and prints the landing table. Writes nothing.',
    '',
    '  --tenant T                 one of the configured tenants (default: the first)',
    '  --capability-statement F   a CapabilityStatement as JSON',
    '  --smart-configuration F    its .well-known/smart-configuration as JSON',
    '  --vendor V                 how this vendor is known to behave (default: generic)',
    '  --scopes S                 the scopes granted; without it those that the SMART configuration lists are assumed',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {
      tenant: { type: 'string' },
      'capability-statement': { type: 'string' },
      'smart-configuration': { type: 'string' },
      vendor: { type: 'string' },
      scopes: { type: 'string' },
    });
    const file = values['capability-statement'];
    const source = file === undefined ? await askTenant(values.tenant) : readFiles(file, values['smart-configuration']);
    const vendor = values.vendor ?? source.vendor;
    const scopeText = values.scopes ?? source.scopes ?? source.capabilities.scopesSupported?.join(' ');
    const scopes = scopeText === undefined ? undefined : parseScopes(scopeText);
    const table = landingTable(source.capabilities, scopes, vendorTraits(vendor));
    const answer = { vendor, ...statedFacts(source.capabilities), landings: table };
    if (values.json) console.log(JSON.stringify(answer, null, 2));
    else print(answer, scopeText === undefined ? 'none stated: the server takes no tokens' : scopeText);
    return 0;
  },
};

interface Source {
  readonly capabilities: Capabilities;
  readonly vendor: string;
  readonly scopes?: string;
}

function readFiles(statementFile: string, smartFile: string | undefined): Source {
  const statement = statementOf(readJson(statementFile), statementFile);
  const smart =
    smartFile === undefined ? undefined : (z.looseObject({}).parse(readJson(smartFile)) as SmartConfiguration);
  return { capabilities: readCapabilities(statement, smart), vendor: 'generic' };
}

async function askTenant(id: string | undefined): Promise<Source> {
  const config = configForTenant(process.env, id);
  const tenant = id === undefined ? config.tenants[0] : config.tenants.find((one) => one.id === id);
  if (tenant === undefined) {
    throw new UsageError(
      `--tenant: there is no tenant "${id}"; there are ${config.tenants.map((one) => one.id).join(', ')}`,
    );
  }
  const ask = async (path: string): Promise<unknown> => {
    const response = await callServer(`${tenant.fhirBase}${path}`, {
      headers: { accept: 'application/fhir+json, application/json' },
    });
    return response.ok ? response.json() : undefined;
  };
  const statement = statementOf(await ask('/metadata'), `${tenant.id} /metadata`);
  const smart =
    tenant.auth === 'none'
      ? undefined
      : ((await ask('/.well-known/smart-configuration')) as SmartConfiguration | undefined);
  return {
    capabilities: readCapabilities(statement, smart),
    vendor: tenant.vendor,
    ...(tenant.systemScopes === undefined ? {} : { scopes: tenant.systemScopes }),
  };
}

function statementOf(json: unknown, where: string): CapabilityStatement {
  if (!isStatement(json)) throw new UsageError(`${where} is not a CapabilityStatement`);
  return json;
}

/** Only what is read of it is checked later, part by part: a statement that lacks a list lacks what it would name. */
function isStatement(json: unknown): json is CapabilityStatement {
  return statementSchema.safeParse(json).success;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof SyntaxError ? 'not valid JSON' : 'cannot be read'}`);
  }
}

function statedFacts(capabilities: Capabilities) {
  const stated = types.map((type) => capabilities.conditionalCreate[type]).filter((value) => value !== undefined);
  return {
    interactions: Object.fromEntries(types.map((type) => [type, capabilities.interactions[type] ?? []])),
    /** null: not stated. */
    conditionalCreate: stated.length === 0 ? null : stated.includes(true),
    system: capabilities.system,
    searchByIdentifier: searchByIdentifier(capabilities, ['QuestionnaireResponse', 'Observation', 'DocumentReference']),
  };
}

function print(
  answer: { vendor: string; interactions: Record<string, readonly string[]>; landings: readonly LandingRow[] },
  scopes: string,
): void {
  console.log(`Vendor: ${answer.vendor}\nScopes: ${scopes}\n\nWhat it states:`);
  for (const [type, codes] of Object.entries(answer.interactions)) {
    console.log(`  ${type.padEnd(22)} ${codes.length === 0 ? '–' : codes.join(', ')}`);
  }
  console.log('\nWhere each artefact lands:');
  for (const row of answer.landings) {
    console.log(`  ${row.artefact.padEnd(11)} ${row.landing.padEnd(22)} ${row.identity}`);
    console.log(`              ${row.reason}`);
    if (row.toImprove !== null) console.log(`              To improve: ${row.toImprove}`);
  }
}
