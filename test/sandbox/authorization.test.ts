import { readFileSync, statSync } from 'node:fs';
import { importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaceName, type OpenSandbox, openSandbox, reply, survey, task } from './open-sandbox.ts';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const bearer = async (face: FaceName, path: string, token?: string) =>
  reply(
    await fetch(
      `${ehr.base(face)}${path}`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    ),
  );

describe('discovery', () => {
  it.each(['native', 'notes-only'] as const)('%s names its own token endpoint', async (face) => {
    const found = await (await fetch(`${ehr.base(face)}/.well-known/smart-configuration`)).json();
    expect(found).toMatchObject({
      token_endpoint: `${ehr.authUrl}/${face}/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    });
    expect(found.capabilities).toEqual(expect.arrayContaining(['client-confidential-asymmetric', 'permission-v2']));
  });
});

describe('token endpoint', () => {
  it('gives an opaque token for 300 seconds with the scope that was granted', async () => {
    const { status, body } = await ehr.askToken('native', 'system/Task.cruds system/Observation.rs');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'system/Task.cruds system/Observation.rs',
    });
    expect(body.access_token.split('.')).toHaveLength(1);
  });

  it('refuses an assertion the second time', async () => {
    const assertion = await ehr.service.assertion(ehr.claims('native'));
    expect((await ehr.askToken('native', 'system/*.rs', assertion)).status).toBe(200);
    const replay = await ehr.askToken('native', 'system/*.rs', assertion);
    expect([replay.status, replay.body.error]).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['the other face as audience', { aud: 'other' }, {}],
    ['an expiry over five minutes ahead', { exp: Math.floor(Date.now() / 1000) + 3600 }, {}],
    ['an expiry in the past', { exp: Math.floor(Date.now() / 1000) - 60 }, {}],
    ['no jti', { jti: undefined }, {}],
    ['another issuer', { iss: 'somebody-else' }, {}],
    ['an unknown client', { iss: 'somebody', sub: 'somebody' }, {}],
    ['another typ', {}, { typ: 'at+jwt' }],
    ['an unknown kid', {}, { kid: 'nobody' }],
  ])('refuses %s', async (_name, claims, header) => {
    const sent = 'aud' in claims ? { ...claims, aud: ehr.tokenEndpoint('notes-only') } : claims;
    const assertion = await ehr.service.assertion(ehr.claims('native', sent), header);
    const refused = await ehr.askToken('native', 'system/*.rs', assertion);
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client']);
  });

  it('takes a new key of the client at once', async () => {
    await ehr.service.rotateKey();
    expect((await ehr.askToken('native', 'system/*.rs')).status).toBe(200);
  });

  it('grants nothing for scopes that are none of its own', async () => {
    const refused = await ehr.askToken('native', 'patient/*.rs openid');
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_scope']);
  });

  it('notes-only narrows what is asked and returns what is left', async () => {
    const asked =
      'system/CarePlan.cruds system/Task.cruds system/QuestionnaireResponse.cruds system/Observation.cruds system/DocumentReference.cruds';
    const { body } = await ehr.askToken('notes-only', asked);
    expect(body.scope.split(' ')).toEqual([
      'system/CarePlan.rs',
      'system/QuestionnaireResponse.rs',
      'system/Observation.rs',
      `system/Observation.crus?category=${CATEGORY}|survey`,
      'system/DocumentReference.crs',
    ]);
    expect((await ehr.askToken('notes-only', 'system/Task.cruds')).body.error).toBe('invalid_scope');
  });

  it('v1 scopes work', async () => {
    const { body } = await ehr.askToken('native', 'system/Task.read system/Task.write');
    expect(body.scope).toBe('system/Task.read system/Task.write');
    expect((await ehr.fhir('native', 'POST', '/Task', { body: task(), scope: 'system/Task.write' })).status).toBe(201);
    expect((await ehr.fhir('native', 'GET', '/Task', { scope: 'system/Task.write' })).status).toBe(403);
  });
});

describe('what a token opens', () => {
  it('nothing without one, nothing with one of the other face', async () => {
    const none = await bearer('native', '/Patient/sarah');
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await bearer('native', '/Patient/sarah', 'invented')).status).toBe(401);
    const foreign = await ehr.token('native');
    expect((await bearer('notes-only', '/Patient/sarah', foreign)).status).toBe(401);
    expect((await bearer('native', '/Patient/sarah', foreign)).status).toBe(200);
  });

  it.each(['native', 'notes-only'] as const)('%s enforces type and interaction', async (face) => {
    const scope = 'system/Patient.r';
    expect((await ehr.fhir(face, 'GET', '/Patient/sarah', { scope })).status).toBe(200);
    expect((await ehr.fhir(face, 'GET', '/Patient', { scope })).status).toBe(403);
    expect((await ehr.fhir(face, 'GET', '/Condition/sarah-social-anxiety', { scope })).status).toBe(403);
    expect((await ehr.fhir(face, 'POST', '/Observation', { scope, body: survey() })).status).toBe(403);
  });

  it('a granular scope holds for writes and reads alike', async () => {
    const scope = `system/Observation.crus?category=${CATEGORY}|survey`;
    const vital = { category: [{ coding: [{ system: CATEGORY, code: 'vital-signs' }] }] };
    const made = await ehr.fhir('native', 'POST', '/Observation', { scope, body: survey() });
    expect(made.status).toBe(201);
    expect((await ehr.fhir('native', 'POST', '/Observation', { scope, body: survey(vital) })).status).toBe(403);
    const { body: other } = await ehr.fhir('native', 'POST', '/Observation', { body: survey(vital) });
    expect((await ehr.fhir('native', 'GET', `/Observation/${other.id}`, { scope })).status).toBe(403);
    const changed = { ...other, category: survey().category };
    expect((await ehr.fhir('native', 'PUT', `/Observation/${other.id}`, { scope, body: changed })).status).toBe(403);
    const found = await ehr.fhir('native', 'GET', '/Observation', { scope });
    expect(found.body.entry.map((entry: { resource: { id: string } }) => entry.resource.id)).toEqual([made.body.id]);
  });

  it('a transaction needs the scopes of each entry', async () => {
    const entry = [
      { resource: task(), request: { method: 'POST', url: 'Task' } },
      { resource: survey(), request: { method: 'POST', url: 'Observation' } },
    ];
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    const before = ehr.commits().length;
    expect((await ehr.fhir('native', 'POST', '', { scope: 'system/Task.cruds', body })).status).toBe(403);
    expect(ehr.commits()).toHaveLength(before);
  });
});

describe('the reader client', () => {
  it('lies beside the data, readable by its owner only, and reads both faces', async () => {
    const path = `${ehr.dataDir}/sandbox/reader-client.json`;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const reader = JSON.parse(readFileSync(path, 'utf8')) as {
      clientId: string;
      jwk: JWK;
      tokenEndpoints: Record<FaceName, string>;
    };
    for (const face of ['native', 'notes-only'] as const) {
      const claims = ehr.claims(face, { iss: reader.clientId, sub: reader.clientId });
      const assertion = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: String(reader.jwk.kid) })
        .sign(await importJWK(reader.jwk, 'ES384'));
      const { body } = await ehr.askToken(face, 'system/*.cruds', assertion);
      expect(body.scope).toBe('system/*.rs');
      expect((await bearer(face, '/Patient/sarah', body.access_token)).status).toBe(200);
    }
  });
});
