import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededPlan } from './seed-record.ts';

/** A patient who is another one, or none, by the time that what was to be sent for them is answered. */
let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
let plan: ReturnType<typeof seededPlan>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await bench?.close();
  await fake?.close();
});

const servers: [string, Partial<FakeOffer>][] = [
  ['transactions', {}],
  ['batches', { transaction: false }],
  ['single writes', { transaction: false, batch: false, conditionalCreate: false }],
];

/** A plan stands there, and one of its occurrences is wanted anew. */
async function standing(offer: Partial<FakeOffer>): Promise<void> {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base);
  plan = seededPlan();
  await bench.want(plan.planId, plan.artefacts);
  await bench.deliver();
  const done = { partOf: [{ reference: `Task/${plan.first}` }], status: 'completed' };
  await bench.want(plan.planId, [plan.task('occurrence', plan.occurrence, done)]);
}

/** Does this once the patient was read, and before anything else is answered. */
function onceTheyWereRead(change: () => void): void {
  let read = false;
  let changed = false;
  fake.fault = (_method, path) => {
    if (read && !changed && !path.startsWith('Patient/')) {
      changed = true;
      change();
    }
    read ||= path.startsWith('Patient/');
    return { type: 'none' };
  };
}

function moveChart(link: object | undefined): void {
  for (const json of fake.stored.values()) {
    const named = json.subject ?? json.for;
    if (named?.reference === 'Patient/sarah') named.reference = 'Patient/sarah-2';
  }
  fake.patient = (id) => ({ resourceType: 'Patient', id, ...(id === 'sarah' ? { active: false, ...link } : {}) });
}

const row = async () => (await bench.deliver(1)).get(`occurrence/${plan.occurrence}`);
const held = async () =>
  (await database.query('select state, survivor_id from patient_standing where tenant = $1', [bench.tenant.id])).rows;

describe.each(servers)('while something is sent to an EHR with %s', (_name, offer) => {
  it.each([
    [
      'is merged, and it says into whom',
      { link: [{ type: 'replaced-by', other: { reference: 'Patient/sarah-2' } }] },
      { standing: 'merged', survivorId: 'sarah-2' },
    ],
    ['is inactive, without a word why', undefined, { standing: 'inactive', survivorId: undefined }],
  ])(
    'the patient %s: what is about another by now waits for that, and for no decision of its own',
    async (_how, link, why) => {
      await standing(offer);
      onceTheyWereRead(() => moveChart(link));
      expect(await row()).toMatchObject({
        state: 'waiting',
        landed: 1,
        why: { code: 'patient', standing: why.standing },
      });
      expect(await held()).toEqual([{ state: why.standing, survivor_id: why.survivorId ?? null }]);
    },
  );

  it('the patient is removed: what is refused for it waits as the rest does, and goes there when they are back', async () => {
    await standing(offer);
    onceTheyWereRead(() => {
      fake.patient = () => undefined;
      fake.refuse = () => 'Task.for: referenced resource not found';
    });
    expect(await row()).toMatchObject({
      ...{ state: 'waiting', landed: 1, last_outcome: null, doubt_at: null },
      why: { code: 'patient', standing: 'gone' },
    });
    // its words are kept with the attempt
    const { rows } = await database.query<{ detail: string }>(
      'select detail from attempt where tenant = $1 and detail is not null',
      [bench.tenant.id],
    );
    expect(rows.map(({ detail }) => detail).join()).toContain('referenced resource not found');
    fake.patient = (id) => ({ resourceType: 'Patient', id });
    fake.refuse = () => undefined;
    expect((await bench.deliver()).get(`occurrence/${plan.occurrence}`)).toMatchObject({ state: 'landed', landed: 2 });
  });
});

describe('a patient who stands as before', () => {
  it('what is refused is refused, and what is about another is for a person', async () => {
    await standing({});
    fake.refuse = () => 'not like this';
    expect(await row()).toMatchObject({ state: 'rejected', why: { code: 'refused' } });
    await bench.close();
    await fake.close();
    await standing({});
    onceTheyWereRead(() => {
      moveChart(undefined);
      fake.patient = (id) => ({ resourceType: 'Patient', id });
    });
    expect(await row()).toMatchObject({ state: 'unknown', why: { code: 'foreign', about: 'another-patient' } });
    expect(await held()).toEqual([]);
  });

  it('so does one who cannot be read again now', async () => {
    await standing({});
    let down = false;
    fake.refuse = () => {
      down = true;
      return 'not like this';
    };
    fake.fault = (_method, path) =>
      down && path.startsWith('Patient/') ? { type: 'status', status: 503 } : { type: 'none' };
    expect(await row()).toMatchObject({ state: 'rejected', why: { code: 'refused' } });
  });

  it('is not asked about again where nothing says so', async () => {
    await standing({});
    const before = fake.requests.length;
    expect(await row()).toMatchObject({ state: 'landed', landed: 2 });
    const asked = fake.requests.slice(before).filter(({ path }) => path.startsWith('Patient/'));
    expect(asked).toHaveLength(1);
  });
});
