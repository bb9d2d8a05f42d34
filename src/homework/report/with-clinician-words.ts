import { invalidRequest } from '../replace-in-state.ts';
import type { ClinicianPassage } from './report.ts';
import type { ReportContent, ReportSection } from './report-model.ts';

/** What a clinician writes into a report before it is filed. */
export interface WrittenWords {
  /** Paragraphs of their own, before all that the record says. */
  readonly own?: string | undefined;
  /** In place of a section of the report as it was read, by its place in it. */
  readonly sections?: readonly { readonly at: number; readonly text: string }[] | undefined;
}

const ownTitle = 'In the clinician’s words';
const recordTitle = 'As the record has it';

/**
 * The report with a clinician's words in it, each under a title that says so. What the record says in the place of a section that
 * they wrote anew is not lost: it stands at the end. The report goes on telling all that it told, so addenda know what is new.
 * @throws `invalid-request` naming the section that is not there, or that may not be written anew
 */
export function withClinicianWords(
  content: ReportContent,
  { own, sections = [] }: WrittenWords,
): { readonly content: ReportContent; readonly passages: readonly ClinicianPassage[] } {
  const anew = new Map<number, string>();
  for (const { at, text } of sections) {
    const section = content.sections[at];
    const field = `words.sections.${at}`;
    if (section === undefined) throw invalidRequest(field, 'is no section of this report');
    if (section.urgent) throw invalidRequest(field, 'says what must be seen first, and stays as the record has it');
    if (anew.has(at)) throw invalidRequest(field, 'is written anew twice');
    anew.set(at, text);
  }
  const passages: readonly ClinicianPassage[] = [
    ...(isSaid(own) ? [{ text: own.trim() }] : []),
    ...content.sections.flatMap(({ title }, at) => {
      const text = anew.get(at);
      return isSaid(text) ? [{ about: title, text: text.trim() }] : [];
    }),
  ];
  const problem = passages.find(({ text }) => /^\s*\[IS:/m.test(text));
  if (problem !== undefined)
    throw invalidRequest('words', 'has a line that looks like the mark of a filed note, [IS:…]');
  if (passages.length === 0) return { content, passages };
  const wordsOf = (about: string | undefined) => passages.find((passage) => passage.about === about)?.text;
  const ownText = wordsOf(undefined);
  const replaced = content.sections.filter(({ title }) => wordsOf(title) !== undefined);
  return {
    content: {
      ...content,
      sections: [
        ...(ownText === undefined ? [] : [clinicianSection(ownTitle, ownText)]),
        ...content.sections.map((section) => {
          const text = wordsOf(section.title);
          return text === undefined ? section : clinicianSection(`${section.title}, in the clinician’s words`, text);
        }),
        ...(replaced.length === 0 ? [] : [{ title: recordTitle, entries: replaced.flatMap(asEntries) }]),
      ],
    },
    passages,
  };
}

function clinicianSection(title: string, text: string): ReportSection {
  return { title, by: 'clinician', entries: [{ lines: text.split(/\n+/).filter(isSaid) }] };
}

/** A section below a title of its own: the headings in it stand before their lines. */
function asEntries({ title, table, entries }: ReportSection): ReportSection['entries'] {
  const rows = (table?.rows ?? []).map(([first = '', ...rest]) => `${first}: ${rest.join('; ')}`);
  const lines = entries.flatMap(({ heading, lines: below }) =>
    below.map((line) => (heading === undefined ? line : `${heading}: ${line}`)),
  );
  return [{ heading: title, lines: [...rows, ...lines] }];
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
