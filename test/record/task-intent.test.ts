import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openEmbedded } from '../../src/record/database/embedded-database.ts';
import { migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { createTestDatabase, testDatabaseUrl } from './open-test-database.ts';

/** Search rows as they were written before, and as they are now. */
const rows: readonly (readonly [type: string, param: string, before: string, now: string])[] = [
  ['Task', 'intent', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/request-intent|order'],
  ['Task', 'intent', 'order', 'order'],
  ['Task', 'status', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/task-intent|order'],
  ['CarePlan', 'intent', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/task-intent|order'],
];

let database: Database;
let drop = async () => {};
beforeAll(async () => {
  if (testDatabaseUrl === undefined) database = await openEmbedded({ folder: undefined });
  else {
    const made = await createTestDatabase(testDatabaseUrl);
    ({ drop } = made);
    database = await openDatabase({ databaseUrl: made.url });
  }
  const all = readMigrations();
  const before = all.filter(({ name }) => name < '0026');
  await migrate(database, systemClock, before);
  // rows alone: what they are of is of no matter here
  await database.query('alter table search_value drop constraint search_value_tenant_type_id_fkey');
  for (const [type, param, value] of rows) {
    const where = `insert into search_value (tenant, type, id, param, value) values ('north', $1, 'a', $2, $3)`;
    await database.query(where, [type, param, value]);
  }
  await migrate(database, systemClock, all);
});
afterAll(async () => {
  await database.close();
  await drop();
});

it('a Task stored before is found by the system that R4 takes its intent from, and nothing else is changed', async () => {
  const { rows: found } = await database.query<{ type: string; param: string; value: string }>(
    'select type, param, value from search_value',
  );
  const told = found.map(({ type, param, value }) => [type, param, value].join(' '));
  expect(told.toSorted()).toEqual(rows.map(([type, param, , now]) => [type, param, now].join(' ')).toSorted());
});
