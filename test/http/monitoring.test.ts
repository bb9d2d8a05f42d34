import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppOptions } from '../../src/http/app-options.ts';
import { type Doors, openDoors } from './open-doors.ts';

const token = 'a-token-of-some-length';
const parts = { 'ehr st-elsewhere': 'unreachable' };
const health: AppOptions['health'] = () => ({ status: 'ready', parts });

async function told(doors: Doors, headers: Record<string, string> = {}) {
  const [ready, alive, metrics] = await Promise.all(
    ['/ready', '/health', '/metrics'].map((path) => doors.call('GET', path, { headers })),
  );
  return {
    statuses: [ready?.status, alive?.status, metrics?.status],
    tenants: [ready, alive].map((answer) => answer?.text.includes('st-elsewhere')),
    metrics: metrics?.text.includes('intersession_http_request_duration'),
    database: ready?.body,
  };
}
const everything = { statuses: [200, 200, 200], tenants: [true, true], metrics: true };
const untold = { statuses: [200, 200, 401], tenants: [false, false], metrics: false };

describe('the metrics, and how each EHR does', () => {
  let here: Doors;
  let byToken: Doors;
  let reached: Doors;
  beforeAll(async () => {
    here = await openDoors({ health });
    byToken = await openDoors({ health, monitoring: { token, thisMachine: true } });
    reached = await openDoors({ health, monitoring: { thisMachine: false } });
  });
  afterAll(() => Promise.all([here, byToken, reached].map((doors) => doors.close())));

  it('are told to this machine where nothing else is said', async () => {
    expect(await told(here)).toMatchObject(everything);
  });

  it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host'])(
    'not to whom a proxy on this machine forwards (%s)',
    async (header) => {
      expect(await told(here, { [header]: '127.0.0.1' })).toMatchObject(untold);
    },
  );

  it('are told to whoever bears the token, also through a proxy', async () => {
    const authorization = `Bearer ${token}`;
    expect(await told(byToken, { authorization })).toMatchObject(everything);
    expect(await told(byToken, { authorization, 'x-forwarded-for': '192.0.2.1' })).toMatchObject(everything);
  });

  it.each([
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${token}x` },
    { authorization: token },
    { authorization: `Basic ${token}` },
  ])('to nobody else, on this machine either: %j', async (headers) => {
    expect(await told(byToken, headers as Record<string, string>)).toMatchObject(untold);
  });

  it('to nobody where others reach the service and no token is set; a load balancer still learns whether it is ready', async () => {
    const stranger = await told(reached);
    expect(stranger).toMatchObject(untold);
    expect(stranger.database).toEqual({ status: 'ready', parts: { database: 'ok' } });
  });
});

describe('the id of a request', () => {
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors();
  });
  afterAll(() => doors.close());
  const paths = [
    ['GET', '/oauth/north/token'],
    ['POST', '/oauth/north/token'],
    ['GET', '/oauth/nowhere'],
    ['GET', '/smart/launch'],
    ['GET', '/smart/nothing'],
    ['GET', '/fhir/north/Task'],
    ['GET', '/fhir/north/metadata'],
    ['GET', '/api/v1/plans'],
    ['GET', '/%zz'],
    ['GET', '/metrics'],
  ] as const;
  const noIds = [
    'sarah-whitfield',
    'Sarah.Whitfield.1991-06-14',
    'whitfield-19910614',
    'eyJhbGciOiJFUzM4NCJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl',
    'javascript:alert(1)',
    '<script>',
    'a'.repeat(64),
    'deadbeef',
    '../../etc/passwd',
    'patient_7',
    'with spaces',
  ];

  it.each(noIds)('is ours where the caller’s is none: %s', async (given) => {
    for (const [method, path] of paths) {
      const answer = await doors.call(method, path, { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id'), path).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(`${answer.text}${JSON.stringify([...answer.headers])}`, path).not.toContain(given);
    }
    expect(doors.log()).not.toContain(given);
  });

  it.each([
    '0d0f7f2c-6f4e-4c55-8f0e-6a3f5f3b9a11',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '1-5759e988-bd862e3fe1be46a994272793',
    'request-17',
    '42',
  ])('is the caller’s own where it is one: %s', async (given) => {
    for (const [method, path] of paths) {
      const answer = await doors.call(method, path, { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id'), path).toBe(given);
    }
  });
});
