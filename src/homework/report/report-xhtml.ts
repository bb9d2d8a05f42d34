import type { ReportContent, ReportEntry, ReportSection, ReportTable } from './report-model.ts';

/**
 * A report as a complete XHTML document: headings, one table, lists; no styles, scripts or outer resources, so that it reads
 * well wherever it is shown.
 * @see https://www.w3.org/TR/xhtml1/
 */
export function reportXhtml(content: ReportContent): string {
  const { language, headline, title, period, sections, members, marker } = content;
  const lang = `lang="${escapeXml(language)}" xml:lang="${escapeXml(language)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<html xmlns="http://www.w3.org/1999/xhtml" ${lang}>`,
    '<head>',
    '<meta http-equiv="Content-Type" content="application/xhtml+xml; charset=UTF-8"/>',
    `<title>${escapeXml(title)}</title>`,
    // to trace it by, and nothing to read
    ...(members === '' ? [] : [`<meta name="keywords" content="${escapeXml(members)}"/>`]),
    '</head>',
    '<body>',
    `<h1>${escapeXml(headline)}</h1>`,
    `<p>${escapeXml(title)}<br/>${escapeXml(period)}</p>`,
    ...sections.flatMap(sectionLines),
    ...(marker === undefined ? [] : [`<p><small>${escapeXml(marker)}</small></p>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function sectionLines({ title, urgent, table, entries, by }: ReportSection): readonly string[] {
  const heading = urgent ? `<strong>${escapeXml(title)}</strong>` : escapeXml(title);
  return [
    `<h2>${heading}</h2>`,
    ...(table === undefined ? [] : tableLines(table, title)),
    ...(by === undefined ? entries.flatMap(entryLines) : wordsOf(entries)),
  ];
}

/** Somebody's own words, as paragraphs. */
function wordsOf(entries: readonly ReportEntry[]): readonly string[] {
  const lines = entries.flatMap((entry) => entry.lines);
  return ['<blockquote>', ...lines.map((line) => `<p>${escapeXml(line)}</p>`), '</blockquote>'];
}

function tableLines({ head, rows }: ReportTable, title: string): readonly string[] {
  return [
    `<table border="1" cellpadding="4" summary="${escapeXml(title)}">`,
    `<thead><tr>${head.map((cell) => `<th scope="col">${escapeXml(cell)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(([first = '', ...rest]) => {
      const cells = rest.map((cell) => `<td>${escapeXml(cell)}</td>`).join('');
      return `<tr><th scope="row" align="left">${escapeXml(first)}</th>${cells}</tr>`;
    }),
    '</tbody>',
    '</table>',
  ];
}

function entryLines({ heading, lines }: ReportEntry): readonly string[] {
  return [
    ...(heading === undefined ? [] : [`<h3>${escapeXml(heading)}</h3>`]),
    '<ul>',
    ...lines.map((line) => `<li>${escapeXml(line)}</li>`),
    '</ul>',
  ];
}

/** What XML 1.0 can't hold at all becomes the replacement character. @see https://www.w3.org/TR/xml/#charsets */
function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"]/g, (character) => entities[character] ?? character)
  );
}
