import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';
import { askTypesetter } from './ask-typesetter.ts';

/** Characters: some two hundred pages, which the typesetter writes within a few seconds. */
const longest = 300_000;

/**
 * A report as a tagged PDF that is meant to be read by everyone (PDF/UA-1): headings, a real table, lists, language, page numbers;
 * fonts embedded, letters shaped and ordered in every script that the service has fonts for, and a sentence about the characters
 * that it has none for. The same content gives the same bytes. It names the patient only when the caller says the name.
 * @throws IntersessionError `report-too-long`, `pdf-unavailable`
 * @see https://www.iso.org/standard/64599.html
 */
export async function renderReportPdf(content: ReportContent, patientName?: string): Promise<Buffer> {
  // what a later addendum compares with is not drawn
  const drawn: ReportContent = { ...content, told: [] };
  const { length } = JSON.stringify([drawn, patientName]);
  if (length > longest) {
    throw new IntersessionError(
      'report-too-long',
      { limitCharacters: longest },
      `This report is too long for a PDF: ${length} characters, where ${longest} is the most. Its text can be read as it is.`,
    );
  }
  return askTypesetter({ content: drawn, patientName });
}
