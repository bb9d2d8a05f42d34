// Mutation testing: `npm run test:mutation [-- AREA… --share 0.1 --seed 1 --least 85]`. Changes the code in small ways, one at
// a time, and looks whether the fast tests of the area notice. Ends with 1 when too few are noticed. To work at some files of
// an area: `--file src/fhir/to-flag.ts` (a glob, or several), and `--test GLOB` for the tests that have to notice.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import acceptedList from './accepted.json' with { type: 'json' };
import { type Area, areaOf, areas } from './areas.ts';
import { type Accepted, type Figure, judge, type Outcome, percent } from './judge.ts';
import { sampledPlaces } from './sampled-places.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '85' },
    file: { type: 'string', multiple: true },
    test: { type: 'string', multiple: true },
  },
});
const [share, seed, least] = [values.share, values.seed, values.least].map(Number) as [number, number, number];
const root = resolve(import.meta.dirname, '../..');
const reports = join(root, '.cache/mutation');
// equally random in each run
process.env.TEST_SEED ??= String(seed);

/** Runs an area's tests against its mutants, or the sample of these. */
async function outcomesOf(area: Area): Promise<Outcome[]> {
  process.env.MUTATION_TESTS = JSON.stringify(values.test ?? area.tests);
  const files = values.file ?? area.mutate;
  const mutate = share < 1 ? await sampledPlaces(files, { share, seed }) : [...files];
  if (mutate.length === 0) return [];
  const stryker = new Stryker({
    testRunner: 'vitest',
    // what a mutant does when its file is read, only tests that read the file can notice
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
    plugins: ['@stryker-mutator/vitest-runner', join(import.meta.dirname, 'sample-checker.ts')],
    checkers: share < 1 ? ['sample'] : [],
    mutate,
    coverageAnalysis: 'perTest',
    // one for each of the two cores that CI has
    concurrency: 2,
    // a mutant that loops ends by how often it is met; this is for a machine that is busy
    timeoutMS: 60_000,
    tempDirName: '.cache/stryker',
    // links to folders, as the profiles' packages are, it cannot copy
    ignorePatterns: ['.cache', 'dist', 'docs', 'smart-app/public', '.data'],
    tsconfigFile: 'none.json',
    reporters: ['progress-append-only'],
    warnings: { slow: false, unknownOptions: false, preprocessorErrors: true, unserializableOptions: true },
    allowConsoleColors: false,
    ...{ sample: { share, seed } },
  });
  return (await stryker.runMutationTest()).map(outcomeOf);
}

function outcomeOf({ fileName, location, mutatorName, replacement = '', status }: MutantResult): Outcome {
  const { start, end } = location;
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  // the end first: it may be the same line
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  const was = lines.join('\n').replace(/\s+/g, ' ');
  return { file: relative(root, fileName), line: start.line, mutator: mutatorName, was, becomes: replacement, status };
}

function tell(name: string, figure: Figure): void {
  const { killed, counted, accepted } = figure;
  console.log(`mutation: ${name}: ${percent(figure)} % (${killed} of ${counted} killed, ${accepted} may live)`);
}

mkdirSync(reports, { recursive: true });
console.log(`mutation: share ${share}, seed ${seed}`);
const figures: Figure[] = [];
for (const area of positionals.length === 0 ? areas : positionals.map(areaOf)) {
  const outcomes = await outcomesOf(area);
  writeFileSync(join(reports, `${area.name}.json`), JSON.stringify(outcomes, null, 1));
  const figure = judge(outcomes, acceptedList as Accepted[]);
  for (const { file, line, mutator, was, becomes, status } of figure.survivors)
    console.log(`${status} ${file}:${line} ${mutator}: ${was.slice(0, 100)} → ${becomes.slice(0, 100)}`);
  tell(area.name, figure);
  figures.push(figure);
}
const sum = { killed: 0, counted: 0, accepted: 0, survivors: [] };
for (const { killed, counted, accepted } of figures) {
  sum.killed += killed;
  sum.counted += counted;
  sum.accepted += accepted;
}
tell('all', sum);
process.exitCode = percent(sum) >= least && sum.counted > 0 ? 0 : 1;
