import { useCallback, useEffect, useRef, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';
import type { LocalCopy } from '../session/local-copy.ts';

/**
 * A text while it is written, kept on this device with every key, so that neither reload, expiry nor a closed tab loses it. What
 * was written of it in tabs that are closed stands in it, one below the other: who goes on with it takes out what is too much.
 *
 * @param beside what else was chosen with it, kept with the text
 */
export function useTextDraft(
  subject: string,
  beside: Readonly<Record<string, unknown>> = {},
): [string, (text: string) => void] {
  const { drafts } = useAppSession();
  const latest = useRef(beside);
  latest.current = beside;
  const [text, setText] = useState(() => textsOf(drafts, subject).join('\n'));
  const write = useCallback(
    (next: string): void => {
      setText(next);
      if (next === '') drafts.drop(subject);
      else drafts.keep({ subject, logId: '', answers: { ...latest.current, text: next }, withheld: [], synced: false });
    },
    [drafts, subject],
  );
  const chosen = JSON.stringify(beside);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice beside the same text is kept, too
  useEffect(() => {
    const [own] = drafts.peek(subject);
    if (own !== undefined && text !== '' && JSON.stringify({ ...beside, text }) !== JSON.stringify(own.answers))
      write(text);
  }, [chosen]);
  useEffect(() => {
    const texts = textsOf(drafts, subject);
    if (drafts.find(subject).length > 1) write(texts.join('\n'));
  }, [drafts, subject, write]);
  return [text, write];
}

function textsOf(drafts: LocalCopy, subject: string): readonly string[] {
  const texts = drafts.find(subject).flatMap(({ answers: { text } }) => (typeof text === 'string' ? [text] : []));
  // one that stands in another is not written twice
  return texts.filter(
    (text, index) => !texts.some((other, at) => at !== index && other.includes(text) && (other !== text || at < index)),
  );
}
