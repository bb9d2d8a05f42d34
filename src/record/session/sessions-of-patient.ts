import { type AppSession, findSessionByHash, type SessionStore } from './app-session.ts';

/** Sessions looked at for one patient: nobody has more people at one chart. */
const most = 10;

/**
 * The app sessions that have this patient open now and may write, clinicians' first, then those used last; of the first ten of
 * them those that can still be opened. Only such a session's token may carry what is to be written for this patient.
 */
export async function sessionsOfPatient(
  store: SessionStore,
  tenantId: string,
  patientId: string,
): Promise<AppSession[]> {
  const { rows } = await store.database.query<{ token_hash: string }>(
    `select token_hash from app_session
      where tenant = $1 and patient_id = $2 and ended_at is null and can_write and expires_at > $3
      order by role = 'clinician' desc, seen_at desc limit ${most}`,
    [tenantId, patientId, store.clock.now()],
  );
  const sessions: AppSession[] = [];
  for (const { token_hash } of rows) {
    const session = await findSessionByHash(store, token_hash);
    if (session?.patientId === patientId) sessions.push(session);
  }
  return sessions;
}
