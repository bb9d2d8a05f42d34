import { defineConfig } from 'vitest/config';

// The peers take Java, Maven and half a minute to start: one file at a time, with time to resolve them on a new machine.
export default defineConfig({
  test: {
    name: 'peers',
    environment: 'node',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
