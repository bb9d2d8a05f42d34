import { type PDFiumDocument, PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';

let library: Promise<PDFiumLibrary> | undefined;

/** Opens a PDF with the reader that Chrome has; ends with it. @see https://pdfium.googlesource.com/pdfium */
export async function withPdf<T>(bytes: Uint8Array, read: (pdf: PDFiumDocument) => T | Promise<T>): Promise<T> {
  library ??= PDFiumLibrary.init();
  const pdf = await (await library).loadDocument(bytes);
  try {
    return await read(pdf);
  } finally {
    pdf.destroy();
  }
}

/** What a person would copy out of all its pages. */
export function textOf(bytes: Uint8Array): Promise<string> {
  return withPdf(bytes, (pdf) => [...pdf.pages()].map((page) => page.getText()).join('\n'));
}

/** Without what lines broken anew, and readers that guess at spaces, change. */
export const bare = (text: string): string => visible(text.replace(/Page \d+ of \d+/g, '')).replace(/[\s•]+/gu, '');

/** Without characters that only steer how others are drawn; the reader adds two of its own at the end of a broken word. */
export const visible = (text: string): string =>
  text.replace(/[\p{Default_Ignorable_Code_Point}\p{Cn}]|(?!\s)\p{Cc}/gu, '');

/** A page in grey, a byte a pixel. */
export async function picture(
  page: PDFiumPage,
  scale: number,
): Promise<{ width: number; height: number; grey: Uint8Array }> {
  const { data, width, height } = await page.render({ scale, render: 'bitmap' });
  return { width, height, grey: Uint8Array.from({ length: width * height }, (_, index) => data[index * 4 + 1] ?? 0) };
}
