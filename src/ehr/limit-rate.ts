/** Reads and writes each have a way of their own, so that neither can take all places. */
export type Lane = 'read' | 'write';

/** Runs work when the limits allow it: in the order of asking, but that reads and writes take turns. */
export type RateLimit = <T>(work: () => Promise<T>, lane?: Lane) => Promise<T>;

/**
 * Keeps a client polite: at most `concurrency` requests at once and at most `perMinute` begun in any 60 seconds.
 * Most EHRs don't document their limits, and some answer too much with a block rather than with 429. Where there is more
 * than one place, one is kept for reads and one for writes: an EHR that is slow to write never keeps us from reading.
 * @param now milliseconds that only go forward
 */
export function limitRate(
  limits: { readonly concurrency: number; readonly perMinute?: number | undefined },
  now: () => number = () => performance.now(),
): RateLimit {
  const { concurrency, perMinute } = limits;
  const waiting: Record<Lane, (() => void)[]> = { read: [], write: [] };
  const running: Record<Lane, number> = { read: 0, write: 0 };
  const most = Math.max(1, concurrency - 1);
  const begun: number[] = [];
  let armed = false;
  let last: Lane = 'read';

  const free = (lane: Lane): boolean => running.read + running.write < concurrency && running[lane] < most;
  const next = (): Lane | undefined => {
    const turns: readonly Lane[] = last === 'read' ? ['write', 'read'] : ['read', 'write'];
    return turns.find((lane) => waiting[lane].length > 0 && free(lane));
  };
  const begin = (lane: Lane): void => {
    running[lane] += 1;
    last = lane;
  };
  const admit = (): void => {
    for (let lane = next(); lane !== undefined; lane = next()) {
      const wait = untilAllowed();
      if (wait > 0) {
        if (armed) return;
        armed = true;
        setTimeout(() => {
          armed = false;
          admit();
        }, wait);
        return;
      }
      begin(lane);
      waiting[lane].shift()?.();
    }
  };
  const untilAllowed = (): number => {
    if (perMinute === undefined) return 0;
    const at = now();
    while (begun[0] !== undefined && begun[0] <= at - 60_000) begun.shift();
    const oldest = begun[0];
    if (begun.length >= perMinute && oldest !== undefined) return Math.max(1, oldest + 60_000 - at);
    begun.push(at);
    return 0;
  };

  return async (work, lane = 'write') => {
    if (waiting[lane].length === 0 && free(lane) && untilAllowed() <= 0) begin(lane);
    else {
      await new Promise<void>((resolve) => {
        waiting[lane].push(resolve);
        admit();
      });
    }
    try {
      return await work();
    } finally {
      running[lane] -= 1;
      admit();
    }
  };
}
