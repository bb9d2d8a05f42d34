import type { ReportContent, ReportSection } from './report-model.ts';
import { unwrapText, wrapText } from './wrap-text.ts';

const columns = 80;
const hang = 2;

/** A report as text/plain, at most 80 columns, the marker as its last line. */
export function reportText(content: ReportContent): string {
  const { headline, title, period, sections, marker } = content;
  const lines = [headline, title, period, '', ...sections.flatMap((section) => [...sectionLines(section), ''])];
  const wrapped = lines.flatMap((line) =>
    line === '' ? [''] : wrapText(line.trimStart(), line.length - line.trimStart().length, hang, columns),
  );
  const last = marker === undefined ? [] : [marker];
  return [...(marker === undefined ? wrapped.slice(0, -1) : wrapped), ...last].join('\n');
}

/** A report's text with its lines whole, as a page shows it whose lines are as long as it is wide. */
export function reportLines(text: string): string {
  return unwrapText(text, hang, columns);
}

/** What stands in a section below its title, not wrapped: as a person begins with who writes it anew. */
export function sectionText(section: ReportSection): string {
  const [, ...lines] = sectionLines(section);
  return lines.join('\n');
}

function sectionLines({ title, table, entries, by }: ReportSection): readonly string[] {
  // whoever wrote it wrote sentences, no list
  const mark = by === undefined ? '- ' : '';
  return [
    title.toUpperCase(),
    ...(table?.rows ?? []).map(([first = '', ...rest]) => `- ${first}: ${rest.join('; ')}`),
    ...entries.flatMap(({ heading, lines }) =>
      heading === undefined ? lines.map((line) => `${mark}${line}`) : [heading, ...lines.map((line) => `  ${line}`)],
    ),
  ];
}
