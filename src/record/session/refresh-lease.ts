import type { AppSession, SessionStore } from './app-session.ts';

const leaseMs = 20_000;

/**
 * Takes the right to refresh a session's EHR tokens: a refresh token may work only once, and two processes may want to.
 * @returns false when another one is at it, or the session has ended
 */
export async function takeRefreshLease(
  { database, clock }: SessionStore,
  { tokenHash }: Pick<AppSession, 'tokenHash'>,
): Promise<boolean> {
  const now = clock.now();
  const { rowCount } = await database.query(
    `update app_session set refreshing_until = $3
     where token_hash = $1 and ended_at is null and (refreshing_until is null or refreshing_until <= $2)`,
    [tokenHash, now, new Date(now.getTime() + leaseMs)],
  );
  return rowCount === 1;
}

/** Gives the right back, when nothing came of it. */
export async function releaseRefreshLease(
  { database }: SessionStore,
  { tokenHash }: Pick<AppSession, 'tokenHash'>,
): Promise<void> {
  await database.query('update app_session set refreshing_until = null where token_hash = $1', [tokenHash]);
}
