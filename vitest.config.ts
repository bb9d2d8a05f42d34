import { defineConfig } from 'vitest/config';

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
if (major < 22 || (major === 22 && minor < 18)) {
  throw new Error(
    `Tests need Node 24, this is ${process.versions.node}: run them by "npm test", which uses the one in node_modules`,
  );
}

export default defineConfig({
  test: {
    // two cores, and a third worker for the times when the others wait: 452 s for 620 s; a fourth takes longer
    maxWorkers: 3,
    // on a busy machine: what comes at last is what counts
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/peers/**', 'test/faults/**', 'test/app/**', 'test/production/**'],
          // a worker reads the service once, not once a file: a test puts back what it changes of the process
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          environment: 'jsdom',
          include: ['test/app/**/*.test.tsx'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // unpacks the browser once, before two files at a time want it
          globalSetup: 'test/browser/unpack-chromium.ts',
        },
      },
    ],
  },
});
