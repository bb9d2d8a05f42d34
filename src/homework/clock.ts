/** Where time comes from: use cases ask it, and SQL gets its answer as a bound parameter. */
export interface Clock {
  now(): Date;
}

/** The machine's time; the only place that asks for it. */
export const systemClock: Clock = { now: () => new Date() };
