import type { Clock } from '../homework/clock.ts';

/** Runs work when the limits allow it, in the order of asking. */
export type RateLimit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Keeps a client polite: at most `concurrency` requests at once and at most `perMinute` begun in any 60 seconds.
 * Most EHRs don't document their limits, and some answer too much with a block rather than with 429.
 */
export function limitRate(
  limits: { readonly concurrency: number; readonly perMinute?: number | undefined },
  clock: Clock,
): RateLimit {
  const waiting: (() => void)[] = [];
  const begun: number[] = [];
  let running = 0;
  let armed = false;

  const admit = (): void => {
    while (waiting.length > 0 && running < limits.concurrency) {
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
      running += 1;
      waiting.shift()?.();
    }
  };
  const untilAllowed = (): number => {
    if (limits.perMinute === undefined) return 0;
    const now = clock.now().getTime();
    while (begun[0] !== undefined && begun[0] <= now - 60_000) begun.shift();
    const oldest = begun[0];
    if (begun.length >= limits.perMinute && oldest !== undefined) return Math.max(1, oldest + 60_000 - now);
    begun.push(now);
    return 0;
  };

  return async (work) => {
    if (waiting.length === 0 && running < limits.concurrency && untilAllowed() <= 0) running += 1;
    else {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
    }
    try {
      return await work();
    } finally {
      running -= 1;
      admit();
    }
  };
}
