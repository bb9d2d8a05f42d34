import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BACKOFF_CAP_MS } from '../../src/delivery/backoff.ts';
import { HORIZON_MS, pullBackGroups } from '../../src/delivery/pull-back-groups.ts';
import { wakePatientsWaiting, wakeWaiting } from '../../src/delivery/wake-waiting.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

let database: Database;
let bench: DeliveryBench;
let plan: ReturnType<typeof seededPlan>;
let log: ReturnType<typeof seededLog>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  bench = await DeliveryBench.open(database, 'http://127.0.0.1:1/fhir');
  plan = seededPlan();
  log = seededLog(plan);
  await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
  await database.query(`update landing_group set due = false, next_at = $2 where tenant = $1`, [
    bench.tenant.id,
    later(9),
  ]);
  return () => bench.close();
});

const later = (seconds: number): Date => new Date(bench.clock.now().getTime() + seconds * 1000);
/** The groups that are due now. */
async function due(): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    'select id from landing_group where tenant = $1 and due and next_at = $2',
    [...[bench.tenant.id, bench.clock.now()]],
  );
  return rows.map(({ id }) => id);
}
const setLog = (columns: object) => set('ledger', columns, 'group_id');
const setGroup = (columns: object) => set('landing_group', columns, 'id');
const set = (table: string, columns: object, key: string) =>
  database.query(
    `update ${table} set ${Object.keys(columns)
      .map((column, at) => `${column} = $${at + 3}`)
      .join(', ')} where tenant = $1 and ${key} = $2`,
    [bench.tenant.id, log.groupId, ...Object.values(columns)],
  );

describe('when something of a plan has landed', () => {
  it.each<[string, object, boolean]>([
    ['waits for it', { state: 'waiting', landing: 'native' }, true],
    ['waits, and no landing is known', { state: 'waiting', landing: null }, true],
    ['waits as an observation of its own', { state: 'waiting', landing: 'observation' }, true],
    ['waits for the report', { state: 'waiting', landing: 'note' }, false],
    ['waits for the report that goes as a message', { state: 'waiting', landing: 'communication' }, false],
    ['has landed', { state: 'landed', landing: 'native' }, false],
    ['was refused', { state: 'rejected', landing: 'native' }, false],
    ['is in doubt', { state: 'unknown', landing: 'native' }, false],
  ])('a log that %s: %j is due %j', async (_name, columns, woken) => {
    await setLog(columns);
    await wakeWaiting(database, bench.tenant.id, [plan.planId], bench.clock.now());
    expect(await due()).toEqual(woken ? [log.groupId] : []);
  });

  it('nothing of another plan or tenant is due', async () => {
    await setLog({ state: 'waiting', landing: 'native' });
    await wakeWaiting(database, bench.tenant.id, ['another-plan'], bench.clock.now());
    await wakeWaiting(database, 'another-tenant', [plan.planId], bench.clock.now());
    await wakeWaiting(database, bench.tenant.id, [], bench.clock.now());
    expect(await due()).toEqual([]);
  });
});

describe('when somebody has opened a patient', () => {
  it.each<[string, object, object, boolean]>([
    ['waits', { state: 'waiting' }, { attention: true }, true],
    ['waits in a group that needs nobody', { state: 'waiting' }, { attention: false }, false],
    ['has landed', { state: 'landed' }, { attention: true }, false],
    ['was refused', { state: 'rejected' }, { attention: true }, false],
  ])('what %s: %j %j is due %j', async (_name, row, group, woken) => {
    await setLog(row);
    await setGroup(group);
    await wakePatientsWaiting(database, bench.tenant.id, 'another', bench.clock.now());
    await wakePatientsWaiting(database, 'another-tenant', 'sarah', bench.clock.now());
    expect(await due()).toEqual([]);
    await wakePatientsWaiting(database, bench.tenant.id, 'sarah', bench.clock.now());
    expect(await due()).toEqual(woken ? [log.groupId] : []);
  });
});

describe('what a wrong clock has put off', () => {
  const times = async () => {
    const { rows } = await database.query<{ next_at: string; lease_until: string | null }>(
      'select next_at, lease_until from landing_group where tenant = $1 and id = $2',
      [bench.tenant.id, log.groupId],
    );
    const [row] = rows;
    return {
      next: new Date(String(row?.next_at)),
      lease: row?.lease_until === null ? null : new Date(String(row?.lease_until)),
    };
  };
  const pullBack = (tenant = bench.tenant.id) =>
    pullBackGroups(database, tenant, { now: bench.clock.now(), leaseUntil: later(10) });
  const beyond = () => later(HORIZON_MS / 1000 + 1);

  it('is due now; what is put off as long as anything may be is not', async () => {
    expect(HORIZON_MS).toBeGreaterThan(BACKOFF_CAP_MS);
    await setGroup({ due: true, next_at: later(HORIZON_MS / 1000) });
    expect(await pullBack()).toBe(0);
    await setGroup({ next_at: beyond() });
    expect(await pullBack('another-tenant')).toBe(0);
    expect(await pullBack()).toBe(1);
    expect(await times()).toEqual({ next: later(0), lease: null });
  });

  it('stays where nothing is to be done', async () => {
    await setGroup({ due: false, next_at: beyond() });
    expect(await pullBack()).toBe(0);
    expect((await times()).next).toEqual(beyond());
  });

  it('is cut, where somebody holds it, and not taken from them', async () => {
    await setGroup({ due: true, lease_token: 7, lease_until: beyond(), next_at: beyond() });
    expect(await pullBack()).toBe(1);
    expect(await times()).toEqual({ next: later(10), lease: later(10) });
    // somebody wants something of it meanwhile, which completion must learn of
    await setGroup({ lease_until: later(10), next_at: beyond() });
    expect(await pullBack()).toBe(1);
    expect(await times()).toEqual({ next: later(0), lease: later(10) });
  });
});
