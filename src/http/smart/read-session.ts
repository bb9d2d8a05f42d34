import type { Request } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { type AppSession, findAppSession } from '../../record/session/app-session.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { sameSecret } from '../same-secret.ts';

/**
 * The app session of a call: its token, and the launch that the calling tab believes to be in. A tab that holds the
 * token of one launch and the page of another is refused before anything is read.
 * @throws `session-expired`, `launch-mismatch`
 */
export async function readSession(options: AppOptions, smart: SmartOptions, request: Request): Promise<AppSession> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(request.get('Authorization') ?? '')?.[1];
  const store = { ...options.record, sessionKey: smart.sessionKey };
  // a page that looks anew by itself is nobody who is there
  const byItself = request.get('X-By-Itself') !== undefined;
  const session = token === undefined ? undefined : await findAppSession(store, token, { touch: !byItself });
  if (session === undefined) {
    const problem = 'there is no such session, or it has ended';
    throw new IntersessionError('session-expired', { problem }, 'The app session has ended; sign in again.');
  }
  if (!sameSecret(request.get('X-Launch') ?? '', session.launchId)) {
    const problem = 'the call names another launch';
    throw new IntersessionError('launch-mismatch', { problem }, 'This call belongs to another launch.');
  }
  return session;
}
