import { useCallback, useEffect, useState } from 'react';
import { standsIn } from '../../../src/homework/log/same-answer.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { LocalCopy } from '../session/local-copy.ts';

/**
 * A text while it is written, kept on this device with every key, so that neither reload, expiry nor a closed tab loses it. What
 * was written of it in tabs that are closed stands in it, one below the other: who goes on with it takes out what is too much.
 */
export function useTextDraft(subject: string): [string, (text: string) => void] {
  const { drafts } = useAppSession();
  const [text, setText] = useState(() => textsOf(drafts, subject).join('\n'));
  const write = useCallback(
    (next: string): void => {
      setText(next);
      if (next === '') drafts.drop(subject);
      else drafts.keep({ subject, logId: '', answers: { text: next }, withheld: [], synced: false });
    },
    [drafts, subject],
  );
  useEffect(() => {
    const texts = textsOf(drafts, subject);
    if (drafts.find(subject).length > 1) write(texts.join('\n'));
  }, [drafts, subject, write]);
  return [text, write];
}

/** Whether something was begun of it. */
export function isTextBegun(drafts: LocalCopy, subject: string): boolean {
  return textsOf(drafts, subject).length > 0;
}

function textsOf(drafts: LocalCopy, subject: string): readonly string[] {
  const texts = drafts.find(subject).flatMap(({ answers: { text } }) => (typeof text === 'string' ? [text] : []));
  return texts.filter(
    (text, index) => !texts.some((other, at) => (at < index && other === text) || standsIn(text, other)),
  );
}
