import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { migrate } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { type FaultyWire, loudFaults, openFaultyWire, type WireFault } from '../record/faulty-wire.ts';
import { createTestDatabase, testDatabaseUrl } from '../record/open-test-database.ts';
import { FakeEhr } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

const onPostgres = () => {
  let made: { url: string; drop: () => Promise<void> };
  let wire: FaultyWire;
  let database: Database;
  let direct: Database;
  beforeAll(async () => {
    made = await createTestDatabase(testDatabaseUrl ?? '');
    direct = await openDatabase({ databaseUrl: made.url });
    await migrate(direct, systemClock);
    wire = await openFaultyWire(made.url);
    database = await openDatabase({ databaseUrl: wire.url, statementSeconds: 1 });
  });
  afterAll(async () => {
    await database.close();
    await wire.close();
    await direct.close();
    await made.drop();
  });

  /** A plan and a log on their way into an EHR that makes twins of what is sent twice; `disturb` begins when it has begun. */
  async function deliverThrough(disturb: (bench: DeliveryBench) => Promise<unknown>) {
    const fake = await FakeEhr.start({ conditionalCreate: false });
    const bench = await DeliveryBench.open(database, fake.base);
    try {
      const plan = seededPlan();
      const log = seededLog(plan);
      await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
      const disturbed = disturb(bench);
      bench.start();
      await disturbed;
      const ledger = await deliverOn(bench);
      const identifiers = [...fake.stored.values()].map((json) => fake.identifierOf(json));
      return {
        notLanded: [...ledger.values()].filter(({ state }) => state !== 'landed'),
        doubled: identifiers.length - new Set(identifiers).size,
        lost: plan.artefacts.length + log.artefacts.length - new Set(identifiers).size,
        logged: bench.logged,
      };
    } finally {
      await bench.close();
      await fake.close();
    }
  }

  /** By nobody's help but time's. */
  async function deliverOn(bench: DeliveryBench) {
    for (let round = 0; round < 60; round += 1) {
      await bench.delivery?.idle();
      const { rows } = await direct.query<{ due: number }>(
        'select count(*)::int as due from landing_group where due and tenant = $1',
        [bench.tenant.id],
      );
      if (rows[0]?.due === 0) break;
      bench.clock.advance(60_000);
    }
    return bench.ledger();
  }

  it.each(
    loudFaults.flatMap((fault): [WireFault, string, RegExp][] => [
      [fault, 'claiming', /update landing_group[\s\S]*lease_token/],
      [fault, 'reading what to send', /left join resource r/],
      [fault, 'recording what came of it', /insert into attempt/],
      [fault, 'the commit of a completion', /^commit/],
      [fault, 'keeping what the EHR said of itself', /insert into probe/],
    ]),
  )(
    '%s while %s: all lands once, by itself',
    async (fault, _when, statement) => {
      const came = await deliverThrough(() => wire.breakAt(fault, statement));
      expect(came).toMatchObject({ notLanded: [], doubled: 0, lost: 0 });
    },
    60_000,
  );

  it('the database away for a while: delivery goes on by itself when it is back', async () => {
    const came = await deliverThrough(async (bench) => {
      await wire.breakAt('terminate', /update landing_group[\s\S]*lease_token/);
      wire.cut();
      await expect.poll(() => bench.logged.join(''), { timeout: 20_000 }).toContain('database-unreachable');
      wire.mend();
    });
    expect(came).toMatchObject({ notLanded: [], doubled: 0, lost: 0 });
  }, 60_000);
};
if (testDatabaseUrl !== undefined) describe('PostgreSQL', onPostgres);
else it('is tested where there are connections to lose', () => expect(testDatabaseUrl).toBeUndefined());
