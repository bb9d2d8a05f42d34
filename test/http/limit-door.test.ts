import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countHit } from '../../src/record/keys/count-hit.ts';
import { openTestRecord } from '../record/open-test-record.ts';
import { type Answer, assertionType } from './open-doors.ts';
import { type App, codeOf, openApp } from './smart/open-app.ts';

let app: App;
const start = '2026-03-01T15:00:00.000Z';
beforeAll(async () => {
  app = await openApp({ app: { doorsPerMinute: 3 } });
});
afterAll(() => app.close());

const from = (address: string) => ({ 'x-forwarded-for': address });
const launch = (address: string): Promise<Answer> => {
  const body = { iss: 'https://elsewhere.example/fhir', tabKeyHash: app.newTab().tabKeyHash };
  return app.doors.call('POST', '/smart/launch', { body, headers: from(address) });
};
const callback = (address: string): Promise<Answer> =>
  app.doors.call('POST', '/smart/callback', { body: { code: 'x' }, headers: from(address) });
const token = (address: string): Promise<Answer> => {
  const raw = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: assertionType });
  return app.doors.call('POST', '/oauth/north/token', { raw, headers: from(address) });
};

describe.each([
  ['/smart/launch', launch],
  ['/smart/callback', callback],
  ['/oauth/{tenant}/token', token],
])('%s', (door, knock) => {
  it('is shut to an address that comes too often, with the time until it opens, and to no other', async () => {
    app.doors.test.setTime(start);
    const often = `192.0.2.${door.length}`;
    for (let time = 0; time < 3; time += 1) expect((await knock(often)).status).not.toBe(429);
    app.doors.test.setTime('2026-03-01T15:00:20.000Z');
    const refused = await knock(often);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.text).not.toContain('192.0.2');
    expect((await knock(`198.51.100.${door.length}`)).status).not.toBe(429);
    app.doors.test.setTime('2026-03-01T15:01:00.000Z');
    expect((await knock(often)).status).not.toBe(429);
  });
});

it('says it in the words of its door', async () => {
  for (let time = 0; time < 3; time += 1) await Promise.all([launch('203.0.113.9'), token('203.0.113.9')]);
  expect(codeOf(await launch('203.0.113.9'))).toBe('rate-limited');
  expect((await token('203.0.113.9')).body).toMatchObject({ error: 'temporarily_unavailable' });
});

it('keeps no address: neither in the table nor in the log', async () => {
  await launch('203.0.113.77');
  const { rows } = await app.doors.test.database.query('select * from door_hits');
  expect(rows.length).toBeGreaterThan(0);
  expect(`${JSON.stringify(rows)}${app.doors.log()}`).not.toContain('203.0.113');
});

it('counts for all processes together, and forgets a minute that is over', async () => {
  const test = await openTestRecord();
  test.setTime(start);
  const { database, record } = test;
  const counted = await Promise.all(Array.from({ length: 10 }, () => countHit(database, record.clock, 'one')));
  expect(counted.map(({ hits }) => hits).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  test.setTime('2026-03-01T15:01:00.000Z');
  expect(await countHit(database, record.clock, 'two')).toEqual({ hits: 1, resetAfterMs: 60_000 });
  const { rows } = await database.query('select key from door_hits');
  expect(rows).toEqual([{ key: 'two' }]);
  await test.close();
});
