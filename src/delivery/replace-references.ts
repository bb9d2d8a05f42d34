import { ownReference } from './rewrite-references.ts';

// In JSON text a quote inside a string is escaped, so these find elements named `reference` and nothing that a person
// wrote. Searching the text costs a fraction of walking the parsed tree, and most content never needs more.
const toOurs = new RegExp(`"reference":\\s*"(${ownReference})"`, 'g');
const toPlaceholders = /"reference":\s*"(urn:uuid:[0-9a-f-]{36})"/g;

/** A reference to a resource of ours, and where it stands in the JSON text: from the opening quote to behind the closing one. */
export interface TextReference {
  readonly reference: string;
  readonly start: number;
  readonly end: number;
}

/** The references to resources of ours in a resource's JSON text, in the order of their appearance. */
export function referencesIn(content: string): TextReference[] {
  return placesOf(toOurs, content);
}

/** What is to stand in a reference's place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  /** `Task/17`, or the placeholder of one that has no place in the EHR yet. */
  readonly by: string;
}

/** The placeholders in a resource's JSON text: each stands for itself until it is known what it stands for. */
export function placeholdersIn(content: string): Replacement[] {
  return placesOf(toPlaceholders, content).map(({ reference: by, start, end }) => ({ by, start, end }));
}

/**
 * The JSON text behind `from` with these replacements made, in the order of their places.
 * @param known what placeholders stand for by now: urn → `Task/17`
 */
export function replaceReferences(
  content: string,
  replacements: readonly Replacement[],
  known: ReadonlyMap<string, string>,
  from = 0,
): string {
  let replaced = '';
  let at = from;
  for (const { by, start, end } of replacements) {
    replaced += content.slice(at, start) + JSON.stringify(known.get(by) ?? by);
    at = end;
  }
  return replaced + content.slice(at);
}

function placesOf(pattern: RegExp, content: string): TextReference[] {
  const found: TextReference[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(content); match !== null; match = pattern.exec(content)) {
    const end = pattern.lastIndex;
    const [, reference = ''] = match;
    found.push({ reference, start: end - reference.length - 2, end });
  }
  return found;
}
