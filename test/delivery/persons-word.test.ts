import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chartReader } from '../../src/delivery/chart-reader.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { confirmRow } from '../../src/record/ledger/confirm.ts';
import type { LedgerKey } from '../../src/record/ledger/ledger-row.ts';
import { retryRow } from '../../src/record/ledger/retry.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { FakeEhr, type FakeOffer } from './fake-ehr.ts';
import { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan, verifiedPatient } from './seed-record.ts';
import { seededReport } from './seed-report.ts';

let database: Database;
let fake: FakeEhr;
let bench: DeliveryBench;
let record: HomeworkRecord;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await bench.close();
  await fake.close();
});

async function open(offer: Partial<FakeOffer> = {}): Promise<void> {
  fake = await FakeEhr.start(offer);
  bench = await DeliveryBench.open(database, fake.base);
  await verifiedPatient(database, bench.tenant.id, bench.clock.now(), 'marcus-bell');
  record = openRecord({
    ...{ database, clock: bench.clock, publicUrl: 'https://homework.example', responseSecret: 'only-for-tests' },
    tenants: [{ id: bench.tenant.id, name: 'Clinic', timeZone: 'UTC', language: 'en', sandbox: false }],
    chart: chartReader({ database, ehrs: new Map([[bench.tenant.id, bench.ehr]]) }),
  });
}

/** Its last write had no clear answer, and nobody knows where it stands. @returns where it does */
async function forget({ artefact, id }: LedgerKey): Promise<string> {
  const place = (await bench.ledger()).get(`${artefact}/${id}`)?.ehr_reference ?? '';
  await database.query(
    `update ledger set state = 'unknown', landed = 0, ehr_reference = null, ehr_version = null
     where tenant = $1 and artefact = $2 and id = $3`,
    [bench.tenant.id, artefact, id],
  );
  return place;
}
const confirm = (key: LedgerKey, reference: string) => confirmRow(record, bench.tenant.id, { ...key, reference });
const refusal = async (decided: Promise<unknown>) =>
  decided.then(
    () => 'taken',
    ({ code, fields }) => [code, fields.differs ?? fields.references ?? null],
  );

describe('a person says where it stands', () => {
  it('is believed only of a resource of that type, under our identifier, about that patient', async () => {
    await open();
    const plan = seededPlan();
    const others = seededPlan(undefined, 'marcus-bell');
    await bench.want(plan.planId, plan.artefacts);
    await bench.want(others.planId, others.artefacts, 'marcus-bell');
    const landed = await bench.deliver();
    const placeOf = (artefact: string, id: string) => landed.get(`${artefact}/${id}`)?.ehr_reference ?? '';
    const key = { artefact: 'assignment', id: plan.first };
    const own = await forget(key);
    const writes = fake.writes.length;

    expect(await refusal(confirm(key, 'Patient/sarah'))).toEqual(['place-mismatch', ['type', 'identifier', 'patient']]);
    expect(await refusal(confirm(key, placeOf('assignment', others.first)))).toEqual([
      'place-mismatch',
      ['identifier', 'patient'],
    ]);
    expect(await refusal(confirm(key, placeOf('assignment', plan.second)))).toEqual(['place-mismatch', ['identifier']]);
    expect(await refusal(confirm(key, placeOf('plan', plan.planId)))).toEqual([
      'place-mismatch',
      ['type', 'identifier'],
    ]);
    expect(await refusal(confirm(key, 'Task/none'))).toEqual(['place-mismatch', ['absent']]);
    expect((await bench.ledger()).get(`assignment/${plan.first}`)).toMatchObject({ state: 'unknown' });

    expect(await confirm(key, own)).toMatchObject({ state: 'landed', ehrReference: own, ehrVersion: '1' });
    expect(fake.writes).toHaveLength(writes);
  });

  it('with our identifier and another patient it is not theirs either', async () => {
    await open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const key = { artefact: 'assignment', id: plan.second };
    const own = await forget(key);
    fake.stored.set(own, { ...fake.stored.get(own), for: { reference: 'Patient/marcus-bell' } });
    expect(await refusal(confirm(key, own))).toEqual(['place-mismatch', ['patient']]);
    fake.stored.set(own, {
      ...fake.stored.get(own),
      for: { reference: 'https://elsewhere.example/fhir/Patient/sarah' },
    });
    expect(await refusal(confirm(key, own))).toEqual(['place-mismatch', ['patient']]);
  });

  it.each([
    ['DocumentReference', false],
    ['DocumentReference', true],
    ['Communication', false],
  ])('a report as %s is told by its mark (attachments apart: %s)', async (type, binaries) => {
    await open({ types: [type] });
    fake.binaries = binaries;
    const [report, other] = [seededReport(), seededReport()];
    await bench.want('p', [report, other]);
    await bench.deliver();
    const place = await forget({ artefact: 'report', id: report.id });
    const others = await forget({ artefact: 'report', id: other.id });
    expect(await refusal(confirm({ artefact: 'report', id: report.id }, others))).toEqual([
      'place-mismatch',
      ['identifier'],
    ]);
    expect(await confirm({ artefact: 'report', id: report.id }, place)).toMatchObject({ state: 'landed' });
  });

  it('where the EHR keeps no identifiers, what says to the letter what was sent is believed', async () => {
    await open();
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    await bench.deliver();
    const key = { artefact: 'measure', id: `${log.logId}.suds-peak` };
    const place = await forget(key);
    const { identifier: _dropped, ...kept } = fake.stored.get(place) ?? {};
    fake.stored.set(place, { ...kept, valueInteger: 12 });
    expect(await refusal(confirm(key, place))).toEqual(['place-mismatch', ['identifier']]);
    fake.stored.set(place, kept);
    expect(await confirm(key, place)).toMatchObject({ state: 'landed' });
  });

  it.each([
    ['does not answer', { type: 'drop-before' }],
    ['says later', { type: 'status', status: 503 }],
  ] as const)('an EHR that %s confirms nothing, and the same word passes afterwards', async (_, fault) => {
    await open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const key = { artefact: 'occurrence', id: plan.occurrence };
    const place = await forget(key);
    fake.fault = () => fault;
    expect(await refusal(confirm(key, place))).toEqual(['ehr-unreachable', null]);
    fake.fault = () => ({ type: 'none' });
    expect(await confirm(key, place)).toMatchObject({ state: 'landed' });
  });
});

describe('a person says that it is not there', () => {
  const notThere = (key: LedgerKey) => retryRow(record, bench.tenant.id, { ...key, notThere: true });

  it.each([true, false])('and is told when it is (identifiers can be searched: %s)', async (searchByIdentifier) => {
    await open({ searchByIdentifier, conditionalCreate: false });
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const key = { artefact: 'assignment', id: plan.first };
    const place = await forget(key);
    expect(await refusal(notThere(key))).toEqual(['stands-in-ehr', [place]]);
    fake.stored.delete(place);
    expect(await notThere(key)).toMatchObject({ state: 'pending' });
    expect((await bench.deliver()).get(`assignment/${plan.first}`)).toMatchObject({ state: 'landed' });
    expect(fake.all('Task').filter(({ description }) => description === 'watch')).toHaveLength(1);
  });

  it('is the last word where no search can tell, and none while the EHR is down', async () => {
    await open({ conditionalCreate: false });
    fake.unsearchable = true;
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const key = { artefact: 'assignment', id: plan.second };
    fake.stored.delete(await forget(key));
    expect(await notThere(key)).toMatchObject({ state: 'pending' });
    const other = { artefact: 'plan', id: plan.planId };
    const place = await forget(other);
    await database.query('update ledger set ehr_reference = $2 where tenant = $1 and id = $3', [
      ...[bench.tenant.id, place, plan.planId],
    ]);
    fake.fault = () => ({ type: 'drop-before' });
    expect(await refusal(notThere(other))).toEqual(['ehr-unreachable', null]);
    fake.fault = () => ({ type: 'none' });
    expect(await refusal(notThere(other))).toEqual(['stands-in-ehr', [place]]);
  });
});
