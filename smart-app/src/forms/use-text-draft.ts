import { useCallback, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';

/** A text while it is written, kept on this device with every key, so that neither reload nor expiry loses it. */
export function useTextDraft(subject: string): [string, (text: string) => void] {
  const { drafts } = useAppSession();
  const [text, setText] = useState(() => {
    const kept = drafts.find(subject)?.answers.text;
    return typeof kept === 'string' ? kept : '';
  });
  const write = useCallback(
    (next: string): void => {
      setText(next);
      if (next === '') drafts.drop(subject);
      else drafts.keep({ subject, logId: '', performedAt: '', answers: { text: next }, withheld: [], synced: false });
    },
    [drafts, subject],
  );
  return [text, write];
}
