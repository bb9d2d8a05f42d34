import { useCallback, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';

/**
 * A state of a form that is kept on this device with every change, so that neither reload nor expiry loses it.
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
    const kept = drafts.find(subject)?.answers.state;
    return isState(kept) ? kept : first;
  });
  const change = useCallback(
    (to: Partial<T>): void => {
      setState((before) => {
        const next = { ...before, ...to };
        drafts.keep({ subject, logId: '', performedAt: '', answers: { state: next }, withheld: [], synced: false });
        return next;
      });
    },
    [drafts, subject],
  );
  const forget = useCallback(() => drafts.drop(subject), [drafts, subject]);
  return [state, change, forget];
}
