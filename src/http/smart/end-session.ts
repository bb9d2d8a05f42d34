import type { RequestHandler } from 'express';
import { endAppSession } from '../../record/session/app-session.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { readSession } from './read-session.ts';

/**
 * `DELETE /smart/session`: ends the app session, wipes the EHR's tokens here and tells the EHR that they are done with.
 * @throws `session-expired`, `launch-mismatch`
 */
export function endSession(options: AppOptions, smart: SmartOptions): RequestHandler {
  return async (request, response) => {
    const session = await readSession(options, smart, request);
    await endAppSession({ ...options.record, sessionKey: smart.sessionKey }, session.tokenHash);
    // not waited for: here the session has ended whether or not the EHR answers
    void smart.clients.get(session.tenantId)?.revoke(session.sealed.tokens);
    response.set('Cache-Control', 'no-store').status(204).end();
  };
}
