import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import type { Config } from '../config/read-config.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { privateFolder } from '../record/database/private-folder.ts';

const clientSchema = z.object({ clientId: z.string(), jwk: z.record(z.string(), z.unknown()) });

/** A source system's credentials: its id and its private key. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly jwk: JWK;
}

/** Where the sandbox's ready-made client stands. */
export const demoClientFile = (dataDir: string): string => join(dataDir, 'sandbox', 'demo-client.json');

/**
 * Reads a client's credentials from a file `{clientId, jwk}`.
 * @throws `configuration-invalid` naming the file, never what stands in it
 */
export function readClientFile(file: string): ClientCredentials {
  try {
    return clientSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // no cause: a parser's message quotes the text, and there is a private key in it
    const problem = 'is not a client’s credentials: JSON {clientId, jwk}';
    throw new IntersessionError(
      'configuration-invalid',
      { issues: [{ variable: file, problem }] },
      `${file} ${problem}`,
    );
  }
}

/** The client that plays the homework product for the sandbox tenants: made once, kept beside the sandbox's data. */
export async function demoClient(dataDir: string): Promise<ClientCredentials> {
  const file = demoClientFile(dataDir);
  if (existsSync(file)) return readClientFile(file);
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  const client = {
    clientId: 'homework-product',
    jwk: { ...(await exportJWK(privateKey)), alg: 'ES384', kid: 'homework-product-1' },
  };
  privateFolder(join(dataDir, 'sandbox'));
  writeFileSync(file, `${JSON.stringify(client, null, 2)}\n`, { mode: 0o600 });
  return client;
}

/** The public half, as a JWK set for a tenant's `sources`. */
export function publicJwks({ jwk }: ClientCredentials): { keys: JWK[] } {
  const { d: _private, ...key } = jwk;
  return { keys: [key] };
}

/** The sandbox tenants know the ready-made client as the homework product that sends to them. */
export async function withDemoClient({
  tenants,
  dataDir,
}: Pick<Config, 'tenants' | 'dataDir'>): Promise<Config['tenants']> {
  if (!tenants.some((tenant) => tenant.sandbox)) return tenants;
  const client = await demoClient(dataDir);
  const source = {
    clientId: client.clientId,
    name: 'Homework product (demo)',
    jwks: publicJwks(client),
    scopes: 'system/*.cruds',
    // `ledger` and whoever tries things out are to see what was made in the app as well
    sees: 'tenant',
    writes: 'tenant',
  } as const;
  return tenants.map((tenant) => (tenant.sandbox ? { ...tenant, sources: [...tenant.sources, source] } : tenant));
}
