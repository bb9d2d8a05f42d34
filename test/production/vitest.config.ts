import { defineConfig } from 'vitest/config';

// Not part of `npm test`: it installs from the package registry, twice, and takes a minute.
export default defineConfig({
  test: {
    name: 'production',
    environment: 'node',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
