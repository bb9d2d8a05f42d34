import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDelivery } from '../../src/delivery/deliver.ts';
import { openEhr } from '../../src/ehr/open-ehr.ts';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { loadSigningKeys } from '../../src/record/keys/secrets.ts';
import { probeStore } from '../../src/record/store/probe-store.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { fillLedger } from './fill-ledger.ts';

/** What is measured of a checkout, and what it needs. */
export const ownParts = {
  startDelivery,
  openEhr,
  systemClock,
  loadSigningKeys,
  probeStore,
  openTestDatabase,
  fillLedger,
};
export type DeliveryParts = typeof ownParts;

/** Where a checkout has them, and where one from before had them. */
const places: Readonly<Record<keyof DeliveryParts, string | readonly string[]>> = {
  startDelivery: 'src/delivery/deliver.ts',
  openEhr: 'src/ehr/open-ehr.ts',
  systemClock: ['src/foundation/clock.ts', 'src/homework/clock.ts'],
  loadSigningKeys: ['src/record/keys/secrets.ts', 'src/record/secrets.ts'],
  probeStore: ['src/record/store/probe-store.ts', 'src/record/probe-store.ts'],
  openTestDatabase: 'test/record/open-test-database.ts',
  fillLedger: 'test/bench/fill-ledger.ts',
};

/** The parts of another checkout of this project, with its own database schema. */
export async function partsOf(checkout: string): Promise<DeliveryParts> {
  const loaded = Object.entries(places).map(async ([name, known]) => {
    const candidates = [known].flat();
    const place = candidates.find((candidate) => existsSync(join(checkout, candidate))) ?? String(candidates[0]);
    const module: Record<string, unknown> = await import(pathToFileURL(join(checkout, place)).href);
    if (module[name] === undefined) throw new Error(`${checkout} has no ${name} in ${place}`);
    return [name, module[name]];
  });
  return Object.fromEntries(await Promise.all(loaded)) as DeliveryParts;
}

export const inFlight = 32;
const silent = { info() {}, warn() {}, error() {} };

/** How fast logs were delivered. */
export interface DeliveryRate {
  /** Writes a second. */
  readonly perSecond: number;
  /** Microseconds that this process worked for a write, which a machine with other work changes least. */
  readonly workMicros: number;
}

/** Delivers so many logs to a sink, from the first claim to the last outcome. */
export async function deliverAll(
  { startDelivery, openEhr, systemClock, loadSigningKeys, probeStore, fillLedger }: DeliveryParts,
  database: Database,
  sink: { base: string; served(): Promise<number> },
  count: number,
): Promise<DeliveryRate> {
  await fillLedger(database, count);
  const ehr = openEhr(
    { id: 'bench', fhirBase: sink.base, vendor: 'generic', auth: 'none', limits: { concurrency: inFlight } },
    { signingKey: await loadSigningKeys(database, systemClock), clock: systemClock, store: probeStore(database) },
  );
  // asking what the EHR can do, once in ten minutes, is no part of delivering a log
  await ehr.landings();
  const before = await sink.served();
  const started = performance.now();
  const worked = process.cpuUsage();
  const delivery = await startDelivery({
    database,
    ehrs: new Map([['bench', ehr]]),
    clock: systemClock,
    logger: silent,
  });
  await delivery.idle();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(worked);
  await delivery.stop();
  await ehr.close();
  const { rows } = await database.query<{ open: number }>(
    `select count(*)::int as open from ledger where landed < wanted`,
  );
  if (rows[0]?.open !== 0) throw new Error(`${rows[0]?.open} ledger rows did not land: this was no measurement`);
  const written = (await sink.served()) - before;
  return { perSecond: written / seconds, workMicros: (user + system) / written };
}
