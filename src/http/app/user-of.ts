import type { Actor } from '../../record/actor.ts';
import type { AppSession } from '../../record/session/app-session.ts';

/** The person of a session, as who makes what is asked in it. */
export function userOf({ userReference, role, launchId }: AppSession): Actor {
  // the launch names the session wherever it is kept beside what was made: the token's own hash opens it
  return { type: 'user', userReference, role, sessionId: launchId };
}
