import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/**
 * Loads a module of ours with one of its rules taken away, so that a table of rules can show that it would notice.
 * @param file relative to the project
 * @param change the text of the rule, which has to stand there exactly once, and what stands there without it
 */
export async function withoutRule<T>(file: string, [rule, without]: readonly [string, string]): Promise<T> {
  const source = resolve(import.meta.dirname, '../..', file);
  const text = readFileSync(source, 'utf8');
  if (text.split(rule).length !== 2) throw new Error(`the rule does not stand once in ${file}: ${rule}`);
  const address = (specifier: string): string => {
    if (specifier.startsWith('.')) return pathToFileURL(resolve(dirname(source), specifier)).href;
    return specifier.startsWith('node:') ? specifier : pathToFileURL(require.resolve(specifier)).href;
  };
  const changed = text
    .replace(rule, () => without)
    .replace(/(\bfrom ')([^']+)(';)/g, (_all, before, specifier, after) => `${before}${address(specifier)}${after}`);
  const folder = mkdtempSync(join(tmpdir(), 'intersession-rule-'));
  try {
    writeFileSync(join(folder, 'changed.ts'), changed);
    return await import(/* @vite-ignore */ pathToFileURL(join(folder, 'changed.ts')).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
