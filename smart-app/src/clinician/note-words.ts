import type { AppBody } from '../../../src/contract/app/bodies.ts';
import type { NotePreview } from '../../../src/contract/app/note.ts';
import type { Instant } from '../../../src/homework/model.ts';

/** What a clinician writes into a note: paragraphs of their own, and sections anew, by their titles. */
export interface NoteWords {
  readonly own: string;
  readonly sections: Readonly<Record<string, string>>;
  /** Where the note began in which that was written. */
  readonly from?: Instant;
}

export const noWords: NoteWords = { own: '', sections: {} };

export function isNoteWords(value: unknown): value is NoteWords {
  if (typeof value !== 'object' || value === null) return false;
  const { own, sections } = value as Readonly<Record<string, unknown>>;
  if (typeof own !== 'string' || typeof sections !== 'object' || sections === null) return false;
  return Object.values(sections).every((text) => typeof text === 'string');
}

/** Whether anything stands in it. */
export function hasWords({ own, sections }: NoteWords): boolean {
  return own.trim() !== '' || Object.keys(sections).length > 0;
}

/** The words as the service takes them: sections by their place in this note; one that was left as it was is the record's. */
export function wordsFor(
  { sections }: Pick<NotePreview, 'sections'>,
  words: NoteWords,
): Pick<AppBody<'POST /plans/{planId}/reports/preview'>, 'words'> {
  const anew = sections.flatMap(({ title, text, fixed }, at) => {
    const written = fixed === true ? undefined : words.sections[title];
    return written === undefined || written.trim() === '' || written.trim() === text.trim()
      ? []
      : [{ at, text: written }];
  });
  const own = words.own.trim();
  if (own === '' && anew.length === 0) return {};
  return { words: { ...(own === '' ? {} : { own }), ...(anew.length === 0 ? {} : { sections: anew }) } };
}

/** The same words for a note that is another by now: what was written of a section that is no longer there becomes a paragraph. */
export function carriedTo({ sections }: Pick<NotePreview, 'sections'>, words: NoteWords): NoteWords {
  const there = new Set(sections.filter(({ fixed }) => fixed !== true).map(({ title }) => title));
  const gone = Object.entries(words.sections).filter(([title]) => !there.has(title));
  return {
    own: [words.own, ...gone.map(([title, text]) => `${title}: ${text}`)]
      .filter((text) => text.trim() !== '')
      .join('\n\n'),
    sections: Object.fromEntries(Object.entries(words.sections).filter(([title]) => there.has(title))),
  };
}

/** Titles of what the record says otherwise by now, or says no longer, or only now. */
export function changedSections(
  before: Pick<NotePreview, 'sections'>,
  after: Pick<NotePreview, 'sections'>,
): readonly string[] {
  const textOf = ({ sections }: Pick<NotePreview, 'sections'>, of: string) =>
    sections.find(({ title }) => title === of)?.text;
  const titles = new Set([...before.sections, ...after.sections].map(({ title }) => title));
  return [...titles].filter((title) => textOf(before, title) !== textOf(after, title));
}
