/**
 * The one place that says which characters a text may hold: those that FHIR R4, XML 1.0 and PostgreSQL all hold. What people write
 * is cleaned of the others, because they came along unseen from a document; an id that holds one is refused, because cleaned it
 * would be another id.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#string
 * @see https://www.w3.org/TR/xml/#charsets
 */

/** Control characters except tab, line feed and carriage return; halves of surrogate pairs; what XML cannot write. */
const unheld = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;
const everyUnheld = new RegExp(unheld, 'gu');
/** What documents break lines and pages with: vertical tab (a soft break in a word processor), form feed, next line. */
const breaks = /[\v\f\u0085]/g;
/** A character that leaves ink: neither space nor one that is only there for its neighbours. */
const inked = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}]/u;

/** Whether every system can hold this text as it stands. */
export function isPlain(text: string): boolean {
  return !unheld.test(text);
}

/** Whether there is nothing in it to read. FHIR has no empty strings. */
export function isBlank(text: string): boolean {
  return !inked.test(text);
}

/** A text of several lines without what no system holds; the line breaks of documents are kept as such. */
export function cleanText(text: string): string {
  return isPlain(text) ? text : text.replace(breaks, '\n').replace(everyUnheld, '');
}

/** A title or name: as `cleanText`, but a document's line breaks become spaces. */
export function cleanLine(text: string): string {
  return isPlain(text) ? text : cleanText(text.replace(breaks, ' '));
}

/** The place of a text inside a JSON value. */
export type TextPath = readonly (string | number)[];

/** Where in a JSON value stands a text, or a key, that not every system can hold. */
export function* unheldTexts(value: unknown, path: TextPath = []): Generator<TextPath> {
  if (typeof value === 'string') {
    if (!isPlain(value)) yield path;
  } else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* unheldTexts(element, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (isPlain(key)) yield* unheldTexts(member, [...path, key]);
      // a key is not repeated, as it can't be written
      else yield path;
    }
  }
}

/** A JSON value with its texts cleaned, those under a key for which `isText` says so; the others stay as they are. */
export function cleanTexts(value: unknown, isText: (key: string) => boolean, key = ''): unknown {
  if (typeof value === 'string') return isText(key) ? cleanText(value) : value;
  if (Array.isArray(value)) return value.map((value) => cleanTexts(value, isText, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleanTexts(member, isText, name)]));
}
