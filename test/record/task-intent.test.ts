import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BeforeMigration, openBeforeMigration } from './before-migration.ts';

/** Search rows as they were written before, and as they are now. */
const rows: readonly (readonly [type: string, param: string, before: string, now: string])[] = [
  ['Task', 'intent', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/request-intent|order'],
  ['Task', 'intent', 'order', 'order'],
  ['Task', 'status', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/task-intent|order'],
  ['CarePlan', 'intent', 'http://hl7.org/fhir/task-intent|order', 'http://hl7.org/fhir/task-intent|order'],
];

let before: BeforeMigration;
beforeAll(async () => {
  before = await openBeforeMigration('0026');
  // rows alone: what they are of is of no matter here
  await before.database.query('alter table search_value drop constraint search_value_tenant_type_id_fkey');
  for (const [type, param, value] of rows) {
    const where = `insert into search_value (tenant, type, id, param, value) values ('north', $1, 'a', $2, $3)`;
    await before.database.query(where, [type, param, value]);
  }
  await before.migrate();
});
afterAll(() => before.close());

it('a Task stored before is found by the system that R4 takes its intent from, and nothing else is changed', async () => {
  const { rows: found } = await before.database.query<{ type: string; param: string; value: string }>(
    'select type, param, value from search_value',
  );
  const told = found.map(({ type, param, value }) => [type, param, value].join(' '));
  expect(told.toSorted()).toEqual(rows.map(([type, param, , now]) => [type, param, now].join(' ')).toSorted());
});
