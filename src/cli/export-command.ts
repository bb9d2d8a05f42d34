import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync, type WriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defined } from '../foundation/defined.ts';
import type { Command } from './command.ts';
import { operatorFor, operatorHelp } from './open-operator.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'the record of a tenant as FHIR, whole: to keep, to read, to bring back with import',
  help: [
    'usage: intersession export [--tenant T] [--plan ID | --patient ID] [--out FILE | --out -] [--json]',
    '',
    'NDJSON, one plan a line: a FHIR R4 Bundle of type collection with everything that belongs to it. One plan alone is one',
    'Bundle. For readers that want one resource a line, as in Bulk Data: jq -c ".entry[].resource" FILE',
    'Everything is in it, also what the patient shares with nobody and what was not sent yet: keep the file as you keep the',
    'database. Not in it: keys, sessions, addresses of response endpoints, where things stand in the EHR, coordinators’ notes.',
    'The same record gives the same bytes. Each plan is as of one moment; it is written as it is read, however many there are.',
    '',
    ...operatorHelp,
    '',
    '  --tenant T    default: sandbox',
    '  --plan ID     this plan alone',
    '  --patient ID  the plans of this patient of the EHR',
    '  --out FILE    a new file, readable by its owner only, there when it is whole; default: -, the standard output',
    '  --json        with a FILE: says {plans, file} in JSON',
  ].join('\n'),
  async run(argv) {
    const { values } = parseOptions(argv, {
      tenant: { type: 'string', default: 'sandbox' },
      plan: { type: 'string' },
      patient: { type: 'string' },
      out: { type: 'string', default: '-' },
    });
    const { tenant, plan: planId, patient: patientId, out } = values;
    if (planId !== undefined && patientId !== undefined) throw new UsageError('--plan: not together with --patient');
    if (out !== '-' && existsSync(out)) throw new UsageError(`--out ${out}: is there already, and is not written over`);
    const { operator, close } = await operatorFor(tenant, 'a record');
    try {
      const lines = operator.exportLines(defined({ planId, patientId }));
      const plans = out === '-' ? await writeLines(process.stdout, lines) : await writeFileWhole(out, lines);
      if (out === '-') return 0;
      console.log(
        values.json ? JSON.stringify({ plans, file: out }) : `${plans} ${plans === 1 ? 'plan' : 'plans'}: ${out}`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};

/** Under another name until it is whole: half of an export must not look like one. */
async function writeFileWhole(file: string, lines: AsyncIterable<string>): Promise<number> {
  const draft = `${file}.${randomUUID()}.part`;
  const stream = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
  await once(stream, 'open').catch(() => {
    throw new UsageError(`--out ${file}: cannot be written`);
  });
  try {
    const plans = await writeLines(stream, lines);
    renameSync(draft, file);
    return plans;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** @returns how many */
async function writeLines(to: WriteStream | NodeJS.WriteStream, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  const counted = async function* () {
    for await (const line of lines) {
      count += 1;
      yield `${line}\n`;
    }
  };
  await pipeline(Readable.from(counted()), to, { end: to !== process.stdout });
  return count;
}
