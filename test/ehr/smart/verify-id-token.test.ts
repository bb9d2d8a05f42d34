import { createHash } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, type JWTVerifyGetKey, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import * as real from '../../../src/ehr/smart/verify-id-token.ts';
import { withoutRule } from '../rule-taken-away.ts';

type Verify = typeof real.verifyIdToken;

const now = new Date('2026-03-01T15:00:00.000Z');
const seconds = now.getTime() / 1000;
const issuer = 'https://auth.example/tenant';
const clientId = 'homework-app';
const accessToken = 'at-17';
const tieOf = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

let signer: CryptoKey;
let stranger: CryptoKey;
let keys: JWTVerifyGetKey;
beforeAll(async () => {
  const [mine, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  signer = mine.privateKey;
  stranger = other.privateKey;
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(mine.publicKey)), kid: 'as-1', alg: 'ES256' }] });
});

const good: JWTPayload = {
  ...{ iss: issuer, aud: clientId, sub: 'ada', nonce: 'n-1', iat: seconds, exp: seconds + 300 },
  at_hash: tieOf(accessToken),
};
/** Claims that are undefined are left out. */
const sign = (claims: object, key = signer): Promise<string> =>
  new SignJWT(Object.fromEntries(Object.entries({ ...good, ...claims }).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'ES256', kid: 'as-1' })
    .sign(key);

/** `taken`, or what is thrown about it: the field that does not fit, or the code where no field is named. */
async function cameOf(verify: Verify, token: unknown, nonce: string | undefined = 'n-1'): Promise<string> {
  const expected = { tenantId: 'north', issuer, clientId, keys, clock: { now: () => now }, accessToken };
  return verify(token, { ...expected, ...(nonce === undefined ? {} : { nonce }) }).then(
    () => 'taken',
    (error) => error.fields?.problem ?? String(error),
  );
}

interface Rule {
  readonly rule: string;
  /** The rule's text, and what stands there without it. */
  readonly takenAway: readonly [string, string];
  /** The field that is named. */
  readonly says: string;
  /** Tokens that only this rule keeps out. */
  readonly tokens: Readonly<Record<string, () => Promise<string>>>;
}

const required = (claim: string): readonly [string, string] => {
  const all = ['iss', 'sub', 'exp', 'iat'];
  const listed = (claims: readonly string[]) => `requiredClaims: [${claims.map((text) => `'${text}'`).join(', ')}]`;
  return [listed(all), listed(all.filter((text) => text !== claim))];
};
const rules: readonly Rule[] = [
  {
    ...{ rule: 'iss', says: 'iss' },
    takenAway: ["if (!sameAddress(claims.data.iss, issuer)) throw invalid('iss');", ''],
    tokens: {
      'of another issuer': () => sign({ iss: 'https://evil.example/tenant' }),
      'of another tenant of the same': () => sign({ iss: 'https://auth.example/other' }),
      'of the issuer without its TLS': () => sign({ iss: 'http://auth.example/tenant' }),
    },
  },
  {
    ...{ rule: 'aud', says: 'aud' },
    takenAway: ['audience: clientId,', ''],
    tokens: {
      'for another client': () => sign({ aud: 'another-app' }),
      'for several others': () => sign({ aud: ['another-app', 'a-third'], azp: clientId }),
      'for nobody': () => sign({ aud: undefined }),
      'for one whose id begins like ours': () => sign({ aud: `${clientId}-2` }),
    },
  },
  {
    ...{ rule: 'azp, where there are several audiences', says: 'azp' },
    takenAway: [
      "if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp !== clientId) throw invalid('azp');",
      '',
    ],
    tokens: {
      'given to another of them': () => sign({ aud: [clientId, 'another-app'], azp: 'another-app' }),
      'given to it is not said whom': () => sign({ aud: [clientId, 'another-app'] }),
    },
  },
  {
    ...{ rule: 'nonce', says: 'nonce' },
    takenAway: ["if (nonce !== undefined && payload.nonce !== nonce) throw invalid('nonce');", ''],
    tokens: {
      'of another request': () => sign({ nonce: 'n-2' }),
      'of no request': () => sign({ nonce: undefined }),
      'of a list of requests': () => sign({ nonce: ['n-1'] }),
    },
  },
  {
    ...{ rule: 'at_hash', says: 'at_hash' },
    takenAway: ["if (tie !== undefined && !sameSecret(tie, hashOf(accessToken, alg))) throw invalid('at_hash');", ''],
    tokens: {
      'of another access token': () => sign({ at_hash: tieOf('at-18') }),
      'of the whole hash': () => sign({ at_hash: createHash('sha256').update(accessToken).digest('base64url') }),
    },
  },
  {
    ...{ rule: 'exp is there', says: 'exp', takenAway: required('exp') },
    tokens: { 'without an end': () => sign({ exp: undefined }) },
  },
  {
    ...{ rule: 'iat is there', says: 'iat', takenAway: required('iat') },
    tokens: { 'of no time': () => sign({ iat: undefined }) },
  },
  {
    ...{ rule: 'exp and nbf by our clock', says: 'exp' },
    takenAway: ['currentDate: clock.now(),', 'currentDate: new Date(0),'],
    tokens: { 'that is over': () => sign({ iat: seconds - 900, exp: seconds - 121 }) },
  },
  {
    ...{ rule: 'no more leeway than two minutes', says: 'exp' },
    takenAway: ['clockTolerance: clockLeewaySeconds,', 'clockTolerance: 10 * clockLeewaySeconds,'],
    tokens: { 'that is over since three': () => sign({ iat: seconds - 900, exp: seconds - 180 }) },
  },
];

describe.each(rules)('$rule', ({ takenAway, says, tokens }) => {
  it.each(Object.entries(tokens))('keeps out one %s, and nothing else does', async (_what, token) => {
    const changed = await withoutRule<typeof real>('src/ehr/smart/verify-id-token.ts', takenAway);
    const given = await token();
    expect([await cameOf(real.verifyIdToken, given), await cameOf(changed.verifyIdToken, given)]).toEqual([
      ...[says, 'taken'],
    ]);
  });
});

describe('an id_token', () => {
  it.each<[string, object]>([
    ['as it should be', {}],
    ['for a list of one', { aud: [clientId] }],
    ['for several, given to us', { aud: [clientId, 'another-app'], azp: clientId }],
    ['that is tied to no access token', { at_hash: undefined }],
    ['whose tie is empty', { at_hash: '' }],
    ['whose issuer is spelled with a slash', { iss: `${issuer}/` }],
    ['of a clock that is 110 s ahead', { iat: seconds + 110, nbf: seconds + 110 }],
    ['of a clock that is 110 s behind', { iat: seconds - 400, exp: seconds - 110 }],
  ])('%s is taken', async (_what, claims) => {
    expect(await cameOf(real.verifyIdToken, await sign(claims))).toBe('taken');
  });

  it('that was refreshed need not repeat the nonce', async () => {
    const expected = { tenantId: 'north', issuer, clientId, keys, clock: { now: () => now }, accessToken };
    await expect(real.verifyIdToken(await sign({ nonce: undefined }), expected)).resolves.toEqual({ subject: 'ada' });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['signed by another key', 'signature', () => sign({}, stranger)],
    ['without a subject', 'sub', () => sign({ sub: undefined })],
    ['whose subject is empty', 'sub', () => sign({ sub: '' })],
    ['whose subject is no text', 'sub', () => sign({ sub: 17 })],
    ['of no issuer', 'iss', () => sign({ iss: undefined })],
    ['that is not valid yet', 'nbf', () => sign({ nbf: seconds + 121 })],
    [
      'signed with a secret',
      'alg',
      () => new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'as-1' }).sign(new Uint8Array(32)),
    ],
    [
      'not signed',
      'alg',
      async () =>
        `${[{ alg: 'none' }, good].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
    ],
    ['that is no text', 'form', async () => 17],
    ['that is no token', 'form', async () => 'x.y'],
    ['that is not there', 'there is no id_token', async () => undefined],
  ])('%s is refused, and told by %s', async (_what, says, token) => {
    expect(await cameOf(real.verifyIdToken, await token())).toBe(says);
  });
});
