import { callService } from '../service/call-service.ts';
import type { LocalCopy } from './local-copy.ts';
import { forgetSession, type StoredSession } from './session-store.ts';
import { forgetTabSecret } from './tab-secret.ts';

/** Ends the session here and at the service; what was typed on this device and its key are wiped in any case. */
export async function signOut(session: StoredSession, drafts: LocalCopy): Promise<void> {
  const wiped = drafts.wipe();
  forgetTabSecret();
  forgetSession();
  try {
    await callService({ method: 'DELETE', path: '/smart/session', session });
  } catch {
    // it ends by itself at the service soon; on this device nothing is left of it
  }
  await wiped;
}
