import type { StoredSession } from './session-store.ts';

/** The other tabs in which the same person is signed in, in this browser. */
export interface OtherTabs {
  /** Whether something stands in one of them that was not sent. */
  readonly haveUnsent: () => Promise<boolean>;
  /** Signs them out. */
  readonly signOut: () => void;
  readonly leave: () => void;
}

type Told = 'any-unsent' | 'unsent' | 'signed-out';

/** Longer than an open tab takes to answer. */
const answerMs = 300;

/**
 * A patient signs out of a device, not of a tab. Everybody else has a tab for each chart, each with a sign-in of its own, and
 * nothing to do with the others.
 */
export function joinOtherTabs(
  { role, tenant, user }: StoredSession,
  { unsent, onSignedOut }: { readonly unsent: () => boolean; readonly onSignedOut: () => void },
): OtherTabs {
  if (role !== 'patient' || typeof BroadcastChannel === 'undefined')
    return { haveUnsent: async () => false, signOut: () => undefined, leave: () => undefined };
  const channel = new BroadcastChannel(`intersession ${tenant.id} ${user.reference}`);
  const tell = (told: Told): void => channel.postMessage(told);
  let answered: (() => void) | undefined;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data === 'any-unsent' && unsent()) tell('unsent');
    if (data === 'unsent') answered?.();
    if (data === 'signed-out') onSignedOut();
  };
  return {
    haveUnsent: () =>
      new Promise((resolve) => {
        answered = () => resolve(true);
        setTimeout(() => resolve(false), answerMs);
        tell('any-unsent');
      }),
    signOut: () => tell('signed-out'),
    leave: () => channel.close(),
  };
}
