import type { SmartClient } from '../../ehr/smart/open-smart-client.ts';
import type { UserRead } from '../../ehr/smart/read-as-user.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { type AppSession, endAppSession, type SessionStore } from '../../record/session/app-session.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import { ended, userToken } from './user-token.ts';

/**
 * Reads something at the EHR with the session's own user's token, refreshed when it has to be.
 * @returns the value; undefined when this person may not have it, or there is none
 * @throws `session-expired` when the EHR has ended the sign-in or the session has ended, `ehr-unreachable`, `ehr-answer-unusable`, and what
 * else `userToken` throws
 */
export async function withUserToken<T>(
  options: AppOptions,
  smart: SmartOptions,
  session: AppSession,
  read: (client: SmartClient, accessToken: string) => Promise<UserRead<T>>,
): Promise<T | undefined> {
  const client = smart.clients.get(session.tenantId);
  if (client === undefined) throw ended();
  const store: SessionStore = { ...options.record, sessionKey: smart.sessionKey };
  let accessToken = await userToken(store, client, session, { force: false });
  let answer = await read(client, accessToken);
  if (!answer.ok && answer.why === 'expired' && accessToken === session.sealed.tokens.accessToken) {
    accessToken = await userToken(store, client, session, { force: true });
    answer = await read(client, accessToken);
  }
  if (answer.ok) return answer.value;
  if (answer.why === 'refused') return undefined;
  if (answer.why === 'expired') {
    await endAppSession(store, session.tokenHash);
    throw ended();
  }
  if (answer.why === 'unusable') {
    const fields = { tenant: session.tenantId, problem: 'it is not the resource that was asked for' };
    throw new IntersessionError(
      'ehr-answer-unusable',
      fields,
      'The EHR answered with something else than was asked for.',
    );
  }
  const problem = 'it does not answer';
  throw new IntersessionError('ehr-unreachable', { tenant: session.tenantId, problem }, 'The EHR does not answer now.');
}
