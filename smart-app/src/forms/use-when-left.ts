import { useEffect, useRef } from 'react';
import { useAppSession } from '../session/app-session.tsx';

interface WhenLeft {
  /** The tab is hidden or closed, or on a phone never seen again: then nothing may wait any more. */
  readonly onHidden: () => void;
  /** Before signing out. */
  readonly onSignOut: () => Promise<unknown>;
  /** Another page of the app is opened. */
  readonly onLeft: () => void;
}

/**
 * The ways in which a form is left, each told once. That the form is drawn anew is none of them: what is done on leaving loads
 * what is there, which draws it anew, and so it would go on for ever.
 */
export function useWhenLeft(does: WhenLeft): void {
  const { beforeLeaving } = useAppSession();
  const now = useRef(does);
  now.current = does;
  useEffect(() => {
    const leaving = (): void => now.current.onHidden();
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') leaving();
    };
    window.addEventListener('pagehide', leaving);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('pagehide', leaving);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, []);
  useEffect(() => beforeLeaving(async () => void (await now.current.onSignOut())), [beforeLeaving]);
  useEffect(() => () => now.current.onLeft(), []);
}
