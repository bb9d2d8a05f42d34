import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspectToken } from '../../../src/ehr/smart/introspect-token.ts';
import { systemClock } from '../../../src/foundation/clock.ts';

const fhirBase = 'https://ehr.example/fhir';
let server: Server;
let answer: { status: number; body: unknown } = { status: 200, body: {} };
let endpoint: URL;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status).end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/introspect`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The code of what is thrown when the server says this of the access token; undefined: the tie holds. */
async function said(body: unknown, { status = 200, fhirUser = `${fhirBase}/Practitioner/ada` as string | null } = {}) {
  answer = { status, body };
  const tenant = { id: 'north', fhirBase, clientId: 'app', authentication: { method: 'none' as const } };
  const person = { accessToken: 'at', subject: 'ada', fhirUser: fhirUser ?? undefined };
  const asked = introspectToken({ tenant, clock: systemClock, timeoutMs: 3_000, endpoint }, person);
  return asked.then(
    () => undefined,
    ({ code }) => code,
  );
}

/** What makes the access token another's than the id_token's `sub` ada, `fhirUser` Practitioner/ada. */
describe('the access token is somebody else’s', () => {
  it.each<[string, Record<string, unknown>]>([
    ['another sub alone', { sub: 'bob' }],
    ['another sub, though the same user', { sub: 'bob', fhirUser: `${fhirBase}/Practitioner/ada` }],
    ['the same sub in other letters', { sub: 'Ada' }],
    ['the same sub with a blank', { sub: 'ada ' }],
    ['another user alone', { fhirUser: `${fhirBase}/Practitioner/bob` }],
    ['another user, though the same sub', { sub: 'ada', fhirUser: `${fhirBase}/Practitioner/bob` }],
    ['another user, relative', { sub: 'ada', fhirUser: 'Practitioner/bob' }],
    ['the same id of another type', { sub: 'ada', fhirUser: 'Patient/ada' }],
    ['the same user of another EHR', { sub: 'ada', fhirUser: 'https://other.example/fhir/Practitioner/ada' }],
    ['what is no reference', { sub: 'ada', fhirUser: 'ada' }],
  ])('by %s', async (_what, says) => {
    expect(await said({ active: true, ...says })).toBe('foreign-user');
  });

  it('by a user where the id_token names none', async () => {
    expect(await said({ active: true, fhirUser: 'Practitioner/ada' }, { fhirUser: null })).toBe('foreign-user');
  });
});

describe('the access token is of nobody', () => {
  it.each([false, 'false'])('by active %j', async (active) => {
    expect(await said({ active, sub: 'ada' })).toBe('id-token-invalid');
  });
});

describe('the access token is the person’s', () => {
  it.each<[string, Record<string, unknown>]>([
    ['the same of both', { sub: 'ada', fhirUser: `${fhirBase}/Practitioner/ada` }],
    ['the same sub', { sub: 'ada' }],
    ['the user relative', { sub: 'ada', fhirUser: 'Practitioner/ada' }],
    ['nothing of either', {}],
    ['what is there and empty', { sub: '', fhirUser: null }],
    ['active as text', { active: 'true', sub: 'ada' }],
  ])('by %s', async (_what, says) => {
    expect(await said({ active: true, ...says })).toBeUndefined();
  });
});

describe('a server that does not say decides nothing', () => {
  it.each<[number, unknown]>([
    [401, { error: 'invalid_client' }],
    [404, '<html>'],
    [503, ''],
    [200, '<html>'],
    [200, { active: 'perhaps', sub: 'bob' }],
    [200, {}],
  ])('%i %j', async (status, body) => {
    expect(await said(body, { status })).toBeUndefined();
  });
});
