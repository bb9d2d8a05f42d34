import { defineConfig } from 'vitest/config';
import { areaOf } from './areas.ts';

// What StrykerJS runs against each mutant: the fast tests of the area under mutation, with one seed for what is random.
export default defineConfig({
  test: {
    environment: 'node',
    include: [...areaOf(process.env.MUTATION_AREA ?? '').tests],
    testTimeout: 30_000,
  },
});
