import { Pool } from 'undici';
import type { Database } from '../../src/record/database/database.ts';
import { deliverAll, inFlight, ownParts } from './deliver-all.ts';
import { median } from './median.ts';
import { startSink } from './start-sink.ts';

const WARM_UP = 3;

/**
 * Durable delivery of logs (record → landed, crash-safe, attempts recorded) against direct posting of the very same
 * bundles, in turn, in one run.
 * @returns requests a second of both, and the median ratio
 */
export async function deliveryRatio(
  database: Database,
  options: { count: number; delayMs: number; rounds: number },
): Promise<{ ratio: number; durable: number; direct: number }> {
  const sink = await startSink(options.delayMs);
  try {
    const durables: number[] = [];
    const directs: number[] = [];
    // the first rounds warm up, as a service that runs for weeks is, and collect the bundles
    for (let round = -WARM_UP; round < options.rounds; round += 1) {
      const { perSecond: durable } = await deliverAll(ownParts, database, sink, options.count);
      const direct = await postAll(sink.base, await sink.kept(), options.count);
      if (round < 0) continue;
      durables.push(durable);
      directs.push(direct);
    }
    const ratio = median(durables.map((durable, round) => durable / (directs[round] ?? Number.NaN)));
    return { ratio, durable: median(durables), direct: median(directs) };
  } finally {
    sink.stop();
  }
}

async function postAll(base: string, bundles: readonly string[], count: number): Promise<number> {
  const { origin, pathname } = new URL(base);
  const pool = new Pool(origin, { connections: inFlight });
  const headers = { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' };
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) {
        // what a client without a ledger does too: make the JSON, send it, read the answer
        const body = JSON.stringify(JSON.parse(bundles[next % bundles.length] ?? ''));
        next += 1;
        const answer = await pool.request({ method: 'POST', path: pathname, headers, body });
        const parsed = (await answer.body.json()) as { type?: string };
        if (parsed.type !== 'transaction-response') throw new Error('the sink did not take a bundle');
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return count / seconds;
}
