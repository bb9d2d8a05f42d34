import { setTimeout as wait } from 'node:timers/promises';
import type { SmartClient } from '../../ehr/smart/open-smart-client.ts';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import {
  type AppSession,
  endAppSession,
  findSessionByHash,
  keepTokens,
  type SessionStore,
} from '../../record/session/app-session.ts';
import { releaseRefreshLease, takeRefreshLease } from '../../record/session/refresh-lease.ts';

/** A token that ends so soon is refreshed before it is used. */
const leewayMs = 20_000;
const waitMs = 150;
const waits = 60;

/**
 * A token of the session's user that can be used now: its own while that lasts, else a new one, got by this process or by
 * whichever is at it already.
 * @param force the EHR has refused the one that the session holds
 * @throws `session-expired` when the EHR has ended the sign-in or the session has ended meanwhile, `ehr-unreachable`, and what else a refresh
 * fails with
 */
export async function userToken(
  store: SessionStore,
  client: SmartClient,
  session: AppSession,
  { force }: { readonly force: boolean },
): Promise<string> {
  const { accessToken, expiresAt } = session.sealed.tokens;
  const stale = Date.parse(expiresAt) - store.clock.now().getTime() < leewayMs;
  return force || stale ? refreshed(store, client, session) : accessToken;
}

/** New tokens for the session. */
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

/** The sign-in is over at the EHR. */
export function ended(): IntersessionError {
  const problem = 'the EHR has ended it';
  return new IntersessionError('session-expired', { problem }, 'The app session has ended; sign in again.');
}
