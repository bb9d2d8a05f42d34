import { useCallback, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';

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
  const [state, setState] = useState(() => {
    const kept = drafts.find(subject)[0]?.answers.state;
    return isState(kept) ? kept : first;
  });
  const change = useCallback(
    (to: Partial<T>): void => {
      setState((before) => {
        const next = { ...before, ...to };
        const rest = drafts.find(subject).slice(1);
        drafts.keep({ subject, logId: '', answers: { state: next }, withheld: [], synced: false }, rest);
        return next;
      });
    },
    [drafts, subject],
  );
  const forget = useCallback(() => drafts.drop(subject), [drafts, subject]);
  return [state, change, forget];
}
