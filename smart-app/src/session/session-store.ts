import type { SessionView } from '../../../src/contract/app/session.ts';

const storedUnder = 'intersession.session';
const signedOutUnder = 'intersession.signed-out';
const issuerUnder = 'intersession.iss';
/** The time that was chosen on the clinician's first page. */
export const periodUnder = 'intersession.period';

/** What the tab keeps of a session: who may do what, but nobody's name. */
export interface StoredSession extends Omit<SessionView, 'patient' | 'user'> {
  readonly user: { readonly reference: string };
  readonly patientId?: string;
}

/** Keeps the session for a reload of this tab; the patient's name and birth date and the user's name stay out of it. */
export function keepSession({ patient, user, ...rest }: SessionView): StoredSession {
  const kept: StoredSession = {
    ...rest,
    user: { reference: user.reference },
    ...(patient === undefined ? {} : { patientId: patient.id }),
  };
  sessionStorage.setItem(storedUnder, JSON.stringify(kept));
  sessionStorage.removeItem(signedOutUnder);
  return kept;
}

/** The session of this tab, if it has one. */
export function storedSession(): StoredSession | undefined {
  const kept = sessionStorage.getItem(storedUnder);
  if (kept === null) return undefined;
  try {
    const parsed: unknown = JSON.parse(kept);
    return isStoredSession(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Ends what the tab knows of the session. */
export function forgetSession(): void {
  sessionStorage.removeItem(storedUnder);
  sessionStorage.removeItem(periodUnder);
  sessionStorage.setItem(signedOutUnder, '1');
}

/** Whether this tab has no session because its person signed out. */
export function hasSignedOut(): boolean {
  return sessionStorage.getItem(signedOutUnder) !== null;
}

/** Remembers which EHR this tab was opened from, so that signing in again knows where to go. */
export function keepIssuer(iss: string): void {
  sessionStorage.setItem(issuerUnder, iss);
}

/** Where to sign in again: our launch page, as a launch of its own, at the EHR this tab came from. */
export function signInAgainPath(): string | undefined {
  const iss = sessionStorage.getItem(issuerUnder);
  return iss === null ? undefined : `/launch?${new URLSearchParams({ iss })}`;
}

function isStoredSession(value: unknown): value is StoredSession {
  if (typeof value !== 'object' || value === null) return false;
  const record: Record<string, unknown> = { ...value };
  return (
    typeof record.session === 'string' &&
    typeof record.launchId === 'string' &&
    typeof record.role === 'string' &&
    typeof record.tenant === 'object' &&
    record.tenant !== null
  );
}
