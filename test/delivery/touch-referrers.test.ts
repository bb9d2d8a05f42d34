import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findReferrers, type Referrer, touchReferrers } from '../../src/delivery/touch-referrers.ts';
import type { Database } from '../../src/record/database/database.ts';
import { type LedgerState, ledgerStates } from '../../src/record/ledger/ledger-row.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

let database: Database;
let bench: DeliveryBench;
let plan: ReturnType<typeof seededPlan>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  bench = await DeliveryBench.open(database, 'http://127.0.0.1:1/fhir');
  plan = seededPlan();
  await bench.want(plan.planId, plan.artefacts);
  await database.query('update landing_group set due = false where tenant = $1', [bench.tenant.id]);
  return () => bench.close();
});

/** The occurrence, as what refers to a log that landed. */
const referrer = (more: Partial<Referrer> = {}): Referrer => ({
  ...{ groupId: `plan:${plan.planId}`, landedGroupId: 'log:1', type: 'Task', id: plan.occurrence },
  reference: 'QuestionnaireResponse/1',
  ...more,
});
const row = async () => (await bench.ledger()).get(`occurrence/${plan.occurrence}`);
const isDue = async () => {
  const { rows } = await database.query<{ due: boolean }>('select due from landing_group where tenant = $1', [
    bench.tenant.id,
  ]);
  return rows[0]?.due;
};
const set = (columns: object) =>
  database.query(
    `update ledger set ${Object.keys(columns)
      .map((column, at) => `${column} = $${at + 3}`)
      .join(', ')} where tenant = $1 and id = $2`,
    [bench.tenant.id, plan.occurrence, ...Object.values(columns)],
  );

/** What becomes of a row in each state; undefined: it is left as it is. */
const becomes: Record<LedgerState, LedgerState | undefined> = {
  landed: 'pending',
  rejected: 'pending',
  pending: 'pending',
  waiting: 'waiting',
  'in-flight': 'in-flight',
  unknown: 'unknown',
  'awaiting-review': 'awaiting-review',
  withdrawn: undefined,
};

describe('what refers to something that has landed', () => {
  it.each(ledgerStates.map((state) => [state, becomes[state]] as const))(
    'and is %s becomes %s',
    async (state, next) => {
      await set({ state, landed: 1, landing: 'native' });
      await touchReferrers(database, bench.tenant.id, [referrer()], bench.clock.now());
      expect(await row()).toMatchObject(next === undefined ? { state, wanted: 1 } : { state: next, wanted: 2 });
      expect(await isDue()).toBe(next !== undefined);
    },
  );

  it.each([
    ['native', 2],
    [null, 2],
    ['observation', 2],
    ['communication', 2],
    ['note', 1],
    ['app-only', 1],
  ])('and lands as %s is wanted in version %i', async (landing, wanted) => {
    await set({ state: 'landed', landed: 1, landing });
    await touchReferrers(database, bench.tenant.id, [referrer()], bench.clock.now());
    expect((await row())?.wanted).toBe(wanted);
    expect(await isDue()).toBe(wanted === 2);
  });

  it('is wanted once, however often it refers, and nobody else is', async () => {
    await set({ state: 'landed', landed: 1, landing: 'native' });
    const again = referrer({ reference: 'QuestionnaireResponse/2' });
    await touchReferrers(database, bench.tenant.id, [referrer(), again], bench.clock.now());
    const wanted = [...(await bench.ledger()).values()].map(({ id, wanted }) => [id, wanted]);
    expect(wanted.filter(([, version]) => version !== 1)).toEqual([[plan.occurrence, 2]]);
  });

  it.each<[string, Partial<Referrer>, string?]>([
    ['of another type with that id', { type: 'CarePlan' }],
    ['of another id', { id: 'another' }],
    ['of another tenant', {}, 'another-tenant'],
  ])('is not wanted: %s', async (_name, more, tenant) => {
    await set({ state: 'landed', landed: 1, landing: 'native' });
    await touchReferrers(database, tenant ?? bench.tenant.id, [referrer(more)], bench.clock.now());
    expect(await row()).toMatchObject({ state: 'landed', wanted: 1 });
    expect(await isDue()).toBe(false);
  });

  it('is found by the whole reference in its content', async () => {
    const candidate = (reference: string, more: Partial<Referrer> = {}) => referrer({ reference, ...more });
    const yes = candidate(`Task/${plan.first}`);
    const found = await findReferrers(database, bench.tenant.id, [
      yes,
      candidate(`Task/${plan.second}`),
      candidate(`Task/${plan.first.slice(0, -1)}`),
      candidate(`Task/${plan.first}`, { id: plan.second }),
      candidate(`Task/${plan.first}`, { type: 'CarePlan' }),
    ]);
    expect(found).toEqual([yes]);
    expect(await findReferrers(database, 'another-tenant', [yes])).toEqual([]);
    expect(await findReferrers(database, bench.tenant.id, [])).toEqual([]);
  });
});
