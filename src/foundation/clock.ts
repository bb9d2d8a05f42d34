/** Where time comes from: use cases ask it, and SQL gets its answer as a bound parameter. */
export interface Clock {
  now(): Date;
}

/**
 * How far another system's clock may be from ours, in seconds: it is allowed for on every time that a token of theirs
 * names, in both directions, and ours are made so that a clock as wrong as that still takes them.
 */
export const clockLeewaySeconds = 120;

/** What a clock may be set right by at any time, in milliseconds. */
const adjustmentMs = 2_000;
/** For how long another time must be said before it is believed, in milliseconds: clocks that jump jump back in seconds. */
const disbeliefMs = 60_000;

/**
 * A clock that does not jump: a time that is suddenly an hour or a year off is believed when it is still so a minute later
 * (a machine that slept, a clock that was set right), and until then time goes on as it did. It runs backwards only then.
 * Without it, a clock that is wrong for seconds makes homework missed, sessions expired and leases last a year.
 * @param wall milliseconds since 1970, by a clock that may jump
 * @param steady milliseconds of one that does not, since any time
 */
export function steadyClock(wall: () => number, steady: () => number): Clock {
  let anchor = { wall: wall(), steady: steady() };
  let said: { readonly off: number; readonly since: number } | undefined;
  let latest = anchor.wall;
  return {
    now() {
      const [at, passed] = [wall(), steady()];
      const expected = anchor.wall + (passed - anchor.steady);
      const off = at - expected;
      if (Math.abs(off) <= adjustmentMs) {
        said = undefined;
        anchor = { wall: at, steady: passed };
        latest = Math.max(latest, at);
        return new Date(latest);
      }
      if (said === undefined || Math.abs(off - said.off) > adjustmentMs) said = { off, since: passed };
      if (passed - said.since < disbeliefMs) {
        latest = Math.max(latest, expected);
        return new Date(latest);
      }
      said = undefined;
      anchor = { wall: at, steady: passed };
      latest = at;
      return new Date(at);
    },
  };
}

/** The machine's time, without its jumps; the only place that asks for it. */
export const systemClock: Clock = steadyClock(
  () => Date.now(),
  () => performance.now(),
);
