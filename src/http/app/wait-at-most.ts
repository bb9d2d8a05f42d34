import { setTimeout } from 'node:timers/promises';

/**
 * What comes of it within `ms`. What comes later goes on behind, and what it fails with is kept from whoever waits.
 * @returns undefined when it is not done by then, or failed
 */
export async function waitAtMost<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const waited = new AbortController();
  const done = work.catch(() => undefined).finally(() => waited.abort());
  return Promise.race([done, setTimeout(ms, undefined, { signal: waited.signal, ref: false }).catch(() => undefined)]);
}
