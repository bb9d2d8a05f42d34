import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import fc from '../fast-check.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type Fault } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan } from './seed-record.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fault>({ type: 'none' }) },
  { weight: 2, arbitrary: fc.constant<Fault>({ type: 'drop-before' }) },
  { weight: 3, arbitrary: fc.constant<Fault>({ type: 'drop-after' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('status' as const),
      status: fc.constantFrom(500, 502, 504, 429, 503, 409, 412),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('status' as const),
      status: fc.constantFrom(500, 502, 504),
      after: fc.constant(true),
    }),
  },
);

const runs = Number(process.env.PROPERTY_RUNS ?? 20);
const world = fc.record({
  transaction: fc.boolean(),
  batch: fc.boolean(),
  conditionalCreate: fc.boolean(),
  searchByIdentifier: fc.boolean(),
  faults: fc.array(faults, { maxLength: 14 }),
  /** After which delivery round our database is lost, the record told again. */
  lostAfter: fc.option(fc.nat(3)),
  /** Requests during which the plan's title changes, or a new occurrence comes to be. */
  edits: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }),
  /** The answer after which the process dies without recording anything. */
  crashAt: fc.option(fc.integer({ min: 1, max: 6 })),
});

describe('delivery', () => {
  it(
    'leaves each artefact exactly once, as wanted, whatever is dropped, refused for now, repeated or forgotten',
    async () => {
      await fc.assert(
        fc.asyncProperty(world, async ({ faults: script, lostAfter, edits, crashAt, ...offer }) => {
          const fake = await FakeEhr.start(offer);
          const bench = await DeliveryBench.open(database, fake.base);
          try {
            const left = [...script];
            fake.fault = () => left.shift() ?? { type: 'none' };
            const plan = seededPlan();
            const log = seededLog(plan);
            let title = 'Homework';
            const born: SeededArtefact[] = [];
            const carePlan = () => ({ ...plan.plan, resource: { ...plan.plan.resource, title } });
            const everything = () => [carePlan(), ...plan.artefacts.slice(1), ...log.artefacts, ...born];
            fake.meanwhile = async (request) => {
              if (!edits.includes(request)) return;
              const retitled = request % 3 !== 0;
              if (retitled) title = `Homework ${request}`;
              const partOf = [{ reference: `Task/${plan.first}` }];
              if (request % 2 === 0) born.push(plan.task('occurrence', `${plan.first}.${request}`, { partOf }));
              await bench.want(plan.planId, [...(retitled ? [carePlan()] : []), ...born.slice(-1)]);
            };
            await bench.want(plan.planId, everything());
            if (crashAt !== null) await bench.crashAtAnswer(crashAt);
            for (let round = 0; round < 4; round += 1) {
              await bench.deliver(1);
              if (lostAfter === round) {
                await bench.lose();
                await bench.want(plan.planId, everything());
              }
            }
            await bench.want(plan.planId, [carePlan()]);
            left.length = 0;
            const ledger = await bench.deliver(40);
            expect([...ledger.values()].filter(({ state }) => state !== 'landed')).toEqual([]);
            const identifiers = [...fake.stored.values()].map((json) => fake.identifierOf(json));
            expect(new Set(identifiers).size).toBe(identifiers.length);
            expect(identifiers).toHaveLength(everything().length);
            expect(fake.all('CarePlan')[0]?.title).toBe(title);
            for (const row of ledger.values()) {
              expect(row.landed).toBe(row.wanted);
              expect(fake.stored.has(row.ehr_reference ?? '')).toBe(true);
            }
          } finally {
            await bench.close();
            await fake.close();
          }
        }),
        { numRuns: runs },
      );
    },
    runs * 3000,
  );
});
