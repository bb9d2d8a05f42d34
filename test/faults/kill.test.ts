import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { expectWhole } from './expect-whole.ts';
import { buildHouse, ended, type House } from './house.ts';

/** How many kills at random moments; the full run has 20, `.ci/run` asks for fewer. */
const randomKills = Number(process.env.FAULT_RANDOM ?? '20');
/** Seeded, so that a failing moment can be tried again: FAULT_SEED=… */
const seed = Number(process.env.FAULT_SEED ?? String(Date.now() % 100_000));

const points = [
  { point: 'domain:before-commit', hit: 4 },
  { point: 'domain:after-commit', hit: 6 },
  { point: 'delivery:request-sent', hit: 3 },
  { point: 'delivery:before-complete', hit: 5 },
] as const;

let house: House | undefined;
afterEach(async () => {
  await house?.tearDown();
  house = undefined;
});

describe.each(points)('killed with -9 at $point', ({ point, hit }) => {
  it('loses nothing, doubles nothing', async () => {
    house = await buildHouse();
    const marker = join(house.dataDir, 'marker');
    const service = await house.startService({ point, hit, marker });
    const first = house.demo('sandbox');
    expect(await ended(service)).toBe('SIGKILL');
    expect(readFileSync(marker, 'utf8')).toBe(point);
    await first;
    await house.startService();
    const again = await house.demo('sandbox');
    expect(again.stderr).toBe('');
    expect(again.code).toBe(0);
    await expectWhole(house, 'native');
  });
});

describe(`killed with -9 at ${randomKills} random moments (FAULT_SEED=${seed})`, () => {
  const random = mulberry32(seed);
  const moments = Array.from({ length: randomKills }, (_, index) => ({
    index: index + 1,
    afterMs: Math.floor(50 + random() * 6_000),
    tenant: index % 4 === 3 ? 'sandbox-notes' : 'sandbox',
  }));

  it.each(moments)('$index: after $afterMs ms, $tenant', async ({ afterMs, tenant }) => {
    house = await buildHouse();
    const service = await house.startService();
    const first = house.demo(tenant);
    await new Promise((done) => setTimeout(done, afterMs));
    service.kill('SIGKILL');
    expect(await ended(service)).toBe('SIGKILL');
    await first;
    expect(existsSync(join(house.dataDir, 'record'))).toBe(true);
    await house.startService();
    const again = await house.demo(tenant);
    expect(again.stderr).toBe('');
    expect(again.code).toBe(0);
    await expectWhole(house, tenant === 'sandbox' ? 'native' : 'notes-only');
  });
});

/** A small seeded generator; the quality of its numbers does not matter here, their repeatability does. */
function mulberry32(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
