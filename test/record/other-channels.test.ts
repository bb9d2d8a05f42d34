import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LedgerRow, ledgerColumns } from '../../src/record/ledger/ledger-row.ts';
import { type BeforeMigration, openBeforeMigration } from './before-migration.ts';

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
let before: BeforeMigration;
beforeAll(async () => {
  before = await openBeforeMigration('0024');
  await before.database.query(
    `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ('north', 'p', 1, $1, 'sarah', 'active', '{"id":"p","patientId":"sarah"}')`,
    [at],
  );
  await before.database.query(
    `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at) values ('north', 'safety:s', 'p', 'sarah', false, $1)`,
    [at],
  );
  for (const [index, [code, detail, words]] of formers.entries()) {
    await before.database.query(
      `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, landing, reason, reason_code, reason_detail, wanted_at)
       values ('north', 'safety', $1, 'Flag', 'safety:s', 'p', 'sarah', 1, 'landed', 'app-only', $2, $3, $4, $5)`,
      [`row-${index}`, words, code, detail, at],
    );
  }
  await before.migrate();
});
afterAll(() => before.close());

it('a ledger from before channels were called so reads by the new code and key, and all else as it was', async () => {
  const { rows } = await before.database.query<LedgerRow>(`select ${ledgerColumns} from ledger l order by id`);
  expect(rows.map(({ why, words }) => [words, why])).toEqual(formers.map(([, , words, why]) => [words, why]));
});

it('counts a row from before with those that are written today', async () => {
  const { rows } = await before.database.query<{ reason_detail: string }>(
    `select reason_detail from ledger where id = 'row-0'`,
  );
  expect(rows).toEqual([{ reason_detail: '{"type":"Flag","channels":["Communication","DocumentReference"]}' }]);
});
