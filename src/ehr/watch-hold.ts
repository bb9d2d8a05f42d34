import type { Clock } from '../foundation/clock.ts';

/** An EHR takes no deliveries, by its own answer. */
export interface DeliveryHold {
  readonly since: Date;
  /** With which HTTP status it answered the last one. */
  readonly status: number;
}

/** Tries are never further apart than half of this: what was not met again is over, or nothing was left to send. */
const FORGET_MS = 10 * 60_000;

/** Remembers whether an EHR takes deliveries; in memory, as each process learns it anew. */
export function watchHold(clock: Clock): {
  /** A delivery was answered with this status, and all wait; undefined: they flow. */
  held(status: number | undefined): void;
  /** @returns undefined while it takes them, as far as is known */
  now(): DeliveryHold | undefined;
} {
  let known: (DeliveryHold & { readonly at: Date }) | undefined;
  const now = () => {
    const age = known === undefined ? Number.NaN : clock.now().getTime() - known.at.getTime();
    return known !== undefined && age >= 0 && age <= FORGET_MS
      ? { since: known.since, status: known.status }
      : undefined;
  };
  return {
    held(status) {
      const at = clock.now();
      known = status === undefined ? undefined : { since: now()?.since ?? at, status, at };
    },
    now,
  };
}
