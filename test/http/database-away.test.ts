import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Doors, openDoors } from './open-doors.ts';
import { planBody } from './sarah.ts';

let doors: Doors;
let token: string;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  await doors.test.database.close();
});
afterAll(() => doors.close());

it('every door that needs the database answers 503 with Retry-After while it is away, and the process lives', async () => {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  form.set('client_assertion', await doors.assertion('north'));
  for (const [method, path, call] of [
    ['GET', '/fhir/north/Task', { token }],
    ['GET', '/fhir/north/Task/x', { token }],
    ['POST', '/fhir/north/Task/_search', { token }],
    ['GET', '/api/v1/plans', { token }],
    ['POST', '/api/v1/plans', { token, body: planBody }],
    ['GET', '/api/v1/ledger', { token }],
    ['POST', '/oauth/north/token', { raw: form }],
    ['POST', '/sandbox/clock', { body: { advance: 'P1D' } }],
  ] as const) {
    const answer = await doors.call(method, path, call);
    expect([answer.status, answer.headers.get('retry-after')], `${method} ${path} ${answer.text}`).toEqual([503, '5']);
    expect(answer.text).not.toMatch(/pglite|postgres|sarah/i);
    const words = path.startsWith('/fhir')
      ? ['application/fhir+json; charset=utf-8', { resourceType: 'OperationOutcome', issue: [{ code: 'transient' }] }]
      : path.startsWith('/oauth')
        ? ['application/json; charset=utf-8', { error: 'temporarily_unavailable' }]
        : ['application/problem+json; charset=utf-8', { code: 'database-unreachable' }];
    expect([answer.headers.get('content-type'), answer.body]).toMatchObject(words);
  }
  expect((await doors.call('GET', '/health')).status).toBe(200);
  expect((await doors.call('GET', '/ready')).status).toBe(503);
  expect((await doors.call('GET', '/fhir/north/metadata')).status).toBe(200);
});
