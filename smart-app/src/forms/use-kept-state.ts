import { useCallback, useRef, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';
import type { DraftCopy } from '../session/draft-copy.ts';

/**
 * A state of a form that is kept on this device with every change, so that neither reload, expiry nor a closed tab loses it. What
 * several tabs have of it stays apart: the next form begins with the next of them.
 *
 * @returns the state, a way to change it, and a way to forget it when it has been sent or given up
 */
export function useKeptState<T extends object>(
  subject: string,
  first: T,
  isState: (value: unknown) => value is T,
): [T, (change: Partial<T>) => void, () => void] {
  const { drafts } = useAppSession();
  const own = useRef<DraftCopy>(undefined);
  const [state, setState] = useState(() => {
    const [kept] = drafts.find(subject);
    if (!isState(kept?.answers.state)) return first;
    own.current = kept;
    return kept.answers.state;
  });
  const change = useCallback(
    (to: Partial<T>): void => {
      setState((before) => {
        const next = { ...before, ...to };
        const rest = drafts.find(subject).filter((draft) => draft !== own.current);
        own.current = { subject, logId: '', answers: { state: next }, withheld: [], synced: false };
        drafts.keep(own.current, rest);
        return next;
      });
    },
    [drafts, subject],
  );
  const forget = useCallback((): void => {
    if (drafts.find(subject)[0] === own.current) drafts.drop(subject);
    own.current = undefined;
  }, [drafts, subject]);
  return [state, change, forget];
}
