import type { Clock } from '../homework/clock.ts';
import type { EhrFailure } from './failure.ts';
import type { Door } from './gateway.ts';
import type { Stranger } from './stranger.ts';

/** What answers in the EHR's place, since when, and how often by now. */
export interface StrangerAtDoor extends Stranger {
  readonly door: Door;
  readonly since: Date;
  readonly at: Date;
  readonly times: number;
}

/** Tries are never further apart than half of this: what was not met again is over, or nothing was left to ask. */
const FORGET_MS = 10 * 60_000;

/** Remembers for each door whether the EHR itself answers there. In memory: the ledger keeps what it means for each row. */
export function watchStrangers(clock: Clock): {
  heard(door: Door, failure: EhrFailure | undefined): void;
  now(): readonly StrangerAtDoor[];
} {
  const at = new Map<Door, StrangerAtDoor>();
  return {
    heard(door, failure) {
      // a success or a refusal of its own is the EHR; silence is nobody
      if (failure?.stranger === undefined) {
        if (failure === undefined || failure.status !== undefined) at.delete(door);
        return;
      }
      const moment = clock.now();
      const before = at.get(door);
      at.set(door, {
        ...failure.stranger,
        door,
        since: before?.since ?? moment,
        at: moment,
        times: (before?.times ?? 0) + 1,
      });
    },
    now() {
      const since = clock.now().getTime() - FORGET_MS;
      return [...at.values()].filter((one) => one.at.getTime() >= since);
    },
  };
}
