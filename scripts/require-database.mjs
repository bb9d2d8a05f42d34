// The store suites choose their database by TEST_DATABASE_URL; without it they would quietly test the embedded one again.
if (!process.env.TEST_DATABASE_URL) {
  console.error('test:postgres needs TEST_DATABASE_URL, e.g. postgres://postgres@127.0.0.1:5432/postgres');
  process.exit(1);
}
