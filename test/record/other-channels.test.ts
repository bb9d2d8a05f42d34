import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openEmbedded } from '../../src/record/database/embedded-database.ts';
import { migrate, readMigrations } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { type LedgerRow, ledgerColumns } from '../../src/record/ledger/ledger-row.ts';
import { createTestDatabase, testDatabaseUrl } from './open-test-database.ts';

/** Rows as they were written while channels were called doors: code, detail, words; and why they stand so by now. */
const formers: readonly (readonly [code: string | null, detail: string | null, words: string | null, why: unknown])[] =
  [
    [
      'other-doors',
      '{"type":"Flag","doors":["Communication","DocumentReference"]}',
      null,
      { code: 'other-channels', type: 'Flag', channels: ['Communication', 'DocumentReference'] },
    ],
    // as migration 0023 spaced it
    [
      'other-doors',
      '{"type" : "Task", "doors" : ["Communication"]}',
      null,
      { code: 'other-channels', type: 'Task', channels: ['Communication'] },
    ],
    [
      'other-doors',
      '{"type":"Communication","doors":[]}',
      null,
      { code: 'other-channels', type: 'Communication', channels: [] },
    ],
    ['other-doors', null, null, { code: 'other-channels' }],
    ['no-update', '{"type":"Task","version":3}', null, { code: 'no-update', type: 'Task', version: 3 }],
    [null, null, 'It says "doors" on paper, and other-doors', null],
  ];

const at = new Date('2026-03-02T15:00:00Z');
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
  await migrate(
    database,
    systemClock,
    all.filter(({ name }) => name < '0024'),
  );
  await database.query(
    `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ('north', 'p', 1, $1, 'sarah', 'active', '{"id":"p","patientId":"sarah"}')`,
    [at],
  );
  await database.query(
    `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at) values ('north', 'safety:s', 'p', 'sarah', false, $1)`,
    [at],
  );
  for (const [index, [code, detail, words]] of formers.entries()) {
    await database.query(
      `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, landing, reason, reason_code, reason_detail, wanted_at)
       values ('north', 'safety', $1, 'Flag', 'safety:s', 'p', 'sarah', 1, 'landed', 'app-only', $2, $3, $4, $5)`,
      [`row-${index}`, words, code, detail, at],
    );
  }
  await migrate(database, systemClock, all);
});
afterAll(async () => {
  await database.close();
  await drop();
});

it('a ledger from before channels were called so reads by the new code and key, and all else as it was', async () => {
  const { rows } = await database.query<LedgerRow>(`select ${ledgerColumns} from ledger l order by id`);
  expect(rows.map(({ why, words }) => [words, why])).toEqual(formers.map(([, , words, why]) => [words, why]));
});

it('counts a row from before with those that are written today', async () => {
  const { rows } = await database.query<{ reason_detail: string }>(
    `select reason_detail from ledger where id = 'row-0'`,
  );
  expect(rows).toEqual([{ reason_detail: '{"type":"Flag","channels":["Communication","DocumentReference"]}' }]);
});
