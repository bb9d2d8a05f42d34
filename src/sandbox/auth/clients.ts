import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { FaceName } from '../face-name.ts';
import type { Site } from '../site.ts';

/** What an app that people launch is registered with. */
export interface AppRegistration {
  name: string;
  redirectUri: string;
  authentication: 'none' | 'client_secret_basic' | 'private_key_jwt';
  secret?: string;
}

/** A client registered at every face: a backend one, or an app. */
export interface RegisteredClient {
  clientId: string;
  /** Scopes on resources that a site lets the client have. */
  policy(site: Site): readonly string[];
  /** undefined: a backend client, which no person launches. */
  app?: AppRegistration;
  /** Its public keys now. @throws when they cannot be had */
  publicKeys(): Promise<JWK[]>;
}

const JWKS_TIMEOUT_MS = 5000;

/** The homework service. Its keys are fetched for each assertion, so a new key counts at once. */
export function serviceClient(serviceUrl: string): RegisteredClient {
  return {
    clientId: 'intersession-system',
    policy: (site) => site.grants('system'),
    publicKeys: () => publishedKeys(serviceUrl),
  };
}

/** The keys that the homework service publishes. @throws when they cannot be had */
export async function publishedKeys(serviceUrl: string): Promise<JWK[]> {
  const response = await fetch(`${serviceUrl.replace(/\/$/, '')}/.well-known/jwks.json`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(JWKS_TIMEOUT_MS),
  });
  const body = (await response.json()) as { keys?: JWK[] };
  if (!response.ok || !Array.isArray(body.keys)) throw new Error('jwks_uri did not answer with a JWK set');
  return body.keys;
}

/** A read-only client for other tools: its private key lies beside the data, made at the first start. */
export async function readerClient(
  folder: string,
  tokenEndpoints: Record<FaceName, string>,
): Promise<RegisteredClient> {
  const path = join(folder, 'reader-client.json');
  const clientId = 'sandbox-reader';
  const jwk = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { jwk: JWK }).jwk : await newPrivateKey();
  writeFileSync(path, `${JSON.stringify({ clientId, jwk, tokenEndpoints }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  const { d: _private, ...publicKey } = jwk;
  return {
    clientId,
    policy: () => ['system/*.rs'],
    publicKeys: async () => [publicKey],
  };
}

async function newPrivateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `reader-${Date.now()}`, alg: 'ES384', use: 'sig' };
}
