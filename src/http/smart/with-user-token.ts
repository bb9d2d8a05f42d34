import { setTimeout as wait } from 'node:timers/promises';
import { hasCode, IntersessionError } from '../../homework/errors.ts';
import {
  type AppSession,
  endAppSession,
  findSessionByHash,
  keepTokens,
  type SessionStore,
} from '../../record/session/app-session.ts';
import { releaseRefreshLease, takeRefreshLease } from '../../record/session/refresh-lease.ts';
import type { AppOptions, SmartOptions } from '../app-options.ts';
import type { SmartClient, UserRead } from './smart-client.ts';

/** A token that ends so soon is refreshed before it is used. */
const leewayMs = 20_000;
const waitMs = 150;
const waits = 60;

/**
 * Reads something at the EHR with the session's own user's token, refreshed when it has to be.
 * @returns the value; undefined when this person may not have it, or there is none
 * @throws `session-expired` when the EHR has ended the sign-in, `ehr-unreachable`
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
  const now = options.record.clock.now().getTime();
  const { tokens } = session.sealed;
  const stale = Date.parse(tokens.expiresAt) - now < leewayMs;
  let accessToken = stale ? await refreshed(store, client, session) : tokens.accessToken;
  let answer = await read(client, accessToken);
  if (!answer.ok && answer.why === 'expired' && !stale) {
    accessToken = await refreshed(store, client, session);
    answer = await read(client, accessToken);
  }
  if (answer.ok) return answer.value;
  if (answer.why === 'refused') return undefined;
  if (answer.why === 'expired') {
    await endAppSession(store, session.tokenHash);
    throw ended();
  }
  const problem = 'it does not answer';
  throw new IntersessionError('ehr-unreachable', { tenant: session.tenantId, problem }, 'The EHR does not answer now.');
}

/** New tokens for the session, got by this process or by whichever is at it already. */
async function refreshed(store: SessionStore, client: SmartClient, session: AppSession): Promise<string> {
  const { accessToken: old } = session.sealed.tokens;
  for (let attempt = 0; attempt < waits; attempt += 1) {
    const mine = await takeRefreshLease(store, session);
    const current = await findSessionByHash(store, session.tokenHash);
    if (current === undefined) throw ended();
    if (current.sealed.tokens.accessToken !== old) {
      if (mine) await releaseRefreshLease(store, session);
      return current.sealed.tokens.accessToken;
    }
    if (mine) return refreshNow(store, client, current);
    await wait(waitMs);
  }
  const problem = 'its tokens could not be refreshed in time';
  throw new IntersessionError('ehr-unreachable', { tenant: session.tenantId, problem }, `The EHR: ${problem}.`);
}

async function refreshNow(store: SessionStore, client: SmartClient, session: AppSession): Promise<string> {
  try {
    const tokens = await client.refresh(session.sealed.tokens);
    await keepTokens(store, session.tokenHash, tokens);
    return tokens.accessToken;
  } catch (error) {
    const over = ['session-expired', 'foreign-user', 'id-token-invalid'] as const;
    if (over.some((code) => hasCode(error, code))) {
      await endAppSession(store, session.tokenHash);
      throw ended();
    }
    await releaseRefreshLease(store, session);
    throw error;
  }
}

function ended(): IntersessionError {
  const problem = 'the EHR has ended it';
  return new IntersessionError('session-expired', { problem }, 'The app session has ended; sign in again.');
}
