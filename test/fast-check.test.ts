import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const wrapper = join(import.meta.dirname, 'fast-check.ts');
/** Stands for fast-check itself where mutants are tested. */
const fewRuns = join(import.meta.dirname, 'mutation/few-runs.ts');

it('is imported by every random test, so that all take the seed of TEST_SEED', () => {
  const direct = readdirSync(import.meta.dirname, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => /from ['"]fast-check['"]/.test(readFileSync(file, 'utf8')) && file !== wrapper && file !== fewRuns,
    );
  expect(direct.map((file) => relative(import.meta.dirname, file))).toEqual([]);
});

/** What a process of its own with this seed draws. */
function drawn(seed: string | undefined): string {
  const { TEST_SEED: _ours, ...environment } = process.env;
  const draw = `const { default: fc } = await import(${JSON.stringify(pathToFileURL(wrapper).href)});
    const values = [];
    fc.assert(fc.property(fc.integer(), (value) => void values.push(value)), { numRuns: 20 });
    console.log(values.join());`;
  const env = seed === undefined ? environment : { ...environment, TEST_SEED: seed };
  return execFileSync(process.execPath, ['--input-type=module', '-e', draw], { env, encoding: 'utf8' });
}

it('draws the same with the same seed, and something else with another or without', () => {
  const first = drawn('7');
  expect(drawn('7')).toBe(first);
  expect(drawn('8')).not.toBe(first);
  expect(drawn(undefined)).not.toBe(first);
});
