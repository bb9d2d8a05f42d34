import { expect, it } from 'vitest';
import { serverUrl } from './bench/server-url.ts';

it('the benchmark measures the PostgreSQL that DATABASE_URL names, else that of the tests, else none', () => {
  expect(serverUrl({ DATABASE_URL: 'postgres://a/x', TEST_DATABASE_URL: 'postgres://b/y' })).toBe('postgres://a/x');
  expect(serverUrl({ TEST_DATABASE_URL: 'postgres://b/y' })).toBe('postgres://b/y');
  expect(serverUrl({ DATABASE_URL: '', TEST_DATABASE_URL: 'postgres://b/y' })).toBe('postgres://b/y');
  expect(serverUrl({})).toBeUndefined();
});
