const BASE_MS = 1000;
const FLOOR_MS = 100;
/** No failure keeps a group away for longer than this. */
export const BACKOFF_CAP_MS = 5 * 60_000;

/**
 * Milliseconds until the next try: exponential with full jitter, so that many groups that failed together don't come
 * back together. What the EHR asked for (Retry-After) wins.
 * @param attempts tries so far, from 1
 * @param random in [0, 1)
 */
export function backoffMs(attempts: number, random: () => number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return Math.min(BACKOFF_CAP_MS, Math.max(FLOOR_MS, retryAfterMs));
  const ceiling = Math.min(BACKOFF_CAP_MS, BASE_MS * 2 ** Math.min(attempts, 20));
  return Math.max(FLOOR_MS, Math.floor(random() * ceiling));
}
