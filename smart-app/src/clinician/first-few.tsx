import { type ReactElement, useEffect, useRef, useState } from 'react';
import { usePrinting } from '../parts/use-printing.ts';

interface FirstFewProps {
  /** Items of a list. */
  readonly children: readonly ReactElement[];
  readonly first: number;
  /** On the button for the rest: `Show all 14 logs`. */
  readonly allWords: string;
  readonly className: string;
}

/** A list that begins with its first few; the rest is there when it is asked for, and on paper, and is gone on with from where it begins. */
export function FirstFew({ children, first, allWords, className }: FirstFewProps) {
  const list = useRef<HTMLUListElement>(null);
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  useEffect(() => {
    if (!all) return;
    const next = list.current?.children[first];
    if (!(next instanceof HTMLElement)) return;
    next.tabIndex = -1;
    next.focus();
  }, [all, first]);
  return (
    <>
      <ul className={className} ref={list}>
        {all || printing ? children : children.slice(0, first)}
      </ul>
      {all || children.length <= first ? null : (
        <button type="button" className="secondary small show-all" onClick={() => setAll(true)}>
          {allWords}
        </button>
      )}
    </>
  );
}
