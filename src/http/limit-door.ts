import { createHmac, hkdfSync } from 'node:crypto';
import type { RequestHandler } from 'express';
import { IntersessionError } from '../homework/errors.ts';
import { countHit } from '../record/count-hit.ts';
import type { AppOptions } from './app-options.ts';

/**
 * What one address may do in a minute at the doors that need no token. A whole hospital may come from one address at the
 * start of a shift, so it is generous; it is there to bound what a stranger can make us ask of an EHR, sign and store.
 */
const perMinute = 300;

/**
 * Refuses an address that comes too often. A few lines over the database and no library: the usual ones count in one
 * process's memory, and two processes answer here.
 *
 * @throws `rate-limited`, with `Retry-After` in seconds
 * @see https://www.rfc-editor.org/rfc/rfc6585#section-4
 */
export function limitDoor(options: AppOptions, door: string): RequestHandler {
  const most = options.doorsPerMinute ?? perMinute;
  // the same in every process, and derived, so that it is of no use for signing
  const secret = Buffer.from(hkdfSync('sha256', options.signingKeys.privateJwk.d ?? '', '', 'door hits', 32));
  return async (request, _response, next) => {
    // an address names a household: what is stored can't be turned back into it without our own key
    const key = createHmac('sha256', secret).update(`${door} ${request.ip ?? ''}`);
    const { database, clock } = options.record;
    const { hits, resetAfterMs } = await countHit(database, clock, key.digest('base64url'));
    if (hits > most) {
      const retryAfterSeconds = Math.max(1, Math.ceil(resetAfterMs / 1000));
      throw new IntersessionError('rate-limited', { retryAfterSeconds }, 'Too many requests from this address.');
    }
    next();
  };
}
