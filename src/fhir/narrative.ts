import type { Narrative } from 'fhir/r4';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/**
 * The human summary of a resource: a heading and one line for each fact; everything is escaped.
 * @see https://hl7.org/fhir/R4/narrative.html
 */
export function toNarrative(heading: string, lines: readonly (string | undefined)[], language?: string): Narrative {
  const shown = lines
    .filter((line) => line !== undefined && line !== '')
    .map((line) => `<li>${escapeXml(line ?? '')}</li>`);
  const attribute = language === undefined ? '' : ` lang="${escapeXml(language)}" xml:lang="${escapeXml(language)}"`;
  const list = shown.length === 0 ? '' : `<ul>${shown.join('')}</ul>`;
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"${attribute}><p>${escapeXml(heading)}</p>${list}</div>`;
  return { status: 'generated', div };
}
