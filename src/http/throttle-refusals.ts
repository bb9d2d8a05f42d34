import type { ErrorRequestHandler, Request } from 'express';
import { hasCode, IntersessionError } from '../foundation/intersession-error.ts';
import type { AppOptions } from './app-options.ts';
import { isUnknownEndpoint } from './fhir/response-door.ts';
import { doorCounter } from './limit-door.ts';
import { OAuthError } from './oauth/oauth-error.ts';

/** Addresses that are known to be over their limit; beyond so many they are asked of the database again. */
const mostRemembered = 10_000;

/**
 * Whoever presents what opens no door too often is told to wait, at every door alike: access tokens, app sessions, client
 * assertions, addresses of response endpoints. Only refusals count, and only they are answered 429: what is good is
 * served, for a whole hospital may stand behind the address of one broken client.
 * @see https://www.rfc-editor.org/rfc/rfc6585#section-4
 */
export function throttleRefusals(options: AppOptions): ErrorRequestHandler {
  const counter = doorCounter(options, 'refused');
  const over = new Map<string, number>();
  return async (error: unknown, request, _response, next) => {
    if (!isRefusal(error, request)) return next(error);
    const key = counter.keyOf(request);
    const now = options.record.clock.now().getTime();
    let until = over.get(key);
    if (until === undefined || until <= now) {
      // a database that is away answers nobody here: the refusal stands as it is
      const { hits, resetAfterMs } = await counter.count(key).catch(() => ({ hits: 0, resetAfterMs: 0 }));
      until = hits > counter.most ? now + resetAfterMs : undefined;
      if (until === undefined) return next(error);
      if (over.size >= mostRemembered) over.clear();
      // what is remembered costs the database nothing until its minute is over
      over.set(key, until);
    }
    const retryAfterSeconds = Math.max(1, Math.ceil((until - now) / 1000));
    const words = 'Too much from this address was refused; it may try again later.';
    next(new IntersessionError('rate-limited', { retryAfterSeconds }, words));
  };
}

/** Whether something was presented that is not good here. A call without anything costs nothing, and guesses nothing. */
function isRefusal(error: unknown, request: Request): boolean {
  if (error instanceof OAuthError) return true;
  if (isUnknownEndpoint(error)) return true;
  const presented = request.get('Authorization') !== undefined;
  return presented && (hasCode(error, 'invalid-token') || hasCode(error, 'session-expired'));
}
