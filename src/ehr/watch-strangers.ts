import type { Clock } from '../foundation/clock.ts';
import type { EhrFailure, Stranger } from './ehr-failure.ts';
import type { Lane } from './limit-rate.ts';

/** What answers in the EHR's place, since when, and how often by now. */
export interface StrangerInLane extends Stranger {
  /** Reads and writes are judged apart: a proxy may let one of them through. */
  readonly lane: Lane;
  readonly since: Date;
  readonly at: Date;
  readonly times: number;
}

/** Tries are never further apart than half of this: what was not met again is over, or nothing was left to ask. */
const FORGET_MS = 10 * 60_000;

/** Remembers of reads and of writes whether the EHR itself answers them. In memory: the ledger keeps what it means for each row. */
export function watchStrangers(clock: Clock): {
  heard(lane: Lane, failure: EhrFailure | undefined): void;
  now(): readonly StrangerInLane[];
} {
  const met = new Map<Lane, StrangerInLane>();
  /** Below nought: it was met while the clock was wrong. */
  const ageOf = ({ at }: StrangerInLane): number => clock.now().getTime() - at.getTime();
  return {
    heard(lane, failure) {
      // a success or a refusal of its own is the EHR; silence is nobody
      if (failure?.stranger === undefined) {
        if (failure === undefined || failure.status !== undefined) met.delete(lane);
        return;
      }
      const at = clock.now();
      const known = met.get(lane);
      const before = known !== undefined && ageOf(known) >= 0 ? known : undefined;
      const { since = at, times = 0 } = before ?? {};
      met.set(lane, { ...failure.stranger, lane, since, at, times: times + 1 });
    },
    now() {
      return [...met.values()].filter((stranger) => ageOf(stranger) >= 0 && ageOf(stranger) <= FORGET_MS);
    },
  };
}
