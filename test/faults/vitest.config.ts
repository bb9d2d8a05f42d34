import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // each file has a house and a database of its own, and is waiting half of the time
    maxWorkers: 2,
  },
});
