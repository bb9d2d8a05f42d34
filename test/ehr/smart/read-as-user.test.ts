import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsUser } from '../../../src/ehr/smart/read-as-user.ts';

let server: Server;
let fhirBase: string;
let answer: { status: number; body: string } = { status: 200, body: '' };
let carried: string | undefined;
beforeAll(async () => {
  server = createServer((request, response) => {
    carried = request.headers.authorization;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fhirBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = async (status: number, body: unknown, type = 'Patient') => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const reader = { tenant: { id: 'north', fhirBase }, accessToken: 'at-17', timeoutMs: 3_000, at: new Date(0) };
  return readAsUser(reader, 'Patient/sarah', type);
};
const patient = { resourceType: 'Patient', id: 'sarah' };

describe('a read with a person’s own token', () => {
  it('carries that token, and is what was asked for', async () => {
    expect(await read(200, patient)).toEqual({ ok: true, value: patient });
    expect(carried).toBe('Bearer at-17');
  });

  it.each<[string, number, unknown]>([
    ['another resource', 200, { resourceType: 'Practitioner', id: 'sarah' }],
    ['an OperationOutcome', 200, { resourceType: 'OperationOutcome', issue: [] }],
    ['JSON that is no resource', 200, { id: 'sarah' }],
    ['a list', 200, [patient]],
    ['a login page', 200, '<html>Sign in</html>'],
    ['nothing', 200, ''],
    ['JSON that ends early', 200, '{"resourceType":"Patient"'],
    ['JSON deeper than we walk', 200, `{"resourceType":"Patient","x":${'['.repeat(200)}${']'.repeat(200)}}`],
    ['201', 201, patient],
    ['206, of a part', 206, patient],
    ['a redirect', 302, patient],
  ])('that is answered with %s is unusable', async (_what, status, body) => {
    expect(await read(status, body)).toEqual({ ok: false, why: 'unusable' });
  });

  it.each([
    [401, 'expired'],
    [400, 'refused'],
    [403, 'refused'],
    [408, 'unreachable'],
    [425, 'unreachable'],
    [429, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('that is answered with %i is %s, whatever stands in it', async (status, why) => {
    expect(await read(status, patient)).toEqual({ ok: false, why });
  });

  it.each([404, 410])('that is answered with %i is refused, and the EHR says that there is none', async (status) => {
    expect(await read(status, patient)).toEqual({ ok: false, why: 'refused', absent: true });
  });

  it('brings names without what no system can hold, and ids as they are', async () => {
    const said = { ...patient, id: 'sa\u0007rah', name: [{ family: 'Whit\u0007field' }] };
    expect(await read(200, said)).toEqual({
      ...{ ok: true, value: { ...patient, id: 'sa\u0007rah', name: [{ family: 'Whitfield' }] } },
    });
  });
});
