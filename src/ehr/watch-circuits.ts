import type { Clock } from '../foundation/clock.ts';
import type { EhrPulse } from '../foundation/ehr-pulse.ts';

/** A circuit that nobody has tried for so long says nothing of the EHR any more, in milliseconds. */
const FORGET_MS = 10 * 60_000;

/** Circuit breakers of one EHR, one for each kind of request (`search Task`, `create Observation`). */
export interface CircuitWatch {
  /** Whether a request of this kind may be sent now: an open circuit is half open at once, and takes one at a time until one is answered. */
  mayTry(requestKind: string): boolean;
  /** A request of this kind is under way. @returns when it began, for `silent` */
  began(requestKind: string): number;
  /** Its answer came, whatever it was: the circuit is closed. */
  answered(requestKind: string): void;
  /** It ended without an answer; `late`: its time ran out, which opens the circuit; `unreached`: there was no connection. */
  silent(
    requestKind: string,
    ended: { readonly late: boolean; readonly unreached?: boolean; readonly begun: number },
  ): void;
  pulse(): EhrPulse;
  /** For how long nothing has been answered, in milliseconds; infinite, where nothing ever was. */
  quietFor(): number;
}

/** Of a kind of request that was not answered the last time. */
interface Circuit {
  /** When it first was not answered, as the clock had it, of the times in a row. */
  readonly since: Date;
  /** When the last of them began and ended, in milliseconds of `steady`. */
  readonly begun: number;
  readonly seen: number;
  /** Its time ran out: the circuit is open. */
  readonly late: boolean;
  /** There was no connection: that is over for all kinds once one is answered. */
  readonly unreached: boolean;
}

/**
 * Remembers which kinds of requests are not answered, so that these do not take the places of all others.
 * @param options.steady milliseconds that only go forward
 */
export function watchCircuits({
  clock,
  steady = () => performance.now(),
}: {
  readonly clock: Clock;
  readonly steady?: () => number;
}): CircuitWatch {
  const unanswered = new Map<string, Circuit>();
  const underWay = new Map<string, number>();
  let lastAnswer = Number.NEGATIVE_INFINITY;

  const end = (requestKind: string): void => {
    const left = (underWay.get(requestKind) ?? 1) - 1;
    if (left > 0) underWay.set(requestKind, left);
    else underWay.delete(requestKind);
  };
  return {
    mayTry: (requestKind) => unanswered.get(requestKind)?.late !== true || (underWay.get(requestKind) ?? 0) === 0,
    began(requestKind) {
      underWay.set(requestKind, (underWay.get(requestKind) ?? 0) + 1);
      return steady();
    },
    answered(requestKind) {
      end(requestKind);
      unanswered.delete(requestKind);
      for (const [kind, { unreached }] of unanswered) if (unreached) unanswered.delete(kind);
      lastAnswer = steady();
    },
    silent(requestKind, { late, unreached = false, begun }) {
      end(requestKind);
      const known = unanswered.get(requestKind);
      // what broke off before was that it went away
      if (unreached) {
        for (const [kind, circuit] of unanswered) if (!circuit.late) unanswered.set(kind, { ...circuit, unreached });
      }
      unanswered.set(requestKind, { since: known?.since ?? clock.now(), begun, seen: steady(), late, unreached });
    },
    pulse() {
      for (const [requestKind, { seen }] of unanswered) {
        if (steady() - seen > FORGET_MS) unanswered.delete(requestKind);
      }
      const since = [...unanswered.values()].map((circuit) => circuit.since.getTime());
      if (since.length === 0) return { state: 'answers' };
      // nothing was answered while the last of them was under way
      const begun = Math.max(...[...unanswered.values()].map((circuit) => circuit.begun));
      const state = lastAnswer < begun ? 'silent' : 'slow';
      const ends = [...unanswered.values()];
      const how = ends.some(({ late }) => late)
        ? 'late'
        : ends.some(({ unreached }) => unreached)
          ? 'unreached'
          : 'cut';
      const requestKinds = [...unanswered.keys()].sort();
      return { state, how, since: new Date(Math.min(...since)).toISOString(), requestKinds };
    },
    quietFor: () => steady() - lastAnswer,
  };
}
