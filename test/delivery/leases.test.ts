import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimGroups } from '../../src/delivery/claim-groups.ts';
import type { ClaimedGroup } from '../../src/delivery/claimed-group.ts';
import { completeGroups } from '../../src/delivery/complete-groups.ts';
import { giveBack } from '../../src/delivery/finish-attempt.ts';
import { holdLeases } from '../../src/delivery/held-leases.ts';
import { releaseLeases, renewLeases } from '../../src/delivery/renew-leases.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { sendingContext } from './claimed.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededPlan, wantArtefacts } from './seed-record.ts';

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
  return () => bench.close();
});

const seconds = (n: number): Date => new Date(bench.clock.now().getTime() + n * 1000);
async function claim(tenant = bench.tenant.id): Promise<ClaimedGroup> {
  const options = { now: bench.clock.now(), leaseUntil: seconds(10), limit: 1 };
  const [group] = await claimGroups(database, tenant, options);
  if (group === undefined) throw new Error('nothing is due');
  return group;
}
/** The group and its rows as the database holds them. */
async function held(tenant = bench.tenant.id) {
  const groups = await database.query('select * from landing_group where tenant = $1', [tenant]);
  const rows = await database.query('select * from ledger where tenant = $1 order by id', [tenant]);
  return { group: groups.rows[0] as Record<string, unknown>, rows: rows.rows as { state: string }[] };
}
const leaseOf = async (tenant?: string) => {
  const { lease_until, next_at } = (await held(tenant)).group;
  return { lease: new Date(String(lease_until)), next: new Date(String(next_at)) };
};

describe('a lease', () => {
  it('is renewed by who holds it, and its rows are shown to be on their way', async () => {
    const mine = await claim();
    await renewLeases(database, bench.tenant.id, [mine], seconds(20));
    expect(await leaseOf()).toEqual({ lease: seconds(20), next: seconds(20) });
    expect(mine.leaseUntil).toEqual(seconds(20));
    expect(new Set((await held()).rows.map(({ state }) => state))).toEqual(new Set(['in-flight']));
  });

  it('is renewed without forgetting what was wanted meanwhile', async () => {
    const mine = await claim();
    bench.clock.advance(1000);
    await database.query('update landing_group set next_at = $2 where tenant = $1', [bench.tenant.id, seconds(0)]);
    await renewLeases(database, bench.tenant.id, [mine], seconds(20));
    expect(await leaseOf()).toEqual({ lease: seconds(20), next: seconds(0) });
  });

  it('shows only what is still to be sent', async () => {
    const mine = await claim();
    const [landed, unknown] = mine.rows;
    const set = 'update ledger set landed = $3, state = $4 where tenant = $1 and id = $2';
    await database.query(set, [bench.tenant.id, landed?.id, 1, 'pending']);
    await database.query(set, [bench.tenant.id, unknown?.id, 0, 'unknown']);
    await renewLeases(database, bench.tenant.id, [mine], seconds(20));
    const states = (await held()).rows.map(({ state }) => state).sort();
    expect(states).toEqual(['in-flight', 'in-flight', 'pending', 'unknown']);
  });
});

/** What somebody does who believes to hold the lease. */
const deeds: Record<string, (lost: ClaimedGroup) => Promise<unknown>> = {
  'renews it': (lost) => renewLeases(database, bench.tenant.id, [lost], seconds(60)),
  'gives it back': (lost) =>
    completeGroups(database, bench.tenant.id, [giveBack(lost, sendingContext(), seconds(1))], seconds(0)),
  'records that all of it landed': (lost) =>
    completeGroups(
      database,
      bench.tenant.id,
      [
        {
          ...giveBack(lost, sendingContext(), seconds(1)),
          results: giveBack(lost, sendingContext(), seconds(1)).results.map((result) => ({
            ...{ ...result, state: 'landed', ehrReference: 'Task/1', wasSent: true },
          })),
        },
      ],
      seconds(0),
    ),
};

describe.each(Object.keys(deeds))('who lost a lease and %s', (deed) => {
  it.each<[string, () => Promise<unknown>]>([
    ['to somebody who is at work', () => claim()],
    [
      'to somebody who has ended',
      async () =>
        completeGroups(database, bench.tenant.id, [giveBack(await claim(), sendingContext(), seconds(5))], seconds(0)),
    ],
  ])('changes nothing: %s', async (_name, meanwhile) => {
    const lost = await claim();
    const until = lost.leaseUntil;
    bench.clock.advance(10_000);
    await meanwhile();
    const before = await held();
    await deeds[deed]?.(lost);
    expect(await held()).toEqual(before);
    // and is not told that it holds it: nothing more is sent by that
    expect(lost.leaseUntil).toEqual(until);
  });

  it('changes nothing of another tenant’s group with the same id and token', async () => {
    const lost = await claim();
    const other = `${bench.tenant.id}-other`;
    await wantArtefacts(database, other, plan.planId, plan.artefacts, bench.clock.now());
    await database.query(
      `update landing_group g set next_at = m.next_at, lease_token = m.lease_token, lease_until = m.lease_until, attempt_id = m.attempt_id
         from landing_group m where g.tenant = $2 and m.tenant = $1`,
      [bench.tenant.id, other],
    );
    const before = await held(other);
    await deeds[deed]?.(lost);
    expect(await held(other)).toEqual(before);
  });
});

describe('the leases in a worker’s hands', () => {
  const hands = () => {
    const logger = {
      info() {},
      warn() {},
      error: (_fields: object, message: string) => void bench.logged.push(message),
    };
    return holdLeases(bench.tenant.id, { database, clock: bench.clock, leaseMs: 10_000, logger });
  };

  it('are renewed while they are held', async () => {
    const leases = hands();
    const mine = await claim();
    leases.hold(mine);
    bench.clock.advance(3000);
    await leases.renew();
    expect((await leaseOf()).lease).toEqual(seconds(10));
    leases.drop(mine);
    bench.clock.advance(3000);
    await leases.renew();
    expect((await leaseOf()).lease).toEqual(seconds(7));
  });

  it('the end of a lost attempt does not take away the lease of the group that was claimed again', async () => {
    const leases = hands();
    const lost = await claim();
    leases.hold(lost);
    bench.clock.advance(10_000);
    leases.hold(await claim());
    leases.drop(lost);
    bench.clock.advance(3000);
    await leases.renew();
    expect((await leaseOf()).lease).toEqual(seconds(10));
  });

  it('say so when they cannot be renewed', async () => {
    const away = { ...database, query: () => Promise.reject(new Error('connection lost')) };
    const logger = {
      info() {},
      warn() {},
      error: (_fields: object, message: string) => void bench.logged.push(message),
    };
    const leases = holdLeases(bench.tenant.id, { database: away, clock: bench.clock, leaseMs: 10_000, logger });
    leases.hold(await claim());
    await leases.renew();
    expect(bench.logged).toEqual(['leases could not be renewed']);
  });
});

describe('leases of the dead', () => {
  it('end at the moment that is said; those that end before it, and what nobody holds, stay', async () => {
    await claim();
    await releaseLeases(database, seconds(2));
    expect(await leaseOf()).toEqual({ lease: seconds(2), next: seconds(2) });
    await releaseLeases(database, seconds(5));
    expect(await leaseOf()).toEqual({ lease: seconds(2), next: seconds(2) });
    bench.clock.advance(2000);
    await completeGroups(
      database,
      bench.tenant.id,
      [giveBack(await claim(), sendingContext(), seconds(30))],
      seconds(0),
    );
    const ended = await held();
    await releaseLeases(database, seconds(1));
    expect(await held()).toEqual(ended);
  });
});
