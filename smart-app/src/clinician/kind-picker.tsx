import { useId, useState } from 'react';
import type { KindView } from '../../../src/contract/app/patient-homework.ts';

interface KindPickerProps {
  /** Every kind once, as a new step of it would be. */
  readonly kinds: readonly KindView[];
  readonly value: string;
  readonly onChange: (slug: string) => void;
}

/** As many as one finds at a glance. */
const fewKinds = 8;

/**
 * Which kind of homework: measures in a group of their own, and a field that narrows the list with the first letters. Nothing is chosen
 * by typing: only Enter, and the list itself, do.
 */
export function KindPicker({ kinds, value, onChange }: KindPickerProps) {
  const name = useId();
  const [sought, setSought] = useState('');
  const found = kindsFound(kinds, sought);
  // what is chosen stays chosen, and so it stays in the list
  const shown = found.some(({ slug }) => slug === value)
    ? found
    : kinds.filter((kind) => kind.slug === value || found.includes(kind));
  const groups = [
    { label: 'Homework', kinds: shown.filter(({ family }) => family === undefined) },
    { label: 'Measures', kinds: shown.filter(({ family }) => family !== undefined) },
  ].filter((group) => group.kinds.length > 0);
  return (
    <>
      {kinds.length > fewKinds ? (
        <div>
          <label htmlFor={`${name}-find`}>Find a kind</label>
          <input
            id={`${name}-find`}
            type="search"
            autoComplete="off"
            value={sought}
            aria-describedby={`${name}-found`}
            onChange={({ currentTarget: { value: text } }) => setSought(text)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              // nor is the step sent by it
              event.preventDefault();
              const [first] = found;
              if (sought.trim() !== '' && first !== undefined && first.slug !== value) onChange(first.slug);
            }}
          />
          <p className="help" id={`${name}-found`} role="status">
            {sought.trim() === '' ? `${kinds.length} kinds` : foundWords(found)}
          </p>
        </div>
      ) : null}
      <div>
        <label htmlFor={`${name}-kind`}>Kind</label>
        <select id={`${name}-kind`} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {groups.map(({ label, kinds: own }) => (
            <optgroup key={label} label={label}>
              {own.map(({ slug, title }) => (
                <option key={slug} value={slug}>
                  {title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
    </>
  );
}

/** Kinds whose name has a word that begins so, those first of which it is the first word. */
export function kindsFound(kinds: readonly KindView[], sought: string): readonly KindView[] {
  const text = sought.trim().toLowerCase();
  if (text === '') return kinds;
  const place = ({ title, slug }: KindView): number => {
    const words = ` ${title} ${slug}`.toLowerCase().replaceAll(/[-–(]/g, ' ');
    return words.indexOf(` ${text.replaceAll('-', ' ')}`);
  };
  return kinds.filter((kind) => place(kind) >= 0).toSorted((kind, other) => place(kind) - place(other));
}

function foundWords(found: readonly KindView[]): string {
  if (found.length === 0) return 'No kind has a name like this.';
  const [first] = found;
  return `${found.length === 1 ? '1 kind' : `${found.length} kinds`}; Enter chooses ${first?.title}`;
}
