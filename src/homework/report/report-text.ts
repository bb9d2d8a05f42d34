import type { ReportContent, ReportSection } from './report-model.ts';
import { wrapText } from './wrap-text.ts';

const columns = 80;

/** A report as text/plain, at most 80 columns, the marker as its last line. */
export function reportText(content: ReportContent): string {
  const { headline, title, period, sections, members, marker } = content;
  const lines = [
    headline,
    title,
    period,
    '',
    ...sections.flatMap((section) => [...sectionLines(section), '']),
    members,
  ];
  const wrapped = lines.flatMap((line) =>
    line === '' ? [''] : wrapText(line.trimStart(), line.length - line.trimStart().length, 2, columns),
  );
  return [...wrapped, ...(marker === undefined ? [] : [marker])].join('\n');
}

function sectionLines({ title, table, entries }: ReportSection): readonly string[] {
  return [
    title.toUpperCase(),
    ...(table?.rows ?? []).map(([first = '', ...rest]) => `- ${first}: ${rest.join('; ')}`),
    ...entries.flatMap(({ heading, lines }) =>
      heading === undefined ? lines.map((line) => `- ${line}`) : [heading, ...lines.map((line) => `  ${line}`)],
    ),
  ];
}
