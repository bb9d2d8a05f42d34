import type { FileAnswer } from '../../contract/answer-type.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import type { getReport } from '../../record/use-cases/get-report.ts';
import { renderReportPdf } from './render-report-pdf.ts';

/** A report as a file; its name says nothing of anyone. */
export async function pdfAnswer(
  content: ReportContent,
  patientName?: string,
): Promise<{ readonly status: 200; readonly file: FileAnswer }> {
  const bytes = await renderReportPdf(content, patientName);
  return { status: 200, file: { contentType: 'application/pdf', name: 'homework-report.pdf', bytes } };
}

/** What a filed report says, as data; one of which only the text is known is that text, line by line. */
export function contentOf({ report, language, title }: Awaited<ReturnType<typeof getReport>>): ReportContent {
  if (report.content !== undefined) return report.content;
  const lines = report.text.split('\n');
  const [headline = '', ...rest] = lines.slice(0, -1).filter((line) => line.trim() !== '');
  return {
    ...{ language, headline, title, period: '', date: report.to },
    sections: [{ title: 'As it was filed', entries: [{ lines: rest.map((line) => line.trim()) }] }],
    members: '',
    marker: lines.at(-1) ?? '',
    told: [],
  };
}
