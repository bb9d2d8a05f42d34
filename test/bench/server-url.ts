/** The PostgreSQL that the benchmark makes its scratch database on: DATABASE_URL, else TEST_DATABASE_URL, else none. */
export function serverUrl(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return environment.DATABASE_URL || environment.TEST_DATABASE_URL || undefined;
}
