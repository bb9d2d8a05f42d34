import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Launches } from '../../src/sandbox/auth/launches.ts';
import { openDatabase } from '../../src/sandbox/store/open-database.ts';

const order = { user: 'Practitioner/dr-okafor', patient: 'sarah' };

let folder: string;
let database: ReturnType<typeof openDatabase>;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-25T19:00:00Z') });
  folder = mkdtempSync(join(tmpdir(), 'launches-'));
  database = openDatabase(folder);
});
afterEach(() => {
  vi.useRealTimers();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a launch is used by the first who comes, and by nobody after', async () => {
  const launches = new Launches(database, 'native');
  const launch = await launches.issue(order);
  expect(await launches.find(launch)).toEqual(order);
  expect([launches.use(launch), launches.use(launch), launches.use('made-up')]).toEqual([true, false, false]);
  expect(await launches.find(launch)).toBeUndefined();
});

it('a launch waits five minutes, also across a restart', async () => {
  const launch = await new Launches(database, 'native').issue(order);
  database.close();
  database = openDatabase(folder);
  const launches = new Launches(database, 'native');
  vi.setSystemTime(new Date('2026-03-25T19:04:59Z'));
  expect(await launches.find(launch)).toEqual(order);
  expect(await new Launches(database, 'notes-only').find(launch)).toBeUndefined();
  vi.setSystemTime(new Date('2026-03-25T19:05:01Z'));
  expect([await launches.find(launch), launches.use(launch)]).toEqual([undefined, false]);
});
