import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderReportPdf } from '../../../src/http/reports/render-report-pdf.ts';
import { everyScript } from './every-script.ts';
import { fromPng, type Grey, toPng } from './grey-png.ts';
import { picture, withPdf } from './read-pdf.ts';

const folder = join(import.meta.dirname, '../../fixtures/reports/every-script');

/** The pictures were looked at, line by line, by a person; `UPDATE_GOLDEN=1` writes what is to be looked at anew. */
it('every script looks as it did when a person looked at it', async () => {
  const pages = await withPdf(await renderReportPdf(everyScript), async (pdf) => {
    const pictures: Grey[] = [];
    for (const page of pdf.pages()) pictures.push(await picture(page, 1.5));
    return pictures;
  });
  expect(pages).toHaveLength(4);
  pages.forEach((page, index) => {
    const file = join(folder, `page-${index + 1}.png`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, toPng(page));
    const golden = fromPng(readFileSync(file));
    expect([page.width, page.height]).toEqual([golden.width, golden.height]);
    // a line that is drawn otherwise, or a word of it: some hundred pixels; none are left over for rounding
    const others = page.grey.filter((value, at) => Math.abs(value - (golden.grey[at] ?? 0)) > 40).length;
    expect(others, `page ${index + 1}`).toBeLessThan(30);
  });
});
