// One of two checkouts that are compared, as a process of its own: `delivery-side.ts <checkout>`, told of each round by a
// message, which it answers with writes a second. DATABASE_URL (or TEST_DATABASE_URL) as for the bench.

import { deliverAll, partsOf } from './deliver-all.ts';
import { serverUrl } from './server-url.ts';
import type { Sink } from './start-sink.ts';

/** One round: so many logs, to the sink at this base. */
export interface Round {
  readonly base: string;
  readonly count: number;
}

const parts = await partsOf(process.argv[2] ?? '.');
const database = await parts.openTestDatabase(serverUrl(process.env));
process.on('message', async ({ base, count }: Round) => {
  const sink: Pick<Sink, 'base' | 'served'> = {
    base,
    served: async () => Number(await (await fetch(new URL('/served', base))).text()),
  };
  process.send?.(await deliverAll(parts, database, sink, count));
});
process.once('disconnect', async () => {
  await database.close();
  process.exit(0);
});
process.send?.('ready');
