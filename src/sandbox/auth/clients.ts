import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { FaceName } from '../faces.ts';

/** A backend client registered at both faces. */
export interface BackendClient {
  clientId: string;
  /** Scopes the client may have, by face. */
  policy: Readonly<Record<FaceName, readonly string[]>>;
  /** Its public keys now. @throws when they cannot be had */
  publicKeys(): Promise<JWK[]>;
}

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const JWKS_TIMEOUT_MS = 5000;

/** The homework service. Its keys are fetched for each assertion, so a new key counts at once. */
export function serviceClient(serviceUrl: string): BackendClient {
  const jwksUri = `${serviceUrl.replace(/\/$/, '')}/.well-known/jwks.json`;
  return {
    clientId: 'intersession-system',
    policy: {
      native: ['system/*.cruds'],
      'notes-only': [
        'system/*.rs',
        `system/Observation.crus?category=${CATEGORY}|survey`,
        'system/DocumentReference.crs',
      ],
    },
    async publicKeys() {
      const response = await fetch(jwksUri, {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(JWKS_TIMEOUT_MS),
      });
      const body = (await response.json()) as { keys?: JWK[] };
      if (!response.ok || !Array.isArray(body.keys)) throw new Error('jwks_uri did not answer with a JWK set');
      return body.keys;
    },
  };
}

/** A read-only client for other tools: its private key lies beside the data, made at the first start. */
export async function readerClient(folder: string, tokenEndpoints: Record<FaceName, string>): Promise<BackendClient> {
  const path = join(folder, 'reader-client.json');
  const clientId = 'sandbox-reader';
  const jwk = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { jwk: JWK }).jwk : await newPrivateKey();
  writeFileSync(path, `${JSON.stringify({ clientId, jwk, tokenEndpoints }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  const { d: _private, ...publicKey } = jwk;
  return {
    clientId,
    policy: { native: ['system/*.rs'], 'notes-only': ['system/*.rs'] },
    publicKeys: async () => [publicKey],
  };
}

async function newPrivateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES384', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `reader-${Date.now()}`, alg: 'ES384', use: 'sig' };
}
