import { findSessionByHash, type SealedSession, type SessionStore } from './app-session.ts';
import { seal } from './seal.ts';

const mostTries = 5;

/** Keeps the patient whom a coordinator opened: from now on the session is about this one. One that has ended stays ended. */
export async function keepOpenedPatient(
  store: SessionStore,
  tokenHash: string,
  patient: NonNullable<SealedSession['patient']>,
): Promise<void> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const session = await findSessionByHash(store, tokenHash);
    if (session === undefined) return;
    const { visits: _ofAnother, ...sealed } = session.sealed;
    const { rowCount } = await store.database.query(
      'update app_session set sealed = $2, patient_id = $3 where token_hash = $1 and ended_at is null and sealed = $4',
      [tokenHash, seal(store.sessionKey, tokenHash, { ...sealed, patient }), patient.id, session.sealedText],
    );
    // someone else has refreshed the tokens meanwhile: theirs must not be lost
    if (rowCount === 1) return;
  }
  throw new Error('a session changed faster than it could be kept');
}
