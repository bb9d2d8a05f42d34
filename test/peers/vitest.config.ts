import { defineConfig } from 'vitest/config';

// The peers take Java, Maven and half a minute to start: two files at a time, each with a JVM of its own, and with time to resolve them on
// a new machine.
export default defineConfig({
  test: {
    name: 'peers',
    environment: 'node',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
