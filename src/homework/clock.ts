/** Where time comes from: use cases ask it, and SQL gets its answer as a bound parameter. */
export interface Clock {
  now(): Date;
}

/**
 * How far another system's clock may be from ours, in seconds: it is allowed for on every time that a token of theirs
 * names, in both directions, and ours are made so that a clock as wrong as that still takes them.
 */
export const clockLeewaySeconds = 120;

/** The machine's time; the only place that asks for it. */
export const systemClock: Clock = { now: () => new Date() };
