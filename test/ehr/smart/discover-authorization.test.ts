import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuthorizationServer, discoverAuthorization } from '../../../src/ehr/smart/discover-authorization.ts';

let server: Server;
let origin: string;
/** What stands where: a status alone, or an answer with 200. */
let served: Record<string, unknown>;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const found = served[request.url ?? ''];
    if (typeof found === 'number') response.writeHead(found).end();
    else response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const configurationPath = '/fhir/.well-known/smart-configuration';
const openIdPath = '/auth/.well-known/openid-configuration';

/** What comes of a SMART configuration that is changed so, and of this OpenID configuration. */
async function discover(
  change: Record<string, unknown>,
  options: { openId?: unknown; issuer?: string } = {},
): Promise<AuthorizationServer | { code: string; message: string }> {
  const good = {
    ...{ issuer: `${origin}/auth`, jwks_uri: `${origin}/auth/jwks`, capabilities: ['launch-ehr'] },
    ...{ authorization_endpoint: `${origin}/auth/authorize`, token_endpoint: `${origin}/auth/token` },
    code_challenge_methods_supported: ['S256'],
  };
  served = { [configurationPath]: { ...good, ...change }, [openIdPath]: options.openId };
  const issuer = options.issuer === undefined ? {} : { issuer: options.issuer };
  const tenant = { id: 'north', fhirBase: `${origin}/fhir`, clientId: 'app', ...issuer };
  return discoverAuthorization({ ...tenant, authentication: { method: 'none' } }, 3_000).catch(({ code, message }) => ({
    code,
    message,
  }));
}
const unfit = (problem: string) => ({ code: 'ehr-unfit', message: `EHR of north: ${problem}` });
const keysOf = (found: object) => ('jwks' in found && found.jwks instanceof URL ? found.jwks.pathname : found);

describe('an authorization server', () => {
  it('is what the SMART configuration says, with no other question', async () => {
    expect(await discover({ revocation_endpoint: `${origin}/auth/revoke` })).toMatchObject({
      ...{ issuer: `${origin}/auth`, capabilities: ['launch-ehr'] },
      revoke: new URL(`${origin}/auth/revoke`),
    });
    expect(asked).toEqual([configurationPath]);
  });

  it.each<[string, unknown, boolean]>([
    ['S256 alone', ['S256'], true],
    ['S256 among others', ['plain', 'S256'], true],
    ['plain alone', ['plain'], false],
    ['none', [], false],
    ['S256 in other letters', ['s256'], false],
    ['S256 as no list', 'S256', false],
    ['nothing', undefined, false],
  ])('that lists %s for PKCE (%j): %s', async (_what, methods, taken) => {
    const found = await discover({ code_challenge_methods_supported: methods });
    expect('issuer' in found).toBe(taken);
    if (!taken) expect(found).toMatchObject({ code: 'ehr-unfit', message: expect.stringContaining('S256') });
  });

  it.each([
    ['issuer', 'names no issuer'],
    ['authorization_endpoint', 'names no authorization endpoint'],
    ['token_endpoint', 'names no token endpoint'],
  ])('without %s is none', async (name, words) => {
    for (const value of [undefined, null, '', 17]) {
      expect(await discover({ [name]: value })).toMatchObject({ message: expect.stringContaining(words) });
    }
  });

  it('has the issuer that the tenant names, whatever its configuration says', async () => {
    expect(await discover({ issuer: undefined }, { issuer: 'https://auth.example' })).toMatchObject({
      issuer: 'https://auth.example',
    });
  });
});

describe('that each answer names the issuer (RFC 9207)', () => {
  const flag = 'authorization_response_iss_parameter_supported';

  it.each<[string, Record<string, unknown>, object | undefined, boolean]>([
    ['the SMART configuration', { [flag]: true }, undefined, true],
    ['the OpenID configuration, where the keys are looked up there', { jwks_uri: undefined }, { [flag]: true }, true],
    ['the one of them, and not the other', { jwks_uri: undefined, [flag]: true }, { [flag]: false }, true],
    ['neither of them', { jwks_uri: undefined }, {}, false],
    ['nobody', {}, undefined, false],
    ['nobody, in a text', { [flag]: 'true' }, undefined, false],
    ['an OpenID configuration that nobody needs', {}, { [flag]: true }, false],
  ])('is said by %s', async (_who, change, openId, answerNamesIssuer) => {
    const said =
      openId === undefined ? {} : { openId: { issuer: `${origin}/auth`, jwks_uri: `${origin}/k`, ...openId } };
    expect(await discover(change, said)).toMatchObject({ answerNamesIssuer });
  });
});

describe('keys that stand in the OpenID configuration alone', () => {
  const without = { jwks_uri: undefined };
  const openId = (more: object = {}) => ({ issuer: `${origin}/auth`, jwks_uri: `${origin}/openid/jwks`, ...more });

  it('are taken from the issuer’s own, though one of them has a slash at its end', async () => {
    expect(keysOf(await discover(without, { openId: openId() }))).toBe('/openid/jwks');
    expect(keysOf(await discover(without, { openId: openId({ issuer: `${origin}/auth/` }) }))).toBe('/openid/jwks');
    const slashed = { ...without, issuer: `${origin}/auth/` };
    expect(keysOf(await discover(slashed, { openId: openId() }))).toBe('/openid/jwks');
  });

  it.each([
    ['another server’s', () => 'https://evil.example/auth'],
    ['another tenant’s of the same server', () => `${origin}/other`],
    ['one below it', () => `${origin}/auth/realm`],
    ['the same in other letters', () => `${origin}/AUTH`],
  ])('are not taken from %s', async (_what, issuer) => {
    const found = await discover(without, { openId: openId({ issuer: issuer() }) });
    expect(found).toEqual(unfit('its OpenID configuration is another issuer’s'));
  });

  it.each<[string, () => unknown, string, string]>([
    ['names no key set', () => openId({ jwks_uri: undefined }), 'ehr-unfit', 'names no issuer and key set'],
    ['names no issuer', () => openId({ issuer: null }), 'ehr-unfit', 'names no issuer and key set'],
    ['names a key set in the clear', () => openId({ jwks_uri: 'http://auth.example/jwks' }), 'ehr-unfit', 'not https'],
    ['is not there', () => 404, 'ehr-unfit', 'names no issuer and key set'],
    ['cannot be had now', () => 503, 'ehr-unreachable', 'answers 503'],
  ])('are none where it %s', async (_what, said, code, words) => {
    expect(await discover(without, { openId: said() })).toMatchObject({
      ...{ code, message: expect.stringContaining(words) },
    });
  });

  it('are not asked for in the clear', async () => {
    const found = await discover({ ...without, issuer: 'http://auth.example' });
    expect(found).toEqual(unfit('its OpenID configuration is not https'));
  });
});
