import { useId, useState } from 'react';

interface LongTextProps {
  readonly text: string;
  /** What it is, for who hears the button alone: `what was predicted`. */
  readonly of: string;
}

/** From how many letters or lines on a text is cut short; fewer fit in the three lines that are shown. */
const longFrom = { letters: 220, lines: 4 } as const;

/** Somebody’s words in their own direction of writing; a long text begins with three lines and opens where it stands. */
export function LongText({ text, of }: LongTextProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const long = text.length > longFrom.letters || text.split('\n').length >= longFrom.lines;
  if (!long) {
    return (
      <span className="own-words" dir="auto">
        {text}
      </span>
    );
  }
  return (
    <span className="long-text">
      <span id={id} className={open ? 'own-words' : 'own-words cut'} dir="auto">
        {text}
      </span>
      <button
        type="button"
        className="plain small"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? 'less' : 'more'}
        <span className="hidden-words"> of {of}</span>
      </button>
    </span>
  );
}
