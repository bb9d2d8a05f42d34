import { resolve } from 'node:path';
import { z } from 'zod';
import { defined } from '../foundation/defined.ts';
import { isThisMachine } from '../foundation/this-machine.ts';
import { base } from './addressed.ts';
import { invalid, problemOf } from './configuration-problem.ts';
import { isForbiddenPort } from './forbidden-ports.ts';
import { readTenants } from './read-tenants.ts';
import { sandboxTenants } from './sandbox-tenants.ts';
import type { Tenant } from './tenant-schema.ts';

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
