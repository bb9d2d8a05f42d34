import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import '../styles/menu.css';

export interface MenuItem {
  readonly name: string;
  readonly words: string;
  /** After the words, for who does not see what the menu belongs to: `step 4c`. */
  readonly about?: string;
  /** Stands below a line, away from the others: what takes something away. */
  readonly apart?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly words: string;
  readonly about: string;
  readonly items: readonly MenuItem[];
}

/**
 * A button that opens a list of acts. Arrows, Home, End and first letters move in it, Escape and Tab leave it. What is chosen
 * finds the focus on the button: a dialog that it opens gives it back there, as the list is gone by then.
 */
export function Menu({ words, about, items }: MenuProps) {
  const [open, setOpen] = useState<'first' | 'last'>();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open === undefined) return;
    list.current?.scrollIntoView({ block: 'nearest' });
    entries(list.current)
      .at(open === 'first' ? 0 : -1)
      ?.focus();
  }, [open]);
  const leave = (): void => {
    setOpen(undefined);
    opener.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      leave();
      return;
    }
    const all = entries(list.current);
    const next = nextEntry(all, all.indexOf(document.activeElement as HTMLElement), event.key);
    if (event.key === 'Escape') leave();
    else if (next === undefined) return;
    else next.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="menu">
      <button
        ref={opener}
        type="button"
        className="plain small menu-opener"
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        aria-controls={open === undefined ? undefined : id}
        onMouseDown={(event) => {
          // nor does it leave the list by being pressed, which would close it before the click opens it again
          if (open !== undefined) event.preventDefault();
        }}
        onClick={() => (open === undefined ? setOpen('first') : leave())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        {words}
        <span className="hidden-words"> {about}</span>
      </button>
      {open === undefined ? null : (
        <div
          ref={list}
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={`${words} ${about}`}
          className="menu-list"
          onKeyDown={onKey}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (relatedTarget !== opener.current && !currentTarget.contains(relatedTarget)) setOpen(undefined);
          }}
          // some browsers give a button that is pressed no focus: the list would be gone before the click
          onMouseDown={(event) => event.preventDefault()}
        >
          {items.map(({ name, words: itemWords, about: of, apart = false, onChoose }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={apart ? 'apart' : undefined}
              onClick={() => {
                leave();
                onChoose();
              }}
            >
              {itemWords}
              {of === undefined ? null : <span className="hidden-words"> {of}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const entries = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
];

/** Where a key leads to from the entry at `from`; undefined: it is no key of a menu. */
function nextEntry(all: readonly HTMLElement[], from: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return all[(from + 1) % all.length];
    case 'ArrowUp':
      return all.at(from <= 0 ? -1 : from - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
  }
  if (key.length !== 1 || key === ' ') return undefined;
  const round = [...all.slice(from + 1), ...all.slice(0, from + 1)];
  return round.find(({ textContent }) => textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
