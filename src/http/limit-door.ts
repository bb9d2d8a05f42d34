import { createHmac, hkdfSync } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { type CountedHits, countHit } from '../record/keys/count-hit.ts';
import type { AppOptions } from './app-options.ts';

/**
 * What one address may do in a minute at the doors that need no token. A whole hospital may come from one address at the
 * start of a shift, so it is generous; it is there to bound what a stranger can make us ask of an EHR, sign and store.
 */
const perMinute = 300;

/** Counts what comes from one address, for all processes together. */
export interface DoorCounter {
  /** In a minute. */
  readonly most: number;
  /** Stands for the address: it names a household, and can't be turned back into it without our own key. */
  keyOf(request: Request): string;
  count(key: string): Promise<CountedHits>;
}

/** A few lines over the database and no library: the usual ones count in one process's memory, and two answer here. */
export function doorCounter(options: AppOptions, door: string): DoorCounter {
  // the same in every process, and derived, so that it is of no use for signing
  const secret = Buffer.from(hkdfSync('sha256', options.signingKeys.privateJwk.d ?? '', '', 'door hits', 32));
  const { database, clock } = options.record;
  return {
    most: options.doorsPerMinute ?? perMinute,
    keyOf: (request) =>
      createHmac('sha256', secret)
        .update(`${door} ${request.ip ?? ''}`)
        .digest('base64url'),
    count: (key) => countHit(database, clock, key),
  };
}

/**
 * Refuses an address that comes too often.
 * @throws `rate-limited`, with `Retry-After` in seconds
 * @see https://www.rfc-editor.org/rfc/rfc6585#section-4
 */
export function limitDoor(options: AppOptions, door: string): RequestHandler {
  const counter = doorCounter(options, door);
  return async (request, _response, next) => {
    const { hits, resetAfterMs } = await counter.count(counter.keyOf(request));
    if (hits > counter.most) {
      const retryAfterSeconds = Math.max(1, Math.ceil(resetAfterMs / 1000));
      throw new IntersessionError('rate-limited', { retryAfterSeconds }, 'Too many requests from this address.');
    }
    next();
  };
}
