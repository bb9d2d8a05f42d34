import { useEffect, useId, useRef } from 'react';
import type { NotePreview } from '../../../src/contract/app/note.ts';
import type { NoteWords } from './note-words.ts';

interface NoteEditorProps {
  readonly sections: NotePreview['sections'];
  readonly words: NoteWords;
  readonly onChange: (words: Partial<NoteWords>) => void;
  readonly onDone: () => void;
  readonly busy: boolean;
}

const mostLetters = 10_000;

/** A note while it is written in: own paragraphs at its top, and section by section the record's words or the clinician's. */
export function NoteEditor({ sections, words, onChange, onDone, busy }: NoteEditorProps) {
  const id = useId();
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const write = (title: string, text: string) => onChange({ sections: { ...words.sections, [title]: text } });
  const takeBack = (title: string) => {
    const { [title]: _gone, ...rest } = words.sections;
    onChange({ sections: rest });
  };
  return (
    <div className="note-editor">
      <p className="quiet">
        What you write stands in the note as your words, under your name. What the record says in its place is kept at
        the end of the note.
      </p>
      <label htmlFor={`${id}-own`}>In your own words, at the top of the note</label>
      <textarea
        ref={first}
        id={`${id}-own`}
        dir="auto"
        rows={4}
        maxLength={mostLetters}
        value={words.own}
        onChange={({ target }) => onChange({ own: target.value })}
      />
      {sections.map(({ title, text, fixed }, at) => {
        const written = words.sections[title];
        const name = `${id}-${at}`;
        return (
          <section key={title} className="note-section" aria-labelledby={`${name}-title`}>
            <h3 id={`${name}-title`}>
              {written === undefined ? title : <label htmlFor={name}>{title}, in your words</label>}
            </h3>
            {written === undefined ? <pre className="report">{text}</pre> : null}
            {written === undefined ? null : (
              <textarea
                id={name}
                dir="auto"
                rows={Math.min(12, Math.max(4, written.split('\n').length + 1))}
                maxLength={mostLetters}
                value={written}
                onChange={({ target }) => write(title, target.value)}
              />
            )}
            {fixed === true ? (
              <p className="quiet">This must be seen first, and stays as the record has it.</p>
            ) : written === undefined ? (
              <button type="button" className="plain small" onClick={() => write(title, text)}>
                Write it in your words<span className="hidden-words">: {title}</span>
              </button>
            ) : (
              <button type="button" className="plain small" onClick={() => takeBack(title)}>
                As the record has it<span className="hidden-words">: {title}</span>
              </button>
            )}
          </section>
        );
      })}
      <div className="buttons">
        <button type="button" className="primary" disabled={busy} onClick={onDone}>
          Read it as it will be filed
        </button>
      </div>
    </div>
  );
}
