import { useId } from 'react';
import type { NotePeriod } from './note-period.ts';

interface NoteToReadProps {
  readonly periods: readonly NotePeriod[];
  readonly period: NotePeriod;
  readonly onChoose: (name: NotePeriod['name']) => void;
  /** Words for a note are kept that was not filed. */
  readonly begun: boolean;
  readonly mayRead: boolean;
  readonly onRead: () => void;
}

/** Before a note is read: which time it is to tell of. */
export function NoteToRead({ periods, period, onChoose, begun, mayRead, onRead }: NoteToReadProps) {
  const id = useId();
  return (
    <>
      <p>
        A short note of what was done in this time, and what was changed. You read it first; nothing is filed until you
        say so.
      </p>
      {begun ? <p>You have begun to write in a note. Your words are kept, and stand in it when you read it.</p> : null}
      <p className="no-print">
        <label htmlFor={id}>Time it tells of </label>
        <select
          id={id}
          value={period.name}
          onChange={({ target: { value } }) => {
            const found = periods.find(({ name }) => name === value);
            if (found !== undefined) onChoose(found.name);
          }}
        >
          {periods.map(({ name, words }) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </p>
      <button type="button" className="secondary" disabled={!mayRead} onClick={onRead}>
        {begun ? 'Go on with the note' : 'Read the note'}
      </button>
    </>
  );
}
