import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { ReportContent } from '../../../homework/report/report-model.ts';
import { fontFiles } from './fonts.ts';
import { setReport } from './set-report.ts';

const template = readFileSync(new URL('report.typ', import.meta.url), 'utf8');
/** `PDF/UA-1 error: the text `"𐤀"` could not be displayed with font …` */
const undrawn = /the text `\\?"(.+?)\\?"` could not be displayed/gsu;

let compiler: NodeCompiler | undefined;

/**
 * A report as PDF/UA-1. The same content gives the same bytes.
 * @throws Error when the typesetter fails; its message has nothing of the report in it
 * @see https://typst.app/docs/reference/pdf/
 */
export function typeset(content: ReportContent, patientName?: string): Buffer {
  const refused = new Set<string>();
  // The standard forbids the box that stands for a missing letter, and the typesetter refuses to write one: whatever the fonts'
  // tables say, what it can't draw is told by its number instead.
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = compile(JSON.stringify(setReport(content, patientName, refused)));
    if ('bytes' in answer) return answer.bytes;
    const before = refused.size;
    for (const cluster of answer.undrawn) refused.add(cluster);
    if (refused.size === before) break;
  }
  throw new Error('the typesetter could not write this report');
}

function compile(report: string): { readonly bytes: Buffer } | { readonly undrawn: readonly string[] } {
  // its workspace is this folder: a template reads no file above it
  compiler ??= NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [{ fontPaths: [...fontFiles()] }],
  });
  try {
    const bytes = compiler.pdf({ mainFileContent: template, inputs: { report } }, { pdfStandard: 'ua-1' });
    return { bytes };
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    return { undrawn: [...words.matchAll(undrawn)].map(([, cluster = '']) => unescaped(cluster)) };
  } finally {
    compiler.evictCache(2);
  }
}

/** `\u{e000}` as it is written there, for what can't be printed. */
function unescaped(words: string): string {
  return words.replace(/\\u\{([0-9a-f]+)\}/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
