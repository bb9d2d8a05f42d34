import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Notice } from './tone.tsx';

export interface Done {
  /** What was done, in a sentence or two. */
  readonly words: string;
  /** The same words, said once more, are announced once more. */
  readonly ordinal: number;
}

/** What was done last in one place, and a way to say it. */
export function useDone(): [Done | undefined, (words: string) => void] {
  const [done, setDone] = useState<Done>();
  const say = useCallback((words: string) => setDone((before) => ({ words, ordinal: (before?.ordinal ?? 0) + 1 })), []);
  return [done, say];
}

/**
 * Says that something was done: announced, and in view. Its place stands in the page before there is anything to say, as what
 * comes together with its words may go unheard; and it takes the focus only when what was pressed is gone.
 */
export function Said({ done, children }: { readonly done: Done | undefined; readonly children?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done === undefined) return;
    box.current?.scrollIntoView({ block: 'nearest' });
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) box.current?.focus({ preventScroll: true });
  }, [done]);
  return (
    <div ref={box} role="status" className="said" tabIndex={-1}>
      {done === undefined ? null : (
        <Notice key={done.ordinal} tone="good">
          <p>{done.words}</p>
          {children}
        </Notice>
      )}
    </div>
  );
}
