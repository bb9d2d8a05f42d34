import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { renderReportPdf } from '../../../src/http/reports/render-report-pdf.ts';
import fc from '../../fast-check.ts';
import { aReport, everyScript, sentences } from './every-script.ts';
import { bare, picture, textOf, visible, withPdf } from './read-pdf.ts';

const rightToLeft = ['Arabic', 'Persian', 'Urdu', 'Hebrew'];
/** Where one cluster is drawn by glyphs in several places, readers copy it once for each. */
const copiedTwice = ['Bengali', 'Lao', 'Khmer', 'Burmese', 'Marks', 'Signs'];
const missingSentence = 'No font of this service draws the character';

describe('every script in the PDF', () => {
  it.each(Object.entries(sentences).filter(([name]) => !rightToLeft.includes(name)))(
    '%s is drawn, and read back as it was written',
    async (name, sentence) => {
      const text = await textOf(await renderReportPdf(aReport([sentence])));
      expect(text).not.toContain(missingSentence);
      const [read, written] = [bare(text).normalize('NFC'), bare(sentence).normalize('NFC')];
      if (copiedTwice.includes(name)) expect(inOrder(read, [...written])).toEqual([]);
      else expect(read).toContain(written);
    },
  );

  it.each(rightToLeft)('%s is drawn, and its words are read back in the order of reading', async (name) => {
    const sentence = visible(sentences[name] ?? '');
    const text = await textOf(await renderReportPdf(aReport([sentence])));
    expect(text).not.toContain(missingSentence);
    const words = sentence.match(/(?![a-z])[\p{L}\p{M}]{2,}/giu) ?? [];
    expect(words.length).toBeGreaterThan(4);
    expect(inOrder(visible(text), words)).toEqual([]);
  });

  it('says in a sentence what no font draws, and shows its number in its place', async () => {
    const text = await textOf(await renderReportPdf(aReport(['abc \u{10900}\u{10901} def \ue000 \u0007 𓀀 abc'])));
    expect(bare(text)).toContain(bare('abc [U+10900][U+10901] def [U+E000] [U+0007] [U+13000] abc'));
    expect(bare(text)).toContain(
      bare(
        'No font of this service draws the characters U+0007, U+E000, U+10900, U+10901, U+13000: their numbers stand in their places, in brackets.',
      ),
    );
    const single = await textOf(await renderReportPdf(aReport(['\u{10900}'], { title: 'Of 𐤀' })));
    expect(bare(single)).toContain(bare(`${missingSentence} U+10900: its number stands in its place, in brackets.`));
    expect(single).toContain('Of [U+10900]');
  });

  it('shows a mark that no font puts on its letter after the letter', async () => {
    const text = await textOf(await renderReportPdf(aReport(['a\u{1e944}b'])));
    expect(bare(text)).toContain('a[U+1E944]b');
  });

  it('writes a PDF of any text at all', async () => {
    const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
    const clusters = fc.array(
      fc.constantFrom(
        ...Object.values(sentences).flatMap((text) => [...text]),
        '\u0301',
        '\u200d',
        '\u202e',
        '\u2067',
        '"',
        '[',
        '\ud800',
      ),
      { maxLength: 60 },
    );
    const lines = fc.array(
      fc.oneof(
        anything,
        clusters.map((all) => all.join('')),
      ),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(lines, lines, async (first, second) => {
        const entries = [{ heading: second[0] ?? '', lines: first }];
        const rows = [[second[0] ?? '', first[0] ?? '', '']];
        const sections = [{ title: first[0] ?? '', table: { head: ['a', 'b', 'c'], rows }, entries }];
        const bytes = await renderReportPdf(aReport([], { title: first[0] ?? '', sections }), second[0] ?? '');
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      }),
      { numRuns: 60 },
    );
  });
});

describe('whose form a Han character has', () => {
  /** The CJK fonts that a report is drawn with. */
  const drawn = async (language: string, ...lines: string[]) => {
    const bytes = await renderReportPdf(aReport(lines, { language }));
    return [...new Set(bytes.toString('latin1').match(/(?<=\+NotoSans)(Hans|Hant|JP|KR)(?=-)/g))].sort().join(' ');
  };

  it.each([
    ['zh-CN', 'Hans'],
    ['zh-TW', 'Hant'],
    ['zh-Hant', 'Hant'],
    ['zh-Hans-HK', 'Hans'],
    ['yue', 'Hant'],
    ['ja-JP', 'JP'],
    ['ko-KR', 'KR'],
    ['en-US', 'Hans'],
    ['not a language', 'Hans'],
  ])('%s: %s', async (language, form) => {
    expect(await drawn(language, '骨直')).toBe(form);
  });

  it('follows the other letters of the line, and then of the report', async () => {
    expect(await drawn('en-US', '骨直です')).toBe('JP');
    expect(await drawn('en-US', '骨直 회의')).toBe('KR');
    expect(await drawn('zh-CN', '骨直です')).toBe('JP');
    expect(await drawn('de', '骨直', 'です')).toBe('JP');
    expect(await drawn('zh-CN', '骨直', 'です')).toBe('Hans JP');
  });
});

it.each(['es-419', 'sr-Latn-RS', 'fil', 'de-CH-1996', 'en-u-nu-arab', 'abcdefgh', 'en_US', ''])(
  'a report in the language %j is written',
  async (language) => {
    const bytes = await renderReportPdf(aReport(['a'], { language }));
    expect(bytes.toString('latin1')).toMatch(/\/Lang \([a-z]{2,3}(-[A-Z]{2})?\)/);
  },
);

describe('on the page', () => {
  it.each([
    ['capitals', 'W'.repeat(300)],
    ['an address', `https://example.org/${'abcdefgh'.repeat(60)}`],
    ['Chinese', '会'.repeat(300)],
    ['Thai', 'ที่ประชุม'.repeat(60)],
    ['Arabic', 'ب'.repeat(600)],
    ['emoji', '👍🏽'.repeat(120)],
  ])('%s without a space are broken inside of it, in lines, cells and headings', async (_, word) => {
    const report = aReport([word, `Mar 3: Predicted: "${word}"`], { title: word });
    const [section] = report.sections;
    const table = { head: ['Step', 'Planned', 'Done'], rows: [[word, 'W'.repeat(60), word]] };
    const sections = [{ title: word, table, entries: [{ heading: word, lines: section?.entries[0]?.lines ?? [] }] }];
    const bytes = await renderReportPdf({ ...report, sections });
    const ink = await withPdf(bytes, async (pdf) => {
      const pages = [];
      for (const page of pdf.pages()) pages.push(await inkOutside(page));
      return pages;
    });
    expect(ink.length).toBeGreaterThan(0);
    expect(ink).toEqual(ink.map(() => 0));
  });

  it('leaves an ordinary word whole', async () => {
    const bytes = await renderReportPdf(aReport([`${'so '.repeat(38)}responsibilities`]));
    expect(await textOf(bytes)).toContain('responsibilities');
  });
});

describe('what is written is data', () => {
  it.each([
    '#import "x": y',
    '#read("/etc/passwd")',
    '#include "report.typ"',
    '$ x^2 $ `raw` *bold* _under_ <label> @ref',
    '= Heading\n- item // comment /* more */',
    '\\ \\u{41} ~ -- --- "quoted" \'single\'',
    '{{x}} $ {y} %s </script>',
    '#{ while true {} }',
  ])('%j stands there as it is', async (markup) => {
    const bytes = await renderReportPdf(aReport([markup], { title: markup }), markup);
    const text = bare(await textOf(bytes));
    expect(text.split(bare(markup)).length - 1).toBe(3);
  });
});

it('refuses a report of thousands of pages by name, and writes the next', async () => {
  const line = 'W'.repeat(100);
  const refused = await renderReportPdf(aReport(Array.from({ length: 5_000 }, () => line))).catch((error) => error);
  expect(hasCode(refused, 'report-too-long')).toBe(true);
  expect((await renderReportPdf(everyScript)).equals(await renderReportPdf(everyScript))).toBe(true);
});

it('leaves the service free while a long report is written', async () => {
  const lines = Array.from({ length: 1_500 }, (_, index) => `${index} ${sentences.Hindi}`);
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 1);
  const begun = performance.now();
  await renderReportPdf(aReport(lines));
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan((performance.now() - begun) / 20);
});

/** What is not found in this order, one after the other. */
function inOrder(text: string, parts: readonly string[]): readonly string[] {
  let from = 0;
  return parts.filter((part) => {
    const at = text.indexOf(part, from);
    if (at >= 0) from = at + part.length;
    return at < 0;
  });
}

/** Pixels with ink in the margins at either side. */
async function inkOutside(page: Parameters<typeof picture>[0]): Promise<number> {
  const { grey, width } = await picture(page, 1);
  return grey.filter((value, index) => value < 200 && (index % width < 50 || index % width > width - 50)).length;
}
