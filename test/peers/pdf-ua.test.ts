import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderReportPdf } from '../../src/http/reports/render-report-pdf.ts';
import { aReport, everyScript, sentences } from '../http/reports/every-script.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pdf-ua-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** veraPDF's verdict on each file: `ok`, or the clauses that it breaks. */
async function judge(files: Readonly<Record<string, Buffer>>): Promise<Record<string, string[]>> {
  const paths = Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.pdf`);
    writeFileSync(path, bytes);
    return path;
  });
  const { stdout } = await run(join(import.meta.dirname, 'pdf-ua/run.sh'), paths, { maxBuffer: 1e8 });
  const verdicts: Record<string, string[]> = {};
  for (const line of stdout.trim().split('\n')) {
    const [path = '', verdict = '', words = ''] = line.split('\t');
    verdicts[basename(path, '.pdf')] ??= [];
    verdicts[basename(path, '.pdf')]?.push(verdict === 'ok' ? 'ok' : `${verdict} ${words}`);
  }
  return verdicts;
}

it('finds nothing against PDF/UA-1 in a report of any script, in any language, with any gap', async () => {
  const files: Record<string, Buffer> = {
    'every-script': await renderReportPdf(everyScript, 'سارة Whitfield'),
    'letters-missing': await renderReportPdf(aReport(['\u{10900} \ue000 \u0007', 'a\u{1e944}'])),
    'no-lines': await renderReportPdf(aReport([], { sections: [] })),
    'long-words': await renderReportPdf(aReport(['W'.repeat(400), '会'.repeat(400)], { title: 'W'.repeat(200) })),
    'three-hundred-lines': await renderReportPdf(
      aReport(Array.from({ length: 300 }, (_, at) => `${at} ${sentences.Hindi}`)),
    ),
  };
  for (const language of ['ar', 'he-IL', 'ja-JP', 'zh-Hant', 'de-CH', 'am']) {
    files[`language-${language}`] = await renderReportPdf({ ...everyScript, language });
  }
  for (const [name, sentence] of Object.entries(sentences)) {
    files[name.replaceAll(' ', '-')] = await renderReportPdf(
      aReport([sentence], { title: sentence, headline: sentence }),
    );
  }
  expect(await judge(files)).toEqual(Object.fromEntries(Object.keys(files).map((name) => [name, ['ok']])));
});

it('finds what is against it', async () => {
  const bytes = await renderReportPdf(everyScript);
  const untagged = Buffer.from(bytes.toString('latin1').replace('/Marked true', '/Marked null'), 'latin1');
  const { untagged: verdict } = await judge({ untagged });
  expect(verdict?.[0]).not.toBe('ok');
  expect(readFileSync(join(folder, 'untagged.pdf')).equals(bytes)).toBe(false);
});
