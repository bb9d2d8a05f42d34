import { IntersessionError } from '../foundation/intersession-error.ts';

/** What one client may ask of the database through one process of ours. */
export interface QuotaLimits {
  /** Reads that run at the same time; further ones wait for their turn. */
  readonly atOnce: number;
  /** Reads that wait; further ones are refused. */
  readonly waiting: number;
  /** Reads in a minute. */
  readonly perMinute: number;
}

/**
 * Four side by side leave eight of the pool's twelve connections to everybody else; twenty reads a second is more than a
 * client needs that asks for changes since the last time.
 */
export const usualQuota: QuotaLimits = { atOnce: 4, waiting: 32, perMinute: 1200 };

export interface ClientQuota {
  /**
   * Runs a read when it is this client's turn.
   * @throws `rate-limited` when it asks for more than it may
   */
  run<T>(client: string, work: () => Promise<T>): Promise<T>;
}

interface Client {
  running: number;
  readonly queue: (() => void)[];
  windowBegan: number;
  asked: number;
}

const minute = 60_000;

/**
 * Shares reads out among clients. Counted in this process alone: what it guards, the pool and the event loop, is this
 * process's own too.
 * @param now milliseconds that only go forward
 */
export function clientQuota(
  limits: QuotaLimits = usualQuota,
  now: () => number = () => performance.now(),
): ClientQuota {
  const clients = new Map<string, Client>();

  const clientOf = (name: string): Client => {
    const known = clients.get(name);
    if (known !== undefined && now() - known.windowBegan < minute) return known;
    if (known !== undefined) return Object.assign(known, { windowBegan: now(), asked: 0 });
    // clients are those of the tenants file: there is no end to them only on paper
    const made = { running: 0, queue: [], windowBegan: now(), asked: 0 };
    clients.set(name, made);
    return made;
  };

  return {
    async run(name, work) {
      const client = clientOf(name);
      client.asked += 1;
      if (client.asked > limits.perMinute) {
        throw refused(Math.ceil((client.windowBegan + minute - now()) / 1000), `${limits.perMinute} reads in a minute`);
      }
      if (client.running >= limits.atOnce) {
        if (client.queue.length >= limits.waiting) {
          throw refused(1, `${limits.atOnce} reads at once and ${limits.waiting} that wait`);
        }
        // whoever ends hands its place on, so that it is not counted anew
        await new Promise<void>((turn) => client.queue.push(turn));
      } else client.running += 1;
      try {
        return await work();
      } finally {
        const next = client.queue.shift();
        if (next === undefined) client.running -= 1;
        else next();
      }
    },
  };
}

function refused(seconds: number, limit: string): IntersessionError {
  const retryAfterSeconds = Math.max(1, seconds);
  return new IntersessionError(
    'rate-limited',
    { retryAfterSeconds },
    `This client asks too much: it may have ${limit}.`,
  );
}
