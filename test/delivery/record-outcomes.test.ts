import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimGroups } from '../../src/delivery/claim-groups.ts';
import { type RowResult, stillPending } from '../../src/delivery/claimed-group.ts';
import { recordOutcomes } from '../../src/delivery/record-outcomes.ts';
import type { Database } from '../../src/record/database/database.ts';
import { whyColumn } from '../../src/record/ledger/ledger-row.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

let database: Database;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
  bench = await DeliveryBench.open(database, 'http://127.0.0.1:1/fhir');
});
afterAll(async () => {
  await bench.close();
  await database.close();
});

// each differs from another in one thing only
const outcomes: Partial<RowResult>[] = [
  {},
  { state: 'unknown' },
  { version: 2, wasSent: true },
  { landing: 'observation' },
  { words: 'CarePlan cannot be created here' },
  { why: { code: 'review' } },
  { why: { code: 'no-update', type: 'Task', version: 1 } },
  { why: { code: 'no-update', type: 'Task', version: 2 } },
  { why: { code: 'foreign', place: 'Task/1 "quoted" {and} \\ bent', about: 'nobody' } },
  { status: 500 },
  { outcome: 'not found' },
  { wasSent: true },
  { ehrReference: 'Observation/7', ehrVersion: '3' },
];

describe('outcomes recorded together', () => {
  it('reach each row as they are, however little they differ', async () => {
    const plan = seededPlan();
    const logs = outcomes.map(() => seededLog(plan));
    await bench.want(
      plan.planId,
      logs.flatMap(({ artefacts }) => artefacts),
    );
    const now = bench.clock.now();
    const leaseUntil = new Date(now.getTime() + 10_000);
    const groups = await claimGroups(database, bench.tenant.id, { now, leaseUntil, limit: 100 });
    expect(groups).toHaveLength(outcomes.length);
    const completions = groups.map((group, at) => ({
      group,
      results: group.rows.map(
        (row): RowResult => ({ ...stillPending(row, 'native'), state: 'rejected', ...outcomes[at] }),
      ),
      due: false,
      nextAt: now,
      failed: false,
    }));
    const expected = completions.flatMap(({ results }) =>
      results.map((result) => ({
        artefact: result.artefact,
        id: result.id,
        state: result.state,
        landing: result.landing,
        words: result.words,
        why: result.why,
        sent: result.wasSent ? result.version : 0,
        ehr_reference: result.ehrReference,
        ehr_version: result.ehrVersion,
        last_status: result.status,
        last_outcome: result.outcome,
      })),
    );
    expect(new Set(expected.map(({ artefact }) => artefact)).size).toBeGreaterThan(1);
    expect(await recordOutcomes(database, bench.tenant.id, completions, now)).toEqual(
      new Set(groups.map(({ id }) => id)),
    );
    const { rows } = await database.query(
      `select artefact, id, state, landing, reason as words, ${whyColumn} as why, sent, ehr_reference,
              ehr_version, last_status, last_outcome
         from ledger l where tenant = $1`,
      [bench.tenant.id],
    );
    expect(rows).toHaveLength(expected.length);
    expect(rows).toEqual(expect.arrayContaining(expected));
  });
});
