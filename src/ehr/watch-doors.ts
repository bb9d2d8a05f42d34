import type { Clock } from '../foundation/clock.ts';
import type { EhrPulse } from '../foundation/ehr-pulse.ts';

/** A door that nobody has tried for so long says nothing of the EHR any more, in milliseconds. */
const FORGET_MS = 10 * 60_000;

/** Watches which doors of one EHR (`search Task`, `create Observation`) answer in time. */
export interface DoorWatch {
  /** Whether a request may go through it now: one that does not answer in time takes a single one, until it does. */
  mayEnter(door: string): boolean;
  /** A request goes through it. @returns when, for `silent` */
  entered(door: string): number;
  /** Its answer came, whatever it was. */
  answered(door: string): void;
  /** It ended without an answer; `late`: its time ran out. */
  silent(door: string, ended: { readonly late: boolean; readonly begun: number }): void;
  pulse(): EhrPulse;
}

interface Door {
  /** When it first did not answer, as the clock had it, of those in a row. */
  readonly since: Date;
  /** When the last of them began and ended, in milliseconds of `steady`. */
  readonly begun: number;
  readonly seen: number;
  readonly late: boolean;
}

/**
 * Remembers the doors that do not answer, so that requests to them do not take the places of all others.
 * @param options.steady milliseconds that only go forward
 */
export function watchDoors({
  clock,
  steady = () => performance.now(),
}: {
  readonly clock: Clock;
  readonly steady?: () => number;
}): DoorWatch {
  const shut = new Map<string, Door>();
  const inside = new Map<string, number>();
  let lastAnswer = Number.NEGATIVE_INFINITY;

  const leave = (door: string): void => {
    const left = (inside.get(door) ?? 1) - 1;
    if (left > 0) inside.set(door, left);
    else inside.delete(door);
  };
  return {
    mayEnter: (door) => shut.get(door)?.late !== true || (inside.get(door) ?? 0) === 0,
    entered(door) {
      inside.set(door, (inside.get(door) ?? 0) + 1);
      return steady();
    },
    answered(door) {
      leave(door);
      shut.delete(door);
      lastAnswer = steady();
    },
    silent(door, { late, begun }) {
      leave(door);
      const known = shut.get(door);
      shut.set(door, { since: known?.since ?? clock.now(), begun, seen: steady(), late });
    },
    pulse() {
      for (const [door, { seen }] of shut) if (steady() - seen > FORGET_MS) shut.delete(door);
      const since = [...shut.values()].map((door) => door.since.getTime());
      if (since.length === 0) return { state: 'answers' };
      // nothing was answered while the last of them was under way
      const begun = Math.max(...[...shut.values()].map((door) => door.begun));
      const state = lastAnswer < begun ? 'silent' : 'slow';
      return { state, since: new Date(Math.min(...since)).toISOString(), doors: [...shut.keys()].sort() };
    },
  };
}
