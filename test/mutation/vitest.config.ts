import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { areaOf } from './areas.ts';

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
    include: [...areaOf(process.env.MUTATION_AREA ?? '').tests],
    // every day of years in many zones: seconds a mutant
    exclude: ['test/homework/clock-changes.test.ts'],
    testTimeout: 30_000,
  },
});
