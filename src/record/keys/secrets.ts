import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Clock } from '../../foundation/clock.ts';
import type { Queryable } from '../database/database.ts';

/** The key we sign with: ES384, its private half as a JWK, and what may be published of it. */
export interface SigningKeys {
  readonly kid: string;
  readonly privateJwk: JWK;
  readonly publicJwks: { readonly keys: readonly JWK[] };
}

/** Loads the service's signing key, or makes it once; processes that start together get the same one. */
export async function loadSigningKeys(database: Queryable, clock: Clock): Promise<SigningKeys> {
  const privateJwk = await loadOrMake<JWK>(database, clock, 'signing-key', async () => {
    const { privateKey } = await generateKeyPair('ES384', { extractable: true });
    return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'ES384', use: 'sig' };
  });
  const { d: _private, ...publicJwk } = privateJwk;
  return { kid: privateJwk.kid ?? '', privateJwk, publicJwks: { keys: [publicJwk] } };
}

/** Loads the secret behind the response endpoints, or makes it once. */
export async function loadResponseSecret(database: Queryable, clock: Clock): Promise<string> {
  return loadOrMake(database, clock, 'response-endpoint', async () => randomBytes(32).toString('base64url'));
}

/** Loads the key that app sessions' tokens are encrypted with (256 bits), or makes it once. */
export async function loadSessionKey(database: Queryable, clock: Clock): Promise<Buffer> {
  const make = async () => randomBytes(32).toString('base64url');
  return Buffer.from(await loadOrMake<string>(database, clock, 'app-session', make), 'base64url');
}

async function loadOrMake<T>(database: Queryable, clock: Clock, name: string, make: () => Promise<T>): Promise<T> {
  const select = () => database.query<{ value: T }>('select value from secret where name = $1', [name]);
  const known = (await select()).rows[0];
  if (known !== undefined) return known.value;
  await database.query(
    'insert into secret (name, value, created_at) values ($1, $2::jsonb, $3) on conflict do nothing',
    [name, JSON.stringify(await make()), clock.now()],
  );
  // whoever came first has made it
  const made = (await select()).rows[0];
  if (made === undefined) throw new Error(`the secret "${name}" is missing right after it was made`);
  return made.value;
}
