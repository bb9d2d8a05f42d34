import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Breaking } from './negative-set.ts';
import { type FileReport, validate } from './validator.ts';

/** A broken resource beside the validator's verdict on it. */
export interface Verdict {
  breaking: Breaking;
  report: FileReport;
}

/**
 * Writes broken resources into `directory`, one file each under an id of its own (so that none is taken for the valid
 * resource it was made from), and validates them in one run.
 */
export async function validateBreakings(set: Breaking[], directory: string, definitions: string[]): Promise<Verdict[]> {
  mkdirSync(directory, { recursive: true });
  set.forEach(({ resource }, index) => {
    writeFileSync(fileOf(directory, index), JSON.stringify({ ...resource, id: `broken-${index}` }));
  });
  const reports = await validate({ definitions, examples: [directory] });
  const byFile = new Map(reports.map((report) => [report.file, report]));
  return set.map((breaking, index) => {
    const file = fileOf(directory, index);
    return { breaking, report: byFile.get(file) ?? { file, errors: [] } };
  });
}

function fileOf(directory: string, index: number): string {
  return join(directory, `broken-${index}.json`);
}
