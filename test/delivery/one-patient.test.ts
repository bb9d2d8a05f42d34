import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chartReader } from '../../src/delivery/chart-reader.ts';
import { whoseIs } from '../../src/delivery/whose.ts';
import type { Database } from '../../src/record/database/database.ts';
import { retryRow } from '../../src/record/ledger/retry.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

const sarah = { patientId: 'sarah', formerPatientIds: [] };
const recordOf = ({ database, clock, tenant, ehr }: DeliveryBench) =>
  openRecord({
    chart: chartReader({ database, ehrs: new Map([[tenant.id, ehr]]) }),
    ...{ database, clock, publicUrl: 'http://127.0.0.1:4000', responseSecret: 'x', verifyPatient: async () => 'known' },
    tenants: [{ id: tenant.id, name: 'Test', timeZone: 'UTC', language: 'en', sandbox: false }],
  });

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await bench?.close();
  await fake?.close();
});

async function open(offer: Partial<FakeOffer> = {}): Promise<void> {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base);
}

const servers: [string, Partial<FakeOffer>][] = [
  ['transactions and conditional create', {}],
  ['transactions only', { conditionalCreate: false }],
  ['batches', { transaction: false }],
  ['single writes', { transaction: false, batch: false }],
  ['single writes, nothing conditional', { transaction: false, batch: false, conditionalCreate: false }],
  [
    'single writes, no identifier search',
    { transaction: false, batch: false, conditionalCreate: false, searchByIdentifier: false },
  ],
];

/** The EHR's resources about somebody else. */
const ofTom = () =>
  [...fake.stored.values()]
    .filter((json) => (json.subject ?? json.for)?.reference === 'Patient/tom')
    .map((json) => ({ ...json }));

/** The same things under the same identifiers, as another deployment made them of another patient. */
function plantForTom(artefacts: readonly { resource: Record<string, unknown> & { resourceType: string } }[]): void {
  artefacts.forEach(({ resource }, index) => {
    const key = `${resource.resourceType}/tom-${index}`;
    const text = JSON.stringify(resource).replaceAll('Patient/sarah', 'Patient/tom');
    fake.stored.set(key, { ...JSON.parse(text), id: `tom-${index}`, meta: { versionId: '1' } });
  });
}

describe.each(servers)('an EHR with %s that holds our identifiers about another patient', (_name, offer) => {
  it('keeps the other patient’s resources as they are, and nothing of ours refers to them', async () => {
    await open(offer);
    const plan = seededPlan();
    const log = seededLog(plan);
    plantForTom([...plan.artefacts, ...log.artefacts]);
    const before = ofTom();
    expect(before).toHaveLength(7);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const ledger = await bench.deliver();
    expect(ofTom()).toEqual(before);
    const ours = [...fake.stored.values()].filter((json) => (json.subject ?? json.for)?.reference === 'Patient/sarah');
    expect(JSON.stringify(ours)).not.toMatch(/tom/);
    for (const row of ledger.values()) {
      expect(row.ehr_reference ?? '').not.toMatch(/tom/);
      if (row.state === 'landed') continue;
      expect(['unknown', 'waiting']).toContain(row.state);
      if (row.state === 'unknown') expect(row.why).toMatchObject({ code: 'foreign', about: 'another-patient' });
    }
  });
});

describe('what stands where ours stood', () => {
  it.each(servers)(
    'is read before it is written over: another patient’s by now is left alone (%s)',
    async (_name, offer) => {
      await open(offer);
      const plan = seededPlan();
      await bench.want(plan.planId, plan.artefacts);
      await bench.deliver();
      const place = (await bench.ledger()).get(`occurrence/${plan.occurrence}`)?.ehr_reference ?? '';
      // restored from a backup, the EHR has given the id, and by chance the version, to somebody else's Task
      const stranger = {
        resourceType: 'Task',
        id: place.slice(5),
        for: { reference: 'Patient/tom' },
        status: 'requested',
      };
      fake.stored.set(place, { ...stranger, meta: { versionId: '1' } });
      const changed = plan.task('occurrence', plan.occurrence, {
        partOf: [{ reference: `Task/${plan.first}` }],
        status: 'completed',
      });
      await bench.want(plan.planId, [changed]);
      const row = (await bench.deliver()).get(`occurrence/${plan.occurrence}`);
      expect([row?.state, row?.landed]).toEqual(['unknown', 1]);
      expect(row?.why).toEqual({ code: 'foreign', place, about: 'another-patient' });
      expect(fake.stored.get(place)).toEqual({ ...stranger, meta: { versionId: '1' } });
    },
  );

  it('is still ours when the EHR writes the reference whole or with a version', async () => {
    for (const reference of [
      `${'BASE'}/Patient/sarah`,
      'Patient/sarah/_history/7',
      `${'BASE'}/Patient/sarah/_history/7`,
    ]) {
      await open();
      const plan = seededPlan();
      await bench.want(plan.planId, plan.artefacts);
      const place = (await bench.deliver()).get(`occurrence/${plan.occurrence}`)?.ehr_reference ?? '';
      const there = fake.stored.get(place);
      fake.stored.set(place, { ...there, for: { reference: reference.replace('BASE', fake.base) } } as never);
      await bench.want(plan.planId, [
        plan.task('occurrence', plan.occurrence, {
          partOf: [{ reference: `Task/${plan.first}` }],
          status: 'completed',
        }),
      ]);
      const row = (await bench.deliver()).get(`occurrence/${plan.occurrence}`);
      expect([reference, row?.state, row?.landed]).toEqual([reference, 'landed', 2]);
      await bench.close();
      await fake.close();
    }
    await open();
  });

  it.each([
    ['the same id at another server', { reference: 'https://other.example/fhir/Patient/sarah' }],
    ['a patient whose id begins alike', { reference: 'Patient/sarah2' }],
    ['the server’s own path, longer', { reference: 'http://ehr.example/fhir/more/Patient/sarah' }],
    ['a group of that id', { reference: 'Group/sarah' }],
  ])('is another’s: %s', (_name, subject) => {
    expect(whoseIs({ resourceType: 'Observation', subject }, sarah, 'http://ehr.example/fhir')).toBe('other');
  });

  it.each([
    ['no subject at all', {}],
    ['an identifier alone', { subject: { identifier: { system: 'urn:mrn', value: '1' } } }],
    ['words', { subject: { display: 'Sarah' } }],
  ])('tells nothing: %s', (_name, more) => {
    expect(whoseIs({ resourceType: 'Observation', ...more }, sarah, 'http://ehr.example/fhir')).toBe('unsaid');
  });

  it('is looked for when it is not found there, and never made twice while the EHR does not show it', async () => {
    await open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    const place = (await bench.deliver()).get(`occurrence/${plan.occurrence}`)?.ehr_reference ?? '';
    fake.hidden = (reference) => reference === place;
    await bench.want(plan.planId, [
      plan.task('occurrence', plan.occurrence, { partOf: [{ reference: `Task/${plan.first}` }], status: 'completed' }),
    ]);
    const lost = (await bench.deliver(4)).get(`occurrence/${plan.occurrence}`);
    expect([lost?.state, lost?.ehr_reference]).toEqual(['unknown', place]);
    expect(lost?.why).toMatchObject({ code: 'lost', place });
    expect(fake.all('Task')).toHaveLength(3);
    // a replica that lagged has caught up
    fake.hidden = () => false;
    bench.clock.advance(10 * 60_000);
    const found = (await bench.deliver()).get(`occurrence/${plan.occurrence}`);
    expect([found?.state, found?.landed, found?.ehr_reference]).toEqual(['landed', 2, place]);
    expect(fake.all('Task')).toHaveLength(3);
  });
});

describe.each(['garbled', 'silent'] as const)('a 201 whose Location is %s', (locations) => {
  it.each(servers)('is never a reason to make it again, however long the search lags (%s)', async (_name, offer) => {
    await open(offer);
    fake.locations = locations;
    fake.hidden = (reference) => !reference.startsWith('Patient/');
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    const made = (ledger: Map<string, { state: string }>) => [...ledger.values()].map(({ state }) => state);
    const ledger = await bench.deliver(15);
    const written = fake.writes.length;
    expect(new Set(fake.writes).size).toBe(written);
    expect(made(ledger)).toContain('unknown');
    expect(made(ledger)).not.toContain('landed');
    const row = [...ledger.values()].find(({ state }) => state === 'unknown');
    expect(row?.why).toMatchObject({ code: 'lost', place: null, searchable: true });
    // the search has caught up
    fake.hidden = () => false;
    bench.clock.advance(10 * 60_000);
    const later = await bench.deliver(15);
    expect(new Set(made(later))).toEqual(new Set(['landed']));
    expect(new Set(fake.writes).size).toBe(fake.writes.length);
    expect([fake.all('CarePlan').length, fake.all('Task').length]).toEqual([1, 3]);
  });

  it('is not made again where no search could tell, and a person may say that it is not there', async () => {
    await open({ transaction: false, batch: false, conditionalCreate: false });
    fake.locations = locations;
    fake.unsearchable = true;
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.task('assignment', plan.first, {})]);
    const row = (await bench.deliver(6)).get(`assignment/${plan.first}`);
    expect([row?.state, fake.all('Task').length]).toEqual(['unknown', 1]);
    expect(row?.why).toMatchObject({ code: 'lost', searchable: false });
    fake.stored.clear();
    fake.locations = 'said';
    const record = recordOf(bench);
    const key = { artefact: 'assignment', id: plan.first } as const;
    await retryRow(record, bench.tenant.id, key);
    expect((await bench.deliver(3)).get(`assignment/${plan.first}`)?.state).toBe('unknown');
    await retryRow(record, bench.tenant.id, { ...key, notThere: true, by: 'Practitioner/integration-haddad' });
    const again = (await bench.deliver(3)).get(`assignment/${plan.first}`);
    expect([again?.state, fake.all('Task').length]).toEqual(['landed', 1]);
    await expect(retryRow(record, bench.tenant.id, { ...key, notThere: true })).rejects.toThrow('Cannot retry');
  });

  it('stays remembered while the EHR is down in between', async () => {
    await open({ transaction: false, batch: false, conditionalCreate: false });
    fake.locations = locations;
    fake.hidden = () => true;
    const plan = seededPlan();
    await bench.want(plan.planId, [plan.task('assignment', plan.first, {})]);
    await bench.deliver(2);
    fake.fault = () => ({ type: 'status', status: 503 });
    bench.clock.advance(10 * 60_000);
    await bench.deliver(3);
    fake.fault = () => ({ type: 'none' });
    bench.clock.advance(10 * 60_000);
    const row = (await bench.deliver(3)).get(`assignment/${plan.first}`);
    expect([row?.state, fake.all('Task').length]).toEqual(['unknown', 1]);
  });
});
