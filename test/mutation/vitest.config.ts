import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const fewRuns = join(import.meta.dirname, 'few-runs.ts');

// What StrykerJS runs against each mutant: the fast tests of the area under mutation, with one seed for what is random.
export default defineConfig({
  plugins: [
    {
      name: 'few-runs',
      enforce: 'pre',
      resolveId: (source, importer) => (source === 'fast-check' && importer !== fewRuns ? fewRuns : undefined),
    },
  ],
  test: {
    environment: 'node',
    // one worker a mutant, which reads the code under mutation once and not once a file
    isolate: false,
    include: JSON.parse(process.env.MUTATION_TESTS ?? '[]') as string[],
    // every day of years in many zones: seconds a mutant
    exclude: ['test/homework/clock-changes.test.ts'],
    // on a busy machine: what is slow is not what is asked here
    testTimeout: 120_000,
  },
});
