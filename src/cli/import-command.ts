import { once } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ImportedLine } from '../start/operator/operator.ts';
import type { Command } from './command.ts';
import { operatorFor, operatorHelp } from './open-operator.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'what export wrote, back into the record: each plan whole or not at all',
  help: [
    'usage: intersession import FILE [--tenant T] [--json]',
    '',
    'FILE is what export wrote for this tenant; - reads the standard input. Each line is one plan and one transaction. A plan',
    'that is here as the file has it, or was imported from it before, is left as it is; one that is here with another',
    'content is refused, as is whatever does not fit: nothing is written over. What is refused is named by its line, its',
    'entry and its element.',
    'Versions, times and who made what come back as they were. What stands in the EHR is looked for there, by our identifier or',
    'mark, before anything is sent; what a person withdrew stays withdrawn.',
    '',
    ...operatorHelp,
    '',
    '  --tenant T  default: sandbox',
    '  --json      one JSON list: [{line, outcome: imported | unchanged | refused, planId, madeAnew, code, problem, issues}]',
    '',
    'Ends with 1 when a line was refused.',
  ].join('\n'),
  async run(argv) {
    const { values, positionals } = parseOptions(argv, { tenant: { type: 'string', default: 'sandbox' } }, true);
    const [file, unexpected] = positionals;
    if (file === undefined) throw new UsageError('name the FILE that export wrote');
    if (unexpected !== undefined) throw new UsageError(`unexpected "${unexpected}"`);
    const input = file === '-' ? process.stdin : await openFile(file);
    const { operator, close } = await operatorFor(values.tenant, 'a place');
    try {
      const results: ImportedLine[] = [];
      for await (const result of operator.importLines(createInterface({ input, crlfDelay: Infinity }))) {
        results.push(result);
        if (values.json !== true) print(result);
      }
      if (values.json) console.log(JSON.stringify(results, null, 2));
      else console.log(counted(results));
      return results.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
    } finally {
      await close();
    }
  },
};

async function openFile(file: string): Promise<ReadStream> {
  const stream = createReadStream(file, 'utf8');
  await once(stream, 'ready').catch(() => {
    throw new UsageError(`${file}: cannot be read`);
  });
  return stream;
}

function print({ line, outcome, planId, problem, issues, madeAnew = [] }: ImportedLine): void {
  if (outcome !== 'refused') {
    const anew = madeAnew.map(({ resource, how }) => `${resource} (${how})`).join(', ');
    console.log(
      `line ${line}: ${outcome} plan ${planId}${anew === '' ? '' : `; made anew by today’s mapping: ${anew}`}`,
    );
    return;
  }
  console.error(`line ${line}: refused${issues === undefined ? `: ${problem}` : ''}`);
  for (const issue of issues ?? []) console.error(`  ${issue.path}: ${issue.problem}`);
}

function counted(results: readonly ImportedLine[]): string {
  const count = (wanted: ImportedLine['outcome']) => results.filter(({ outcome }) => outcome === wanted).length;
  const imported = count('imported');
  return `${imported} ${imported === 1 ? 'plan' : 'plans'} imported, ${count('unchanged')} unchanged, ${count('refused')} refused.`;
}
