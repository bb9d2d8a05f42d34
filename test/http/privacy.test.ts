import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Doors, openDoors } from './open-doors.ts';
import { logBody, performedAt, planBody, sendPlan } from './sarah.ts';

const marker = 'Zyzzyva-Whitcombe';
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

it('logs one line a request, with its id and route, and nothing that anyone said or is called', async () => {
  doors.test.setTime(new Date(performedAt('1.1')).toISOString());
  const token = await doors.token('north');
  const plan = await sendPlan(doors, token, { sourceId: marker, title: marker, description: marker });
  const logs = `/api/v1/assignments/${plan.assignmentId('1')}/logs`;
  const answers = { situation: marker, 'suds-peak': 75, 'belief-before': 90 };
  await doors.call('POST', logs, { token, body: { ...logBody('1.1'), answers } });
  await doors.call('POST', logs, {
    token,
    body: { ...logBody('1.1'), answers: { situation: [marker], [marker]: marker } },
  });
  await doors.call('POST', '/api/v1/plans', { token, body: { ...planBody, title: { first: marker }, [marker]: 1 } });
  await doors.call('POST', '/api/v1/plans', {
    token,
    raw: `{"title": ${marker}`,
    headers: { 'content-type': 'application/json' },
  });
  await doors.call('GET', `/api/v1/plans?patientId=${marker}`, { token });
  await doors.call('GET', `/fhir/north/Task?patient=${marker}&${marker}=1`, { token });
  await doors.call('GET', `/fhir/north/Task/${marker}`, { token });
  await doors.call('POST', `/fhir/north/response/${marker}/${marker}`, { body: { item: marker } });
  await doors.call('GET', `/${marker}`, { token: marker });
  await doors.call('POST', `/oauth/north/token`, { raw: new URLSearchParams({ grant_type: marker }) });
  // a failure that nobody expects, with a message that quotes what was sent
  const { database } = doors.test;
  const query = database.query;
  Object.assign(database, {
    query: () => Promise.reject(Object.assign(new Error(`bad value: ${marker}`), { code: '22P02', detail: marker })),
  });
  const failed = await doors.call('GET', '/api/v1/plans', { token, headers: { 'x-request-id': 'request-17' } });
  Object.assign(database, { query });
  expect(failed.status).toBe(500);
  expect(failed.text).not.toContain(marker);

  const log = doors.log();
  expect(log).not.toContain(marker);
  expect(log).not.toContain(token);
  expect(log).not.toContain('sarah');
  expect(log).toContain('"route":"/api/v1/plans"');
  expect(log).toContain('"route":"/fhir/:tenant/:type"');
  const failure = log.split('\n').find((line) => line.includes('request failed')) ?? '';
  expect(JSON.parse(failure)).toMatchObject({ requestId: 'request-17', name: 'Error', code: '22P02' });
  expect(failure).toContain('list-plans.ts');
});

it('measures by route, never by address', async () => {
  const { text, headers } = await doors.call('GET', '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(
    /intersession_http_request_duration_seconds_count\{method="GET",route="\/fhir\/:tenant\/:type\/:id",status="404"\} 1/,
  );
  expect(text).not.toContain(marker);
  expect(text).not.toContain('north');
});

it('gives every answer a request id: the caller’s own when it is a plain word', async () => {
  const own = await doors.call('GET', '/health', { headers: { 'x-request-id': 'abc-1' } });
  expect(own.headers.get('x-request-id')).toBe('abc-1');
  const other = await doors.call('GET', '/nothing', { headers: { 'x-request-id': 'with spaces and "quotes"' } });
  expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('says whether it lives, and whether it is ready', async () => {
  expect((await doors.call('GET', '/health')).body).toEqual({ status: 'ready' });
  expect((await doors.call('GET', '/ready')).body).toEqual({ status: 'ready', parts: { database: 'ok' } });
  const starting = await openDoors({ health: () => ({ status: 'starting', parts: { 'ehr north': 'unreachable' } }) });
  expect((await starting.call('GET', '/health')).status).toBe(200);
  const ready = await starting.call('GET', '/ready');
  expect(ready.status).toBe(503);
  expect(ready.body).toMatchObject({ parts: { 'ehr north': 'unreachable' } });
  await starting.close();
});
