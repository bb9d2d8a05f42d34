import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer, type Fault } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';
import { fileSeededReport, seededReport } from './seed-report.ts';

/** Reasons that an attempt leaves in the ledger: what happened in the EHR, and the code with its detail that tells it. */
let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await bench.close();
  await fake.close();
});

/** An EHR that takes one write after the other. */
async function open(offer: Partial<FakeOffer> = {}, set: Partial<FakeEhr> = {}): Promise<void> {
  fake = Object.assign(await FakeEhr.start({ transaction: false, batch: false, ...offer }), set);
  bench = await DeliveryBench.open(database, fake.base);
}
const none: Fault = { type: 'none' };
const writes = () => fake.requests.filter(({ method }) => method !== 'GET').length;
const whyOf = async (name: string, rounds = 1) => {
  const row = (await bench.deliver(rounds)).get(name);
  return { state: row?.state, why: row?.why };
};
/** What of the row a person, or a ledger made anew, has said. */
const set = (columns: string) =>
  database.query(`update ledger set ${columns} where tenant = $1`, [bench.tenant.id]).then(due);
const due = () => database.query('update landing_group set due = true where tenant = $1', [bench.tenant.id]);

/** A step alone, which refers to nothing of ours. */
function seededStep() {
  const { planId, first, task } = seededPlan();
  return { planId, step: task('assignment', first, { description: 'watch' }), name: `assignment/${first}` };
}

/** A step that was sent without an answer; whether it stands in the EHR. */
async function sentWithoutAnswer(kept: boolean): Promise<string> {
  const { planId, step, name } = seededStep();
  fake.fault = (method) => (method === 'GET' ? none : { type: kept ? 'drop-after' : 'drop-before' });
  await bench.want(planId, [step]);
  expect(await whyOf(name)).toEqual({ state: 'unknown', why: { code: 'unclear' } });
  fake.fault = () => none;
  return name;
}

describe('a row waits', () => {
  it('for what it refers to in its group, and then for that by its state', async () => {
    await open();
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    fake.refuse = ({ resourceType }) => (resourceType === 'QuestionnaireResponse' ? 'not here' : undefined);
    const measure = `measure/${log.logId}.suds-peak`;
    const wait = (why: object) => ({ state: 'waiting', why });
    // the log may have to wait for its plan first
    await expect.poll(() => whyOf(measure)).toEqual(wait({ code: 'group' }));
    const missing = [{ artefact: 'log', state: 'rejected' }];
    await expect.poll(() => whyOf(measure)).toEqual(wait({ code: 'referenced', missing }));
  });

  it.each([['drop-before'], ['drop-after']] as const)(
    'for its plan, which was sent without an answer (%s)',
    async (type) => {
      await open();
      const plan = seededPlan();
      const log = seededLog(plan);
      fake.fault = (method, path) => (method === 'POST' && path.startsWith('CarePlan') ? { type } : none);
      await bench.want(plan.planId, plan.artefacts);
      await bench.deliver(1);
      await bench.want(plan.planId, log.artefacts);
      fake.fault = (_method, path) => (path.startsWith('CarePlan') ? { type: 'drop-before' } : none);
      const missing = [{ artefact: 'plan', state: 'unknown' }];
      expect(await whyOf(`log/${log.logId}`)).toEqual({ state: 'waiting', why: { code: 'plan', missing } });
    },
  );
});

describe('a row is unknown', () => {
  it('where the EHR shows it without an id that can be used', async () => {
    await open();
    const name = await sentWithoutAnswer(true);
    fake.fault = (method, path) => {
      if (method !== 'GET' || !path.startsWith('Task')) return none;
      const make: Extract<Fault, { type: 'answer' }>['make'] = ({ genuine }) => ({
        status: 200,
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(genuine?.body).replace(/"id":"[^"]+"/g, '"id":"no id/at all"'),
      });
      return { type: 'answer', after: true, make };
    };
    expect(await whyOf(name, 3)).toEqual({ state: 'unknown', why: { code: 'unnamed' } });
    expect(fake.all('Task')).toHaveLength(1);
  });

  it('where no search can tell whether it stands there', async () => {
    await open({ conditionalCreate: false }, { unsearchable: true });
    const name = await sentWithoutAnswer(true);
    expect(await whyOf(name, 3)).toEqual({ state: 'unknown', why: { code: 'unsearchable', type: 'Task' } });
    expect(fake.all('Task')).toHaveLength(1);
  });
});

describe('a row that a person withdrew', () => {
  /** It is looked for, whatever was withdrawn; and nothing is sent. */
  async function lookedFor(name: string, kept: boolean): Promise<void> {
    const before = writes();
    const found = { state: 'landed', why: null };
    const notFound = { state: 'withdrawn', why: { code: 'not-held' } };
    expect(await whyOf(name, 4)).toEqual(kept ? found : notFound);
    expect(writes()).toBe(before);
  }

  it.each([false, true])('after it was sent without an answer, and stands there: %s', async (kept) => {
    await open();
    const name = await sentWithoutAnswer(kept);
    await set('withdraw = true');
    await lookedFor(name, kept);
  });

  it.each([false, true])('and whose row was made anew, and stands there: %s', async (kept) => {
    await open();
    const { planId, step, name } = seededStep();
    await bench.want(planId, [step]);
    await bench.deliver();
    if (!kept) fake.stored.clear();
    const asNew =
      'sent = 0, landed = 0, ehr_reference = null, ehr_version = null, last_status = null, landed_at = null';
    await set(`state = 'unknown', reason_code = 'told-again', withdraw = true, ${asNew}`);
    await lookedFor(name, kept);
  });

  it('after the EHR said that it made it, and shows it nowhere', async () => {
    await open({}, { locations: 'silent', hidden: () => true });
    const { planId, step, name } = seededStep();
    await bench.want(planId, [step]);
    expect((await whyOf(name)).why).toMatchObject({ code: 'lost' });
    await set('withdraw = true');
    const before = writes();
    expect(await whyOf(name, 4)).toEqual({
      state: 'withdrawn',
      why: { code: 'withdrawn-lost', place: null },
    });
    expect(writes()).toBe(before);
  });
});

it('a row is pending, with why, between the refusal of what is advertised and the landing that follows', async () => {
  await open();
  const plan = seededPlan();
  // another one of its group keeps it from going on at once
  fake.fault = (method) => (method === 'GET' ? none : { type: 'status', status: writes() === 1 ? 405 : 503 });
  await bench.want(plan.planId, plan.artefacts.slice(1, 3));
  await bench.start().idle();
  const reasons = [...(await bench.ledger()).values()].map(({ state, why }) => ({ state, why }));
  const why = { code: 'contradicted', type: 'Task', interaction: 'create', status: 405 };
  expect(reasons).toContainEqual({ state: 'pending', why });
});

it('a row has landed by the report that tells it, and where that stands', async () => {
  await open({ types: ['DocumentReference'] });
  const { plan, planId } = seededPlan();
  await bench.want(planId, [plan]);
  expect(await whyOf(`plan/${planId}`)).toEqual({ state: 'waiting', why: { code: 'report' } });
  const report = seededReport();
  const members = [{ artefact: 'plan', id: planId, version: 1 }];
  await fileSeededReport(database, bench.tenant.id, { planId, id: report.id, members });
  await bench.want(planId, [report]);
  expect(await whyOf(`plan/${planId}`, 3)).toEqual({ state: 'landed', why: { code: 'told-in-report' } });
  const [note] = fake.all('DocumentReference');
  expect((await bench.ledger()).get(`plan/${planId}`)?.ehr_reference).toBe(`DocumentReference/${note?.id}`);
});
