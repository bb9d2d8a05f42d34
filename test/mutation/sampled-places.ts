import { globSync, readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { isInSample, type Sample } from './sample.ts';

const quiet = () => {};
const log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet };
const levels = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
};

/**
 * Where the mutants of a sample stand, each as StrykerJS takes it: `src/a.ts:3:4-3:9`. Code in which nothing else is mutated runs as fast
 * as ever, while all mutants of an area together make every test of it run several times as long.
 * @param globs of the files
 */
export async function sampledPlaces(globs: readonly string[], sample: Sample): Promise<string[]> {
  const files = globSync([...globs]).toSorted();
  const { mutants } = await new Instrumenter({ ...log, ...levels }).instrument(
    files.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const places = mutants
    .filter((mutant) => isInSample(mutant, sample))
    // lines are told from 0, and taken from 1
    .map(
      ({ fileName, location: { start, end } }) =>
        `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`,
    );
  return [...new Set(places)];
}
