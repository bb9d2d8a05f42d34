import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { DeliveryRate } from './deliver-all.ts';
import type { Round } from './delivery-side.ts';
import { median } from './median.ts';
import { startSink } from './start-sink.ts';

const WARM_UP = 2;

/** One figure of both sides. */
export interface Compared {
  readonly ratio: number;
  readonly ours: number;
  readonly theirs: number;
}

/**
 * Delivery of this checkout against that of another one (the commit before, say), round by round in one run, each with a
 * process and a database of its own: whatever else the machine does falls on both.
 * @returns the medians of both, and the median over the rounds of ours ÷ theirs
 */
export async function compareDelivery(
  checkout: string,
  options: { readonly count: number; readonly delayMs: number; readonly rounds: number },
): Promise<Record<keyof DeliveryRate, Compared>> {
  const sink = await startSink(options.delayMs);
  const sides: ChildProcess[] = [];
  try {
    for (const folder of [join(import.meta.dirname, '../..'), resolve(checkout)]) {
      const side = fork(join(import.meta.dirname, 'delivery-side.ts'), [folder]);
      sides.push(side);
      await answerOf(side);
    }
    const [ours, theirs] = sides as [ChildProcess, ChildProcess];
    const measured = new Map<ChildProcess, DeliveryRate[]>([
      [ours, []],
      [theirs, []],
    ]);
    for (let round = -WARM_UP; round < options.rounds; round += 1) {
      // the one that goes first has the quieter disk, or the noisier neighbour: they take turns in that too
      for (const side of round % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
        side.send({ base: sink.base, count: options.count } satisfies Round);
        const rate = (await answerOf(side)) as DeliveryRate;
        if (round >= 0) measured.get(side)?.push(rate);
      }
    }
    const [own = [], other = []] = [measured.get(ours), measured.get(theirs)];
    const compared = (figure: keyof DeliveryRate): Compared => ({
      ratio: median(own.map((rate, round) => rate[figure] / (other[round]?.[figure] ?? Number.NaN))),
      ours: median(own.map((rate) => rate[figure])),
      theirs: median(other.map((rate) => rate[figure])),
    });
    return { perSecond: compared('perSecond'), workMicros: compared('workMicros') };
  } finally {
    for (const side of sides) if (side.connected) side.disconnect();
    sink.stop();
  }
}

/** @throws Error when the process ends instead */
async function answerOf(side: ChildProcess): Promise<unknown> {
  const heard = new AbortController();
  const ended = once(side, 'exit', { signal: heard.signal }).then(([code]) => {
    throw new Error(`a side of the comparison ended with ${code}`);
  });
  ended.catch(() => {});
  try {
    const [answer] = await Promise.race([once(side, 'message', { signal: heard.signal }), ended]);
    return answer;
  } finally {
    heard.abort();
  }
}
