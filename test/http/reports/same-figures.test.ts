import { extractText, getDocumentProxy } from 'unpdf';
import { expect, it } from 'vitest';
import { reportContent } from '../../../src/homework/report/report-content.ts';
import { reportText } from '../../../src/homework/report/report-text.ts';
import { renderReportPdf } from '../../../src/http/reports/render-report-pdf.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import { generatedPlan, now } from '../../app/generated-plans.ts';
import fc from '../../fast-check.ts';

// what the text says of these plans is held to the domain's figures by test/app/same-figures.test.tsx
it('the PDF of a report has the figures of its text', { timeout: 120_000 }, async () => {
  let measured = 0;
  for (const state of fc.sample(generatedPlan('5a7a1000', 'Speaking up'), { numRuns: 5, seed: 20260302 })) {
    const content = reportContent(state, {
      ...{ from: '2026-02-01T00:00:00.000Z', to: now, members: [] },
      ...{ summaryOf: (canonical) => registeredKinds.version(canonical).summary, kindTitle: (kind) => kind },
    });
    const pdf = await getDocumentProxy(new Uint8Array(await renderReportPdf(content)));
    const { text } = await extractText(pdf, { mergePages: true });
    const read = text.replace(/Page \d of \d/g, '').replace(/[\s•]+/g, '');
    const change = content.sections.find(({ title }) => title === 'Change')?.entries[0]?.lines ?? [];
    const note = reportText(content).replace(/[\s-]+/g, '');
    for (const words of [content.headline, ...change]) {
      expect(read).toContain(words.replace(/[\s•]+/g, ''));
      expect(note).toContain(words.replace(/[\s-]+/g, ''));
    }
    measured += change.length;
  }
  expect(measured).toBeGreaterThan(3);
});
