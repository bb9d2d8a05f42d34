import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { ReportContent, ReportEntry, ReportSection, ReportTable } from '../../homework/report-model.ts';

const { resolve } = createRequire(import.meta.url);
const font = (name: string) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const fonts = { plain: font('DejaVuSans'), bold: font('DejaVuSans-Bold') } as const;

const margin = 56;
const footerHeight = 24;
/** Countries that print on Letter. */
const letter = /-(US|CA|MX|PH|CO|CL|VE)$/i;

/**
 * A report as a tagged PDF: headings, a real table, lists, language, page numbers; fonts embedded, so that every name and sign
 * shows. The same content gives the same bytes. It names the patient only when the caller says the name.
 * @see https://pdfkit.org/docs/accessibility.html
 */
export function renderReportPdf(content: ReportContent, patientName?: string): Promise<Buffer> {
  const { language, headline, title, period, sections, members, marker, date } = content;
  const time = new Date(date);
  const document = new PDFDocument({
    size: letter.test(language) ? 'LETTER' : 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footerHeight },
    ...{ pdfVersion: '1.7', tagged: true, lang: language, displayTitle: true, bufferPages: true },
    info: { Title: `Homework between visits: ${title}`, CreationDate: time, ModDate: time },
    font: fonts.plain,
  });
  const done = collect(document);
  const page = new Writing(document);
  page.text('H1', headline, { bold: true, size: 13 });
  page.text('P', [...(patientName === undefined ? [] : [patientName]), title, period].join('\n'), {
    size: 10,
    after: 6,
  });
  for (const section of sections) page.section(section);
  page.text('P', [members, ...(marker === undefined ? [] : [marker])].join('\n'), { size: 7.5, before: 10 });
  page.numberPages();
  page.end();
  return done;
}

interface Style {
  readonly bold?: boolean;
  readonly size: number;
  readonly before?: number;
  readonly after?: number;
}

/** Writes tagged text downwards. */
class Writing {
  private readonly document: PDFKit.PDFDocument;
  private readonly root: PDFKit.PDFStructureElement;

  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
    this.root = document.struct('Document');
    document.addStructure(this.root);
  }

  text(tag: string, words: string, style: Style, parent = this.root): void {
    const { bold = false, size, before = 0, after = 3 } = style;
    const { document } = this;
    document.y += before;
    this.keepTogether(tag === 'P' || tag === 'LBody' ? size : size * 4);
    parent.add(
      document.struct(tag, {}, () => {
        document.font(bold ? fonts.bold : fonts.plain, size).text(words, { lineGap: 1.5 });
      }),
    );
    document.y += after;
  }

  section({ title, table, entries }: ReportSection): void {
    this.text('H2', title, { bold: true, size: 11, before: 8 });
    if (table !== undefined) this.table(table);
    for (const entry of entries) this.entry(entry);
  }

  /** On each page, outside of what is read aloud. */
  numberPages(): void {
    const { document } = this;
    const { start, count } = document.bufferedPageRange();
    for (let index = start; index < start + count; index += 1) {
      document.switchToPage(index);
      const { width, height, margins } = document.page;
      // below the margin there is room for no line, unless the margin is taken away while it is written
      document.page.margins = { ...margins, bottom: 0 };
      document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
      document.font(fonts.plain, 8).text(`Page ${index - start + 1} of ${count}`, margin, height - margin, {
        width: width - 2 * margin,
        align: 'center',
      });
      document.endMarkedContent();
      document.page.margins = margins;
    }
  }

  end(): void {
    this.root.end();
    this.document.end();
  }

  private entry({ heading, lines }: ReportEntry): void {
    if (heading !== undefined) this.text('H3', heading, { bold: true, size: 9.5, before: 2, after: 1 });
    const { document } = this;
    const list = document.struct('L');
    this.root.add(list);
    const indent = 12;
    for (const line of lines) {
      const item = document.struct('LI');
      list.add(item);
      this.keepTogether(9.5);
      const { y } = document;
      item.add(
        document.struct('Lbl', {}, () => {
          document.font(fonts.plain, 9.5).text('•', margin, y, { lineBreak: false });
        }),
      );
      item.add(
        document.struct('LBody', {}, () => {
          document.text(line, margin + indent, y, { width: document.page.width - 2 * margin - indent, lineGap: 1.5 });
        }),
      );
      item.end();
      document.x = margin;
      document.y += 2;
    }
    list.end();
  }

  private table({ head, rows }: ReportTable): void {
    const { document } = this;
    const cell = (text: string, type: 'TH' | 'TD', scope?: 'Row' | 'Column') => ({
      ...{ text, type, padding: 4, borderColor: '#999999' },
      font: { src: type === 'TH' ? fonts.bold : fonts.plain, size: 9 },
      ...(scope === undefined ? {} : { scope }),
    });
    document.x = margin;
    document.table({
      structParent: this.root,
      columnStyles: ['*', 150, 130],
      data: [
        head.map((text) => cell(text, 'TH', 'Column')),
        ...rows.map(([first = '', ...rest]) => [cell(first, 'TH', 'Row'), ...rest.map((text) => cell(text, 'TD'))]),
      ],
    });
    document.x = margin;
    document.y += 4;
  }

  /** A new page where so much would not fit. */
  private keepTogether(height: number): void {
    const { document } = this;
    if (document.y + height > document.page.height - document.page.margins.bottom) document.addPage();
  }
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolveBytes, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolveBytes(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
