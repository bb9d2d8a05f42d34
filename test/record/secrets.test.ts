import { importJWK, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { loadResponseSecret, loadSigningKeys } from '../../src/record/keys/secrets.ts';
import { seenAssertion } from '../../src/record/keys/seen-assertion.ts';
import { openTestDatabase } from './open-test-database.ts';

let database: Database;
let now = new Date('2026-03-01T15:00:00.000Z');
const clock: Clock = { now: () => now };
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe('loadSigningKeys', () => {
  it('makes one ES384 key, the same for all that start together, and publishes only its public half', async () => {
    const [keys, sameKeys] = await Promise.all([loadSigningKeys(database, clock), loadSigningKeys(database, clock)]);
    expect(keys).toEqual(sameKeys);
    const [key] = keys.publicJwks.keys;
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-384', alg: 'ES384', kid: keys.kid, use: 'sig' });
    expect(key).not.toHaveProperty('d');
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES384', kid: keys.kid })
      .sign(await importJWK(keys.privateJwk, 'ES384'));
    await jwtVerify(token, await importJWK(key ?? {}, 'ES384'));
  });
});

describe('loadResponseSecret', () => {
  it('is long, random and kept', async () => {
    const secret = await loadResponseSecret(database, clock);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await loadResponseSecret(database, clock)).toBe(secret);
  });
});

describe('seenAssertion', () => {
  const expiresAt = new Date('2026-03-01T15:05:00.000Z');
  const assertion = { issuer: 'client', jti: 'a', expiresAt };

  it('is true from the second time on, whoever asks first', async () => {
    const answers = await Promise.all([
      seenAssertion(database, clock, assertion),
      seenAssertion(database, clock, assertion),
    ]);
    expect(answers.toSorted()).toEqual([false, true]);
    expect(await seenAssertion(database, clock, assertion)).toBe(true);
    expect(await seenAssertion(database, clock, { ...assertion, issuer: 'other' })).toBe(false);
  });

  it('forgets what has long expired', async () => {
    now = new Date('2026-03-01T15:20:00.000Z');
    await seenAssertion(database, clock, { ...assertion, jti: 'b', expiresAt: new Date('2026-03-01T15:25:00Z') });
    expect((await database.query('select jti from assertion_seen')).rows).toEqual([{ jti: 'b' }]);
  });
});
