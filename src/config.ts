import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { vendorNames } from './ehr/vendors/registry.ts';
import { isForbiddenPort } from './forbidden-ports.ts';
import { defined } from './homework/defined.ts';
import { ehrIdPattern } from './homework/ehr-id.ts';
import { IntersessionError } from './homework/errors.ts';
import { artefacts } from './homework/model.ts';
import { isBlank, unheldTexts } from './homework/plain-text.ts';
import { serverAddress } from './homework/same-address.ts';
import { isThisMachine } from './homework/this-machine.ts';
import { landings } from './landing/vendor-traits.ts';
import { sandboxTenants } from './sandbox-tenants.ts';
import { addressProblem, baseProblem, sharedByPeople } from './tenant-addresses.ts';

const address = z.url().superRefine((text, context) => judge(addressProblem(text), context));
const base = z.url().superRefine((text, context) => judge(baseProblem(text), context));

const publicKey = z.record(z.string(), z.unknown()).superRefine((key, context) => {
  // the private half, or a secret that both know: whoever reads this file could speak as the source
  if ('d' in key || 'k' in key) judge('must be public: it holds a private or a shared key', context);
  // an assertion is signed by RS384 or ES384: by another kind the source could never be known
  else if (key.kty !== 'RSA' && key.kty !== 'EC') judge('must be a key of kty RSA or EC', context);
});

/** As `system/Task.rs`, or in version 1 `system/Task.read`: what a token for a source can hold. */
const systemScope = /^system\/(?:[A-Z][A-Za-z]*|\*)\.(?:(?=[cruds])c?r?u?d?s?|read|write|\*)$/;

const sourceScopes = z.string().refine((text) => {
  const scopes = text.split(' ').filter((scope) => scope !== '');
  return scopes.length > 0 && scopes.every((scope) => systemScope.test(scope));
}, 'must be SMART system scopes with a space between them: system/Task.rs');

const source = z
  .strictObject({
    clientId: z.string().regex(/^[\x21-\x7e]+$/, 'must be printable characters without spaces'),
    /** Stands wherever something is shown that this system sent. */
    name: z
      .string()
      .refine((text) => !isBlank(text), 'must not be blank')
      .optional(),
    jwks: z.strictObject({ keys: z.array(publicKey).min(1) }).optional(),
    jwksUri: address.optional(),
    scopes: sourceScopes,
    /** Whose homework it is answered: what it made itself (default), or the tenant's. */
    sees: z.enum(['own', 'tenant']).default('own'),
    /** Whose homework it may change. */
    writes: z.enum(['own', 'tenant']).default('own'),
  })
  .refine(({ sees, writes }) => writes === 'own' || sees === 'tenant', {
    path: ['writes'],
    message: '"tenant" needs sees "tenant": who changes something is told how it stands then',
  })
  .superRefine(({ jwks, jwksUri }, context) => {
    if (jwks === undefined && jwksUri === undefined) judge('needs its public keys: jwks or jwksUri', context);
    if (jwks !== undefined && jwksUri !== undefined) judge('has both jwks and jwksUri, and only one is read', context);
  });

const tenantSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, 63 at most'),
    // it stands in messages and notes in the EHR
    name: z.string().refine((text) => !isBlank(text), 'must not be blank'),
    /** In one spelling; only what is no plain address stays as it is. */
    fhirBase: z.url().transform((given) => {
      const bare = given.replace(/\/+$/, '');
      return serverAddress(bare) ?? bare;
    }),
    vendor: z.enum(vendorNames as readonly [string, ...string[]]).default('generic'),
    auth: z.enum(['smart', 'none']),
    issuer: base.optional(),
    clientId: z.string().min(1).optional(),
    systemClientId: z.string().min(1).optional(),
    systemScopes: z.string().min(1).optional(),
    /** How the app proves who it is at the token endpoint: not at all (default), by a secret, or by our key. */
    appAuth: z.enum(['public', 'secret', 'key']).optional(),
    /** Holds the secret and nothing else. */
    appClientSecretFile: z.string().min(1).optional(),
    /** Scopes to ask a person for, separated by spaces, without `launch`; default: what the app needs. */
    appScopes: z.string().min(1).optional(),
    /** Whom a patient in danger calls; shown to every patient who signs in, so that no number is ever made up. */
    crisisLine: z
      .strictObject({ label: z.string().trim().min(1), phone: z.string().regex(/\d/, 'must be a number to call') })
      .optional(),
    /** Origins whose pages may show the app in a frame. */
    frameAncestors: z.array(z.url().refine(isOrigin, 'must be an origin like https://ehr.example')).optional(),
    /** Origins whose pages may read the FHIR endpoint of this tenant with a token. */
    fhirOrigins: z.array(z.url().refine(isOrigin, 'must be an origin like https://forms.example')).optional(),
    roles: z
      .array(
        z
          .strictObject({
            fhirUser: z
              .string()
              .regex(/^(?:[^*\s]+\*?|\*)$/, 'must be a reference like Practitioner/17, or the begin of one and *')
              .refine((text) => !text.startsWith('Patient/'), 'must not be a patient, who needs no role here')
              .optional(),
            practitionerRoleCode: z.string().min(1).optional(),
            // nobody becomes a patient by a rule: whom the EHR names as a Patient is one
            role: z.enum(['clinician', 'coordinator', 'integration']),
          })
          .refine(
            ({ fhirUser, practitionerRoleCode }) => fhirUser !== undefined || practitionerRoleCode !== undefined,
            'needs fhirUser or practitionerRoleCode: nobody has a role by this',
          ),
      )
      .default([]),
    roster: z
      .string()
      .regex(new RegExp(`^(?:all|Group/${ehrIdPattern})$`), 'must be all, or a Group like Group/17')
      .optional(),
    timeZone: z.string().refine(isTimeZone, 'not an IANA time zone').default('UTC'),
    language: z.string().default('en-US'),
    encounterRule: z.enum(['latest-open', 'next-opened', 'ask']).default('latest-open'),
    lateGraceHours: z.number().int().min(0).max(336).optional(),
    /** What the site decided about a landing, against or beyond what its EHR could do. */
    landings: z
      .partialRecord(z.enum(artefacts), z.strictObject({ landing: z.enum(landings), because: z.string().min(1) }))
      .default({}),
    /** Our Observation codes as rows that the customer built. */
    observationRows: z
      .record(
        z.string(),
        z.strictObject({ system: z.string().min(1), code: z.string().min(1), display: z.string().optional() }),
      )
      .default({}),
    /** Whom people call when a safety signal can reach no chart. */
    safetyRoute: z.strictObject({ name: z.string().min(1), phone: z.string().min(1).optional() }).optional(),
    limits: z
      .strictObject({
        concurrency: z.number().int().min(1).max(256),
        perMinute: z.number().int().min(1),
        /** Longer than any time-out on the way to the EHR's database; ours is 20 s. */
        settleSeconds: z.number().int().min(30).max(3600),
      })
      .partial()
      .default({}),
    /** Systems that send us homework: their keys and what they may do. */
    sources: z.array(source).default([]),
  })
  .superRefine((tenant, context) => {
    // a base that is no URL has its own issue, and no host
    const host = URL.parse(tenant.fhirBase)?.hostname;
    const problem = host === undefined ? undefined : baseProblem(tenant.fhirBase);
    if (tenant.auth === 'none' && /^https?:/.test(tenant.fhirBase) && host !== undefined && !isThisMachine(host)) {
      context.addIssue({ code: 'custom', path: ['auth'], message: '"none" is only for a FHIR server on this machine' });
    } else if (problem !== undefined) context.addIssue({ code: 'custom', path: ['fhirBase'], message: problem });
    if (tenant.auth === 'smart' && tenant.systemClientId === undefined) {
      context.addIssue({ code: 'custom', path: ['systemClientId'], message: 'needed for auth "smart"' });
    }
    if (tenant.clientId !== undefined && tenant.crisisLine === undefined) {
      const message = 'needed with clientId: patients can sign in, and must be shown whom to call where they live';
      context.addIssue({ code: 'custom', path: ['crisisLine'], message });
    }
    if (tenant.appAuth === 'secret' && tenant.appClientSecretFile === undefined) {
      context.addIssue({ code: 'custom', path: ['appClientSecretFile'], message: 'needed for appAuth "secret"' });
    }
    if (tenant.appAuth !== 'secret' && tenant.appClientSecretFile !== undefined) {
      context.addIssue({ code: 'custom', path: ['appClientSecretFile'], message: 'read only for appAuth "secret"' });
    }
    for (const [index, { clientId }] of tenant.sources.entries()) {
      if (tenant.sources.findIndex((source) => source.clientId === clientId) === index) continue;
      const message = 'another source of this tenant has it';
      context.addIssue({ code: 'custom', path: ['sources', index, 'clientId'], message });
    }
  });

/** One EHR connection. `sandbox` is never read from a file: only the two demo tenants have a clock that can be set. */
export type Tenant = z.output<typeof tenantSchema> & { readonly sandbox: boolean };

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./.data'),
  PUBLIC_URL: base.optional(),
  TENANTS_FILE: z.string().min(1).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be 16 characters or more, without spaces')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl?: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly logLevel: z.output<typeof environmentSchema>['LOG_LEVEL'];
  readonly tenants: readonly Tenant[];
  /** Who may read the metrics and how each EHR does; absent: callers on this machine. */
  readonly monitoring?: { readonly token?: string; readonly thisMachine: boolean };
  /** Present when the demo tenants are in use: where their EHR is to answer. */
  readonly sandbox?: { readonly host: string; readonly port: number; readonly vendor?: string };
}

/** The variables that the service reads, for the README's table and for messages. */
export const variables = Object.keys(environmentSchema.shape);

/**
 * Reads the configuration once, into a frozen object.
 * @param vendor the sandbox EHR stands for this vendor; without effect where TENANTS_FILE names the EHRs
 * @throws `configuration-invalid`, naming variables (and keys of TENANTS_FILE), never their values.
 */
export function readConfig(
  environment: Record<string, string | undefined>,
  { vendor }: { vendor?: string | undefined } = {},
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map((issue) => ({ variable: String(issue.path[0]), problem: problemOf(issue) })));
  }
  const e = parsed.data;
  const publicUrl = (e.PUBLIC_URL ?? ownAddress(e.HOST, e.PORT)).replace(/\/+$/, '');
  const beyond = beyondThisMachine(e);
  if (beyond !== undefined) throw invalid([beyond]);
  const dataDir = resolve(e.DATA_DIR);
  const monitoring = {
    ...defined({ token: e.METRICS_TOKEN }),
    // where others reach us, what seems to come from this machine may come through a proxy
    thisMachine: isThisMachine(new URL(publicUrl).hostname) && isThisMachine(e.HOST),
  };
  const common = { port: e.PORT, host: e.HOST, dataDir, publicUrl, monitoring, logLevel: e.LOG_LEVEL };
  const database = e.DATABASE_URL === undefined ? {} : { databaseUrl: e.DATABASE_URL };
  // port 0 stands for any free one, and the system gives none of these
  const ports = e.TENANTS_FILE === undefined ? [e.PORT, e.PORT + 1, e.PORT + 2] : [e.PORT];
  const barred = ports.find((port) => port !== 0 && isForbiddenPort(port));
  if (barred !== undefined) {
    const whose = barred === e.PORT ? '' : ', which the sandbox EHR would take,';
    const problem = `browsers and fetch connect to port ${barred}${whose} on no account; choose another`;
    throw invalid([{ variable: 'PORT', problem }]);
  }
  if (e.TENANTS_FILE !== undefined) {
    return Object.freeze({ ...common, ...database, tenants: readTenants(e.TENANTS_FILE) });
  }
  if (e.PORT === 0 || e.PORT > 65_533) {
    const problem = 'must be from 1 to 65533 without TENANTS_FILE, as the sandbox EHR takes the two ports after it';
    throw invalid([{ variable: 'PORT', problem }]);
  }
  const sandbox = { host: '127.0.0.1', port: e.PORT + 1, ...defined({ vendor }) };
  return Object.freeze({ ...common, ...database, tenants: sandboxTenants(sandbox), sandbox });
}

/** Any address of this machine: it is reached there by one of its names. */
const everywhere = ['0.0.0.0', '::'];

/** How the service is reached when nothing else is said. */
function ownAddress(host: string, port: number): string {
  const name = everywhere.includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** What is wrong with a service that others can reach. */
function beyondThisMachine({
  HOST,
  PUBLIC_URL,
  TENANTS_FILE,
}: z.output<typeof environmentSchema>): { variable: string; problem: string } | undefined {
  if (isThisMachine(HOST)) return undefined;
  if (TENANTS_FILE === undefined) {
    const problem =
      'must be this machine (127.0.0.1) without TENANTS_FILE: whoever reached the demo tenants could be anyone there, and set their clock';
    return { variable: 'HOST', problem };
  }
  if (PUBLIC_URL !== undefined || everywhere.includes(HOST)) return undefined;
  return {
    variable: 'PUBLIC_URL',
    problem: 'needed with a HOST beyond this machine: the https: address of the service',
  };
}

function readTenants(file: string): Tenant[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? 'the file is not valid JSON' : 'the file cannot be read';
    throw invalid([{ variable: 'TENANTS_FILE', problem }], cause);
  }
  const parsed = z.array(tenantSchema).min(1).safeParse(json);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => ({
        variable: keyOf(issue.path),
        problem: problemOf(issue),
      })),
    );
  }
  const unheld = [...unheldTexts(parsed.data)];
  if (unheld.length > 0) {
    const problem = 'must not hold control characters, nor half of a character';
    throw invalid(unheld.map((path) => ({ variable: keyOf(path), problem })));
  }
  const ids = parsed.data.map((tenant) => tenant.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid([{ variable: 'TENANTS_FILE', problem: `two tenants have the id "${twice}"` }]);
  const shared = sharedByPeople(parsed.data);
  if (shared !== -1) {
    const problem = 'another tenant with a clientId has it: a launch from there would be either’s';
    throw invalid([{ variable: `TENANTS_FILE[${shared}].fhirBase`, problem }]);
  }
  return parsed.data.map((tenant) => ({ ...tenant, sandbox: false }));
}

function keyOf(path: readonly PropertyKey[]): string {
  return `TENANTS_FILE${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;
}

/** zod's own messages can quote what was given; these name only what is expected. */
function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `must be ${issue.expected}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function invalid(issues: { variable: string; problem: string }[], cause?: unknown): IntersessionError {
  const message = `Configuration: ${issues.map(({ variable, problem }) => `${variable}: ${problem}`).join('; ')}`;
  return new IntersessionError('configuration-invalid', { issues }, message, { cause });
}

function judge(
  problem: string | undefined,
  context: { addIssue(issue: { code: 'custom'; message: string }): void },
): void {
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
}

function isOrigin(text: string): boolean {
  return URL.parse(text)?.origin === text;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
