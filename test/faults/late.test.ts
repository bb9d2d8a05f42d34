import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compareSarah } from '../oracle/compare-sarah.ts';
import { buildHouse, ended, type House } from './house.ts';

let house: House | undefined;
afterEach(async () => {
  await house?.tearDown();
  house = undefined;
});

async function change(built: House, settings: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${built.port + 1}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  expect(response.status).toBe(200);
}

/** How many writes the sandbox has been asked for. */
function writesIn(dataDir: string): number {
  const lines = readFileSync(join(dataDir, 'sandbox', 'requests.ndjson'), 'utf8').split('\n');
  return lines.filter((line) => /"method":"(POST|PUT)"/.test(line)).length;
}

// the service here waits ten seconds for what may be under way (see service.ts)
describe.each([
  ['commits 6 s later', { traits: ['commits-late'], lateSeconds: 6 }],
  ['commits 9 s later', { traits: ['commits-late'], lateSeconds: 9 }],
  ['drips for ever', { traits: ['drips'] }],
])('an EHR that %s for a while', (_what, settings) => {
  it.each([
    ['lives on', false],
    ['is killed with -9 meanwhile', true],
  ] as const)('and a service that %s: nothing lost, nothing doubled', async (_how, kill) => {
    house = await buildHouse();
    const service = await house.startService();
    await change(house, settings);
    const first = house.demo('sandbox');
    // a write has come, and it is not answered
    const { dataDir } = house;
    await expect.poll(() => writesIn(dataDir), { timeout: 60_000, interval: 50 }).toBeGreaterThan(0);
    if (kill) {
      service.kill('SIGKILL');
      expect(await ended(service)).toBe('SIGKILL');
      await house.startService();
    }
    // long enough that a service which believes in its time-out would have sent it again
    await new Promise((done) => setTimeout(done, 4000));
    await change(house, { traits: [] });
    await first;
    // asked again until all has come to rest: what is in doubt is no rest
    let again = await house.demo('sandbox');
    for (let n = 0; n < 8 && again.code !== 0; n += 1) {
      await new Promise((done) => setTimeout(done, 4000));
      again = await house.demo('sandbox');
    }
    expect([again.code, again.stderr]).toEqual([0, '']);
    const creates = house.commits().filter((line) => line.face === 'native' && line.interaction === 'create');
    const times = Map.groupBy(creates, (line) => line.identifier ?? `${line.type}/${line.id}`);
    expect([...times].filter(([, lines]) => lines.length !== 1).map(([identifier]) => identifier)).toEqual([]);
    const base = `http://127.0.0.1:${house.port + 1}/fhir/native`;
    expect(await compareSarah({ base, dataDir: house.dataDir, face: 'native' })).toEqual([]);
  });
});
