import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { type AnswerClass, answerClasses, type Interaction, interactions } from './answer-classes.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan } from './seed-record.ts';

// `npm run test:full` runs each of them
const every = process.env.FAULT_MATRIX === 'all';
const seed = Number(process.env.FAULT_MATRIX_SEED ?? 20_260_302);
const sampled = 24;

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

interface Case {
  readonly answer: AnswerClass;
  readonly after: boolean;
  readonly conditionalCreate: boolean;
}

/** In the EHR's place, or after it did what was asked; with and without conditional create. */
function casesOf(interaction: Interaction): Case[] {
  return answerClasses
    .filter(({ fits }) => fits?.(interaction) !== false)
    .flatMap((answer) =>
      [false, true].flatMap((after) =>
        // a search is made at the first contact only where there is no conditional create
        (interaction === 'search' ? [false] : [false, true]).map((conditionalCreate) => ({
          answer,
          after,
          conditionalCreate,
        })),
      ),
    )
    .filter(({ answer, after }) => !(after && answer.refuses === true))
    .filter(({ after }) => !(after && (interaction === 'read' || interaction === 'search')));
}

/** Always the same ones for a seed, spread over all. */
function sample(cases: readonly Case[]): readonly Case[] {
  if (every) return cases;
  let at = seed;
  const keyed = cases.map((entry) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return { entry, key: at };
  });
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, sampled)
    .map(({ entry }) => entry);
}

const matches: Record<Interaction, (method: string, path: string) => boolean> = {
  create: (method, path) => method === 'POST' && path !== '',
  update: (method) => method === 'PUT',
  transaction: (method, path) => method === 'POST' && path === '',
  batch: (method, path) => method === 'POST' && path === '',
  read: (method, path) => method === 'GET' && path.includes('/'),
  search: (method, path) => method === 'GET' && !path.includes('/'),
};
/** An update is one write, and what is read is what stands there already. */
const changes = (interaction: Interaction): boolean => interaction === 'update' || interaction === 'read';

describe.each(interactions)('%s', (interaction) => {
  const offer = (conditionalCreate: boolean): Partial<FakeOffer> => ({
    ...{ conditionalCreate, transaction: interaction === 'transaction', batch: interaction === 'batch' },
  });
  const cases = sample(casesOf(interaction)).map((entry) => {
    const when = entry.after ? 'after the EHR' : 'in place of the EHR';
    return [entry.answer.name, when, entry.conditionalCreate ? 'conditional create' : 'search first', entry] as const;
  });

  it.each(cases)('%s, %s, %s', async (_name, _when, _how, { answer, after, conditionalCreate }) => {
    const fake = await FakeEhr.start(offer(conditionalCreate));
    const bench = await DeliveryBench.open(database, fake.base);
    try {
      const plan = seededPlan();
      const log = seededLog(plan);
      let title = 'Homework';
      const carePlan = (): SeededArtefact => ({ ...plan.plan, resource: { ...plan.plan.resource, title } });
      const wanted = [...plan.artefacts, ...log.artefacts];
      await bench.want(plan.planId, wanted);
      if (changes(interaction)) {
        await bench.deliver();
        title = 'Changed';
        await bench.want(plan.planId, [carePlan()]);
      }
      let left = 4;
      fake.fault = (method, path) => {
        if (left === 0 || !matches[interaction](method, path)) return { type: 'none' };
        left -= 1;
        return { type: 'answer', after, make: answer.make };
      };
      for (let round = 0; round < 30 && left > 0; round += 1) {
        await bench.deliver(1);
        await nothingClaimed(bench, fake, title);
        bench.clock.advance(60_000);
      }
      // it ends, and nobody does anything about it
      left = 0;
      const ledger = await bench.deliver(40);
      await nothingClaimed(bench, fake, title);
      const once = fake.writes.filter((line) => line.startsWith('create '));
      expect(once.filter((line, at) => once.indexOf(line) !== at)).toEqual([]);
      expect(bench.logged.join()).not.toMatch(/sarah|Homework|Not for you|login\.example/);
      const states = [...ledger.values()].map(({ state }) => state);
      if (answer.refuses === true) return;
      expect(states.filter((state) => state !== 'landed')).toEqual([]);
      expect(once).toHaveLength(wanted.length);
      bench.clock.advance(10 * 60_000 + 1);
      expect(bench.ehr.strangers()).toEqual([]);
    } finally {
      await bench.close();
      await fake.close();
    }
  });
});

/** Nothing says `landed` that the EHR does not hold as wanted; nothing is refused that it did not refuse. */
async function nothingClaimed(bench: DeliveryBench, fake: FakeEhr, title: string): Promise<void> {
  for (const row of (await bench.ledger()).values()) {
    const stands = fake.stored.get(row.ehr_reference ?? '');
    if (row.state === 'landed' && row.landed === row.wanted) {
      expect([row.artefact, row.id, stands !== undefined]).toEqual([row.artefact, row.id, true]);
      const identifiers = JSON.stringify(stands?.identifier);
      expect(identifiers).toContain(row.artefact === 'measure' ? row.id.replace('.', '#') : row.id);
      if (row.artefact === 'plan') expect(stands?.title).toBe(title);
    }
    if (row.state === 'rejected') expect(row.last_outcome).toBe('processing: fault');
  }
  expect(await bench.ehr.corrections()).toSatisfy((found: readonly { status: number }[]) =>
    found.every(({ status }) => [403, 405, 501].includes(status)),
  );
}
