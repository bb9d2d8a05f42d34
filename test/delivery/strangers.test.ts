import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { readStanding } from '../../src/record/patient/read-standing.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type Fault, type RawAnswer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';
import { seededReport } from './seed-report.ts';

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  fake = await FakeEhr.start();
  bench = await DeliveryBench.open(database, fake.base);
});
afterEach(async () => {
  await bench.close();
  await fake.close();
});
const use = async (offer: Parameters<typeof FakeEhr.start>[0]): Promise<void> => {
  await bench.close();
  await fake.close();
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base);
};

/** A resource that refers to nothing else. */
const step = (plan: ReturnType<typeof seededPlan>, description = 'watch') =>
  plan.task('assignment', plan.first, { description });
const keyOf = ({ first }: { first: string }) => `assignment/${first}`;

const none: Fault = { type: 'none' };
const say = (answer: RawAnswer, after = false): Fault => ({ type: 'answer', after, make: () => answer });
/** What a gateway makes of the address that it was asked for. */
const page = (status: number, headers: Record<string, string> = {}): RawAnswer => ({
  ...{ status, headers: { 'content-type': 'text/html', ...headers } },
  body: '<title>404 Not Found</title><p>/fhir/Patient/sarah?name=Lindqvist was not found here, Homework neither</p>',
});
const states = async () => [...new Set([...(await bench.ledger()).values()].map(({ state }) => state))];
const isPatient = (path: string): boolean => path.startsWith('Patient/');

describe('a gateway that answers writes in the EHR’s place', () => {
  it.each([404, 403, 405, 501, 422, 302, 200])(
    'with %i makes the tenant wait, is told to people, and to the log without words',
    async (status) => {
      fake.fault = (method) => (method === 'POST' ? say(page(status)) : none);
      for (let n = 0; n < 5; n += 1) {
        const plan = seededPlan();
        await bench.want(plan.planId, [step(plan)]);
      }
      const ledger = await bench.deliver(3);
      expect(ledger.size).toBe(5);
      // one at a time, after a pause each
      expect(fake.requests.filter(({ method }) => method === 'POST').length).toBeLessThan(9);
      expect([...(await states())].every((state) => state === 'unknown' || state === 'pending')).toBe(true);
      expect(await bench.ehr.corrections()).toEqual([]);
      const [stranger] = bench.ehr.strangers();
      expect(stranger).toMatchObject({ lane: 'write', status, contentType: 'text/html', words: '404 Not Found' });
      const told = [...ledger.values()].find(({ state }) => state === 'unknown');
      expect(told?.last_outcome).toMatch(`HTTP ${status} text/html, not the EHR's answer`);
      expect(told?.last_outcome).not.toMatch(/sarah|Lindqvist|Homework/);
      expect(bench.logged.filter((line) => line.includes('something else than the EHR'))).toHaveLength(1);
      expect(bench.logged.join()).not.toMatch(/sarah|Lindqvist|Homework|Not Found/);
      fake.fault = () => none;
      await bench.deliver(20);
      expect(await states()).toEqual(['landed']);
      expect(fake.writes).toHaveLength(5);
      expect(bench.ehr.strangers()).toEqual([]);
    },
  );

  it('is given the time that it asks for', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    fake.fault = (method) => (method === 'POST' ? say(page(503, { 'retry-after': '240' })) : none);
    await bench.deliver(1);
    const asked = fake.requests.length;
    fake.fault = () => none;
    bench.clock.advance(-10 * 60_000 + 200_000);
    await bench.delivery?.idle();
    expect(fake.requests).toHaveLength(asked);
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
  });

  it('after the EHR took it: what it took is found, and nothing is made twice', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    let left = 1;
    fake.fault = (method) => (method === 'POST' && left-- > 0 ? say(page(400), true) : none);
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.writes).toHaveLength(1);
  });
});

describe('a gateway that answers reads in the EHR’s place', () => {
  it.each([404, 410, 302, 200, 403])('with %i says nothing of the patient', async (status) => {
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    fake.fault = (_method, path) =>
      isPatient(path) ? say(page(status, { location: 'https://login.example/' })) : none;
    const row = (await bench.deliver(3)).get(keyOf(plan));
    expect(row).toMatchObject({ state: 'pending', last_status: null });
    expect(row?.why).toMatchObject({ code: 'ehr', status, contentType: 'text/html' });
    expect(row?.reason).toMatch(`it waits until the EHR answers: HTTP ${status} text/html`);
    expect(fake.writes).toEqual([]);
    expect(await readStanding(database, bench.tenant.id, 'sarah')).toMatchObject({ state: 'current' });
    expect(await bench.ehr.standingOf('sarah')).toEqual({ answer: 'unreachable' });
    expect(bench.ehr.strangers()).toMatchObject([{ lane: 'read', status }]);
    fake.fault = () => none;
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
  });

  it.each([302, 303, 307, 308])('%i to another patient of this EHR is still its word', async (status) => {
    fake.fault = (_method, path) =>
      isPatient(path) ? say({ status, headers: { location: `${fake.base}/Patient/survivor` } }) : none;
    expect(await bench.ehr.standingOf('sarah')).toMatchObject({ answer: 'known', standing: { state: 'merged' } });
  });

  it.each<[string, RawAnswer]>([
    ['a page with 200', page(200)],
    ['a page with 404', page(404)],
    ['nothing with 404', { status: 404 }],
    ['a search that says that it failed', failedSearch()],
    ['a Bundle of another kind', { status: 200, body: '{"resourceType":"Bundle","type":"batch-response"}' }],
  ])('%s is not "nothing found": nothing is made anew', async (_what, answer) => {
    await use({ conditionalCreate: false });
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    await bench.crashAtAnswer(1);
    expect(fake.writes).toHaveLength(1);
    fake.fault = (method, path) => (method === 'GET' && !isPatient(path) ? say(answer) : none);
    expect((await bench.deliver(4)).get(keyOf(plan))?.state).toBe('unknown');
    fake.fault = () => none;
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.writes).toHaveLength(1);
  });

  it('an EHR whose own 404 is a page is searched instead, and what is not found there stays a doubt', async () => {
    await use({ transaction: false, batch: false });
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    await bench.deliver();
    await bench.want(plan.planId, [step(plan, 'changed')]);
    fake.fault = (method, path) => (method === 'GET' && path.startsWith('Task/') ? say(page(404)) : none);
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.all('Task')).toMatchObject([{ description: 'changed' }]);
    const [[key] = ['']] = [...fake.stored].filter(([key]) => key.startsWith('Task/'));
    fake.stored.delete(key);
    await bench.want(plan.planId, [step(plan)]);
    const row = (await bench.deliver(4)).get(keyOf(plan));
    // the page did not say that it is gone, so nobody is told that it is
    expect(row).toMatchObject({ state: 'pending', landed: 2 });
    expect(row?.last_outcome).toMatch(/^HTTP 404 text\/html, not the EHR's answer/);
    expect(fake.writes.filter((line) => line.startsWith('create'))).toHaveLength(1);
  });

  it.each<[string, RawAnswer]>([
    ['a login', page(200)],
    ['a login with 302', page(302)],
    ['nothing with 404', { status: 404 }],
  ])('%s in place of a document does not double a note', async (_what, answer) => {
    await use({ types: ['DocumentReference', 'Observation'], conditionalCreate: false, searchByIdentifier: false });
    fake.binaries = true;
    const { planId } = seededPlan();
    await bench.want(planId, [seededReport()]);
    await bench.crashAtAnswer(1);
    expect(fake.writes).toHaveLength(1);
    fake.fault = (_method, path) => (path.startsWith('Binary/') ? say(answer) : none);
    await bench.deliver(4);
    expect(fake.writes).toHaveLength(1);
    fake.fault = () => none;
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.writes).toHaveLength(1);
  });
});

describe('a success that says where, and is not believed', () => {
  it.each(['http://inside:8080/fhir/', 'https://elsewhere.example/r4/'])(
    'is read at that id in this EHR, also where nothing can be searched: %s',
    async (inside) => {
      await use({ transaction: false, batch: false });
      fake.unsearchable = true;
      const plan = seededPlan();
      await bench.want(plan.planId, [step(plan)]);
      const location = (headers: Record<string, string> | undefined) => `${inside}${headers?.location}`;
      fake.fault = (method) =>
        method === 'POST'
          ? {
              type: 'answer',
              after: true,
              make: ({ genuine }) => ({ status: 201, headers: { location: location(genuine?.headers) } }),
            }
          : none;
      const row = (await bench.deliver(1)).get(keyOf(plan));
      expect(row).toMatchObject({ state: 'landed', ehr_reference: 'Task/1' });
      expect(fake.writes).toHaveLength(1);
    },
  );

  it('and what stands at that id is not taken for ours without our name', async () => {
    await use({ transaction: false, batch: false });
    fake.unsearchable = true;
    fake.stored.set('Task/x9', {
      ...{ resourceType: 'Task', id: 'x9', meta: { versionId: '1' }, status: 'requested', intent: 'order' },
      for: { reference: 'Patient/sarah' },
    });
    const plan = seededPlan();
    await bench.want(plan.planId, [step(plan)]);
    fake.fault = (method) =>
      method === 'POST' ? say({ status: 201, headers: { location: 'http://inside/fhir/Task/x9' } }) : none;
    const row = (await bench.deliver(2)).get(keyOf(plan));
    expect(row).toMatchObject({ state: 'unknown', landed: 0 });
    expect(fake.stored.get('Task/x9')?.identifier).toBeUndefined();
  });
});

describe('the ordinary case', () => {
  it('asks for no proof that was given: one read of the patient and one write', async () => {
    const plan = seededPlan();
    await bench.want(plan.planId, [...plan.artefacts, ...seededLog(plan).artefacts]);
    await bench.deliver();
    expect(await states()).toEqual(['landed']);
    expect(fake.requests.map(({ method, path }) => `${method} ${path.split('/')[0]}`)).toEqual(
      expect.arrayContaining(['GET Patient', 'POST ']),
    );
    expect(fake.requests.filter(({ path }) => path.includes('?'))).toEqual([]);
  });
});

function failedSearch(): RawAnswer {
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };
  const bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: [{ search: { mode: 'outcome' }, resource: outcome }],
  };
  return { status: 200, headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(bundle) };
}
