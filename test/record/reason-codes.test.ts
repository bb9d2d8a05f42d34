import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowReason } from '../../src/homework/ledger/row-reason.ts';
import { sayReason } from '../../src/http/api/reason-words.ts';
import { type LedgerRow, ledgerColumns } from '../../src/record/ledger/ledger-row.ts';
import { everyReason } from '../homework/ledger/sample-reasons.ts';
import { type BeforeMigration, openBeforeMigration } from './before-migration.ts';

/** A row as it was written before there were codes: a sentence, and in which state it was said. */
interface Former {
  readonly sentence: string;
  readonly state: string;
  readonly landing?: string;
  /** What it is read as now; null: it stays a sentence. */
  readonly why: RowReason | null;
}

const states: Readonly<Record<string, string>> = {
  ...{ 'unknown-patient': 'rejected', 'no-resource': 'rejected', 'no-update': 'rejected', refused: 'rejected' },
  ...{ 'refused-in-review': 'rejected', 'other-channels': 'landed', 'no-row': 'landed', 'told-in-report': 'landed' },
  ...{ 'stands-there': 'withdrawn', 'never-sent': 'withdrawn', 'not-held': 'withdrawn', review: 'awaiting-review' },
  ...{ unclear: 'unknown', unnamed: 'unknown' },
};
/** Delivery comes back to these by itself, or they only ever stood for a moment: they are read as they were written. */
const staySentences = new Set([
  ...['plan', 'referenced', 'ehr', 'under-way', 'lost', 'several', 'unsearchable', 'foreign', 'place-taken'],
  ...['withdrawn-lost', 'contradicted', 'app-only'],
]);
/** Of reasons that are told otherwise today. */
const formerWords: Readonly<Record<string, string>> = {
  unnamed: 'the EHR holds it and does not say under which id; confirm or withdraw it by hand',
  'unknown-patient': 'the EHR has no patient with this id; nothing was sent. Check the id, then retry',
};
const formerGone =
  'the EHR had this patient and has them no more; nothing is sent until somebody of the integration team has confirmed it who they are now, or the EHR has them again';
const former = (why: RowReason): Former => ({
  sentence:
    (why.code === 'patient' && why.standing === 'gone' ? formerGone : formerWords[why.code]) ?? sayReason(why) ?? '',
  state: states[why.code] ?? 'waiting',
  why: staySentences.has(why.code) ? null : why,
});
const formers: readonly Former[] = [
  // this one came after the codes: no sentence of it was ever written
  ...everyReason.filter(({ code }) => code !== 'told-again').map(former),
  ...(['gone', 'inactive', 'merged'] as const).map((standing) => former({ code: 'patient', standing })),
  former({ code: 'encounter', rule: 'latest-open' }),
  former({ code: 'no-update', type: 'Observation', place: 'Observation/o-17.x' }),
  { sentence: 'CarePlan cannot be created here.', state: 'landed', landing: 'app-only', why: { code: 'app-only' } },
  { sentence: 'It is on paper; for a person: hers', state: 'withdrawn', why: null },
];

let before: BeforeMigration;
beforeAll(async () => {
  before = await openBeforeMigration('0023');
  await before.database.query(
    `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ('north', 'p', 1, $1, 'sarah', 'active', '{"id":"p","patientId":"sarah"}')`,
    [new Date('2026-03-02T15:00:00Z')],
  );
  await before.database.query(
    `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at) values ('north', 'plan:p', 'p', 'sarah', false, $1)`,
    [new Date('2026-03-02T15:00:00Z')],
  );
  for (const [at, { sentence, state, landing = 'native' }] of formers.entries()) {
    await before.database.query(
      `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, landing, reason, wanted_at)
       values ('north', 'assignment', $1, 'Task', 'plan:p', 'p', 'sarah', 1, $2, $3, $4, $5)`,
      [`row-${String(at).padStart(3, '0')}`, state, landing, sentence, new Date('2026-03-02T15:00:00Z')],
    );
  }
  await before.migrate();
});
afterAll(() => before.close());

describe('a ledger from before there were codes', () => {
  it('reads word for word as before, and by code where anything hangs on it', async () => {
    const { rows } = await before.database.query<LedgerRow>(`select ${ledgerColumns} from ledger l order by id`);
    expect(rows.map(({ why, words }) => ({ why, said: words ?? sayReason(why) }))).toEqual(
      // what is told by its code is told in today's words
      formers.map(({ sentence, why }) => ({
        why,
        said: why === null || why.code === 'app-only' ? sentence : sayReason(why),
      })),
    );
    const coded = formers.filter(({ why }) => why !== null);
    expect(coded.length).toBeGreaterThan(25);
    // once: words that are kept are somebody's own
    expect(rows.filter(({ why, words }) => why !== null && words !== null).map(({ why }) => why?.code)).toEqual([
      'app-only',
    ]);
  });
});
