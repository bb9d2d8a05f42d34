import { createServer } from 'node:http';
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadSigningKeys } from '../../src/record/keys/secrets.ts';
import { type Answer, assertionType, type Doors, newKey, openDoors, publicUrl } from './open-doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

async function ask(tenant: string, form: Record<string, string>): Promise<Answer> {
  const raw = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: assertionType,
    ...form,
  });
  return doors.call('POST', `/oauth/${tenant}/token`, { raw });
}

describe('a token', () => {
  it('is given for a good assertion, for five minutes, signed by the published key', async () => {
    const answer = await ask('north', {
      client_assertion: await doors.assertion('north'),
      scope: 'system/CarePlan.rs system/Task.cu',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { access_token, ...rest } = z.looseObject({ access_token: z.string() }).parse(answer.body);
    expect(rest).toEqual({ token_type: 'bearer', expires_in: 300, scope: 'system/CarePlan.rs system/Task.cu' });
    const claims = decodeJwt(access_token);
    expect(claims).toMatchObject({
      iss: publicUrl,
      aud: `${publicUrl}/fhir/north`,
      sub: 'product',
      tenant: 'north',
      scope: 'system/CarePlan.rs system/Task.cu',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    const jwks = await doors.call('GET', '/.well-known/jwks.json');
    const { keys } = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).parse(jwks.body);
    expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(access_token).kid);
    expect(keys.every((key) => !('d' in key))).toBe(true);
  });

  it('has all that the client may do when no scope is asked for', async () => {
    const claims = { iss: 'limited', sub: 'limited' };
    const answer = await ask('north', { client_assertion: await doors.assertion('north', claims) });
    expect(answer.body).toMatchObject({ scope: 'system/Task.rs' });
  });

  it('is announced in the smart-configuration', async () => {
    const { body } = await doors.call('GET', '/fhir/south/.well-known/smart-configuration');
    expect(body).toMatchObject({
      token_endpoint: `${publicUrl}/oauth/south/token`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  });

  it('is given by keys behind an address as well, which are fetched', async () => {
    const key = await newKey('remote-1', 'RS384');
    const { kty, n, e, kid, alg } = key;
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [{ kty, n, e, kid, alg }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const [tenant] = doors.test.record.tenants.values();
    const remote = await openDoors({
      tenants: [
        {
          ...(tenant ?? { id: 'north', name: '', timeZone: 'UTC', language: 'en', sandbox: false }),
          ...{ fhirBase: 'https://ehr.example', vendor: 'generic' },
          sources: [{ clientId: 'product', jwksUri: `http://127.0.0.1:${port}/jwks`, scopes: 'system/*.rs' }],
        },
      ],
    });
    const raw = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: await remote.assertion('north', {}, {}, key),
    });
    const answer = await remote.call('POST', '/oauth/north/token', { raw });
    expect(answer.body).toMatchObject({ scope: 'system/*.rs' });
    await remote.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

it('an assertion is taken for us in a list of one, issued a little ahead of our clock, and without iat', async () => {
  const now = 1_772_377_200;
  for (const claims of [{ aud: [`${publicUrl}/oauth/north/token`] }, { iat: now + 119 }, { iat: undefined }]) {
    const raw = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: await doors.assertion('north', claims),
    });
    expect((await doors.call('POST', '/oauth/north/token', { raw })).status, JSON.stringify(claims)).toBe(200);
  }
});

describe('an assertion is refused', () => {
  const now = 1_772_377_200; // 2026-03-01T15:00:00Z, the test record's time
  const cases: readonly [string, () => Promise<string>, string][] = [
    ['when it has expired', () => doors.assertion('north', { exp: now - 121 }), 'it has expired'],
    ['when its time has not come', () => doors.assertion('north', { nbf: now + 121 }), "'nbf' is not as it must be"],
    ['when it lives too long', () => doors.assertion('north', { exp: now + 600 }), 'more than 300 seconds'],
    ['without an expiry', () => doors.assertion('north', { exp: undefined }), "'exp' is not as it must be"],
    ['without a jti', () => doors.assertion('north', { jti: undefined }), "'jti' is not as it must be"],
    ['for another audience', () => doors.assertion('south'), "'aud' is not as it must be"],
    [
      'for others beside us',
      () => doors.assertion('north', { aud: [`${publicUrl}/oauth/north/token`, 'https://other.example/token'] }),
      "'aud' names others beside us",
    ],
    [
      'for another tenant of ours beside this one',
      () => doors.assertion('north', { aud: ['south', 'north'].map((id) => `${publicUrl}/oauth/${id}/token`) }),
      "'aud' names others beside us",
    ],
    ['issued in an hour', () => doors.assertion('north', { iat: now + 3600 }), "'iat' lies in the future"],
    [
      'issued just beyond what clocks may differ',
      () => doors.assertion('north', { iat: now + 121 }),
      "'iat' lies in the future",
    ],
    ['issued at no time', () => doors.assertion('north', { iat: 'soon' }), "'iat' is not as it must be"],
    ['with a number for a jti', () => doors.assertion('north', { jti: 17 }), "'jti' must be a text"],
    ['with a list for a jti', () => doors.assertion('north', { jti: ['a'] }), "'jti' must be a text"],
    ['with a truth for a jti', () => doors.assertion('north', { jti: true }), "'jti' must be a text"],
    ['with an empty jti', () => doors.assertion('north', { jti: '' }), "'jti' must be a text"],
    ['with an endless jti', () => doors.assertion('north', { jti: 'j'.repeat(257) }), "'jti' must be a text"],
    ['of an unknown client', () => doors.assertion('north', { iss: 'who', sub: 'who' }), 'not a client of this tenant'],
    [
      'when subject and issuer differ',
      () => doors.assertion('north', { sub: 'limited' }),
      "'sub' is not as it must be",
    ],
    ['of a client without keys', () => doors.assertion('north', { iss: 'keyless', sub: 'keyless' }), 'no key'],
    ['without a key id', () => doors.assertion('north', {}, { kid: undefined }), "no 'kid'"],
    ['of another type', () => doors.assertion('north', {}, { typ: 'at+jwt' }), "'typ' is not as it must be"],
    ['that is none', async () => 'not.a.jwt', 'not a JWT'],
    [
      'by another key of the same id',
      async () => doors.assertion('north', {}, {}, await newKey('product-1')),
      'its signature is wrong',
    ],
    [
      'by a key of another id',
      async () => doors.assertion('north', {}, {}, await newKey('other')),
      'none of the client',
    ],
    [
      'by another algorithm',
      async () => doors.assertion('north', {}, {}, await newKey('product-1', 'ES256')),
      'neither RS384 nor ES384',
    ],
    ['signed with a shared secret', hmacAssertion, 'neither RS384 nor ES384'],
  ];

  async function hmacAssertion(): Promise<string> {
    const key: JWK = {
      kty: 'oct',
      k: Buffer.from('a'.repeat(48)).toString('base64url'),
      alg: 'HS384',
      kid: 'product-1',
    };
    return doors.assertion('north', {}, {}, key);
  }

  it.each(cases)('%s', async (_name, make, words) => {
    const answer = await ask('north', { client_assertion: await make() });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ error: 'invalid_client', error_description: expect.stringContaining(words) });
  });

  it('when it comes a second time, even to the same process', async () => {
    const client_assertion = await doors.assertion('north');
    expect((await ask('north', { client_assertion })).status).toBe(200);
    const again = await ask('north', { client_assertion });
    expect(again.status).toBe(401);
    expect(again.body).toMatchObject({ error: 'invalid_client', error_description: expect.stringContaining('jti') });
  });

  it('when two come at once: one of them works', async () => {
    const client_assertion = await doors.assertion('north');
    const answers = await Promise.all([ask('north', { client_assertion }), ask('north', { client_assertion })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });
});

describe('a token request is refused', () => {
  it('for a scope that the client may not have', async () => {
    const client_assertion = await doors.assertion('north', { iss: 'limited', sub: 'limited' });
    const answer = await ask('north', { client_assertion, scope: 'system/Task.r system/Task.u' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: 'invalid_scope', error_description: expect.stringContaining('Task.u') });
  });

  it('for another grant, without an assertion, or with a field given twice', async () => {
    const client_assertion = await doors.assertion('north');
    expect((await ask('north', { grant_type: 'password', client_assertion })).body).toMatchObject({
      error: 'unsupported_grant_type',
    });
    expect((await ask('north', {})).body).toMatchObject({ error: 'invalid_request' });
    const twice = new URLSearchParams({ grant_type: 'client_credentials' });
    twice.append('grant_type', 'client_credentials');
    const answer = await doors.call('POST', '/oauth/north/token', { raw: twice });
    expect(answer.body).toMatchObject({ error: 'invalid_request' });
  });

  it('as JSON, and for a tenant that is none', async () => {
    expect((await doors.call('POST', '/oauth/north/token', { body: {} })).status).toBe(415);
    const answer = await ask('nowhere', { client_assertion: 'x' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: 'invalid_request' });
  });
});

describe('an access token of our own signature', () => {
  it('is good only as what it was issued for', async () => {
    const { record } = doors.test;
    const { privateJwk, kid } = await loadSigningKeys(record.database, record.clock);
    const sign = async (claims: Record<string, unknown>, typ = 'at+jwt') =>
      new SignJWT({ tenant: 'north', client_id: 'product', scope: 'system/*.cruds', sub: 'product', ...claims })
        .setProtectedHeader({ alg: 'ES384', typ, kid })
        .setIssuer(publicUrl)
        .setExpirationTime(Math.floor(record.clock.now().getTime() / 1000) + 60)
        .sign(await importJWK(privateJwk, 'ES384'));
    const status = async (token: Promise<string>) =>
      (await doors.call('GET', '/api/v1/tenant', { token: await token })).status;
    const aud = `${publicUrl}/fhir/north`;
    expect(await status(sign({ aud }))).toBe(200);
    expect(await status(sign({ aud: `${publicUrl}/fhir/south` }))).toBe(401);
    expect(await status(sign({ aud: `${publicUrl}/fhir/gone`, tenant: 'gone' }))).toBe(401);
    expect(await status(sign({ aud, scope: undefined }))).toBe(401);
    // what we sign as a client of an EHR is no token here
    expect(await status(sign({ aud }, 'JWT'))).toBe(401);
  });
});
