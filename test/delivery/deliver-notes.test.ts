import { describe, expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';
import { fileSeededReport, seededReport } from './seed-report.ts';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;

async function open(types: readonly string[], more: { traits?: object; tenant?: object } = {}): Promise<void> {
  const offer = { types, transaction: false, batch: false, conditionalCreate: false };
  ({ fake, bench } = await tests.open(offer, more.tenant === undefined ? {} : { tenant: more.tenant }));
  // what a vendor file would say
  Object.assign(bench.ehr, { traits: { ...generic, ...more.traits } });
}
const textOf = (note: { content: { attachment: { data: string } }[] } | undefined) =>
  Buffer.from(note?.content[0]?.attachment.data ?? '', 'base64').toString();

describe('a report', () => {
  it('is filed in the formats that this EHR takes, plain text first', async () => {
    await open(['DocumentReference']);
    await bench.want('p', [seededReport()]);
    await bench.deliver();
    const [note] = fake.all('DocumentReference');
    expect(note?.content).toHaveLength(1);
    expect(textOf(note as never)).toContain('Done: 3 of 4.');
  });

  it('is sent as a message where no notes are taken, and tells what has no resource here', async () => {
    await open(['Communication']);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    const before = await bench.deliver();
    expect(before.get(`plan/${plan.planId}`)).toMatchObject({ state: 'waiting', landing: 'communication' });
    const report = seededReport();
    const members = [...before.values()].map(({ artefact, id, wanted }) => ({ artefact, id, version: wanted }));
    await fileSeededReport(tests.database, bench.tenant.id, { planId: plan.planId, id: report.id, members });
    await bench.want(plan.planId, [report]);
    const ledger = await bench.deliver();
    expect(new Set([...ledger.values()].map(({ state, landing }) => `${state} ${landing}`))).toEqual(
      new Set(['landed communication']),
    );
    const [message, ...others] = fake.all('Communication');
    expect(others).toEqual([]);
    expect(message).toMatchObject({ status: 'completed', subject: { reference: 'Patient/sarah' } });
    expect(message?.payload[0].contentString).toMatch(/Done: 3 of 4\.[\s\S]*\[IS:.*:v1\]\n$/);
    expect(ledger.get(`assignment/${plan.first}`)?.ehr_reference).toBe(`Communication/${message?.id}`);
  });

  it('is no place to refer to: a measure that changes after it never names the note for what the note tells', async () => {
    await open(['Observation', 'DocumentReference']);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const before = await bench.deliver();
    const members = [...before.values()]
      .filter(({ state }) => state === 'waiting')
      .map(({ artefact, id, wanted }) => ({ artefact, id, version: wanted }));
    const report = seededReport();
    await fileSeededReport(tests.database, bench.tenant.id, { planId: plan.planId, id: report.id, members });
    await bench.want(plan.planId, [report]);
    const told = await bench.deliver();
    expect(told.get(`log/${log.logId}`)?.ehr_reference).toMatch(/^DocumentReference\//);
    const [measure] = log.artefacts.filter(({ artefact }) => artefact === 'measure');
    if (measure === undefined) throw new Error('the seeded log has no measure');
    expect(JSON.stringify(measure.resource)).toContain(`QuestionnaireResponse/${log.logId}`);
    const basedOn = [{ reference: `CarePlan/${plan.planId}` }];
    await bench.want(plan.planId, [{ ...measure, resource: { ...measure.resource, basedOn, valueInteger: 41 } }]);
    const ledger = await bench.deliver();
    expect(ledger.get(`measure/${measure.id}`)).toMatchObject({ state: 'landed', landed: 2 });
    const changed = fake.all('Observation').find(({ valueInteger }) => valueInteger === 41);
    expect(changed?.subject).toEqual({ reference: 'Patient/sarah' });
    expect(JSON.stringify(changed)).not.toMatch(/DocumentReference|CarePlan/);
  });

  it.each([
    ['Communication', false],
    ['DocumentReference', false],
    ['DocumentReference', true],
  ])('as a %s is found by its mark after a lost answer (attachment apart: %s)', async (type, binaries) => {
    await open([type]);
    fake.binaries = binaries;
    fake.offer = { ...fake.offer, searchByIdentifier: false };
    await bench.want('p', [seededReport()]);
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.deliver(1);
    fake.fault = () => ({ type: 'none' });
    expect(new Set([...(await bench.deliver()).values()].map(({ state }) => state))).toEqual(new Set(['landed']));
    expect(fake.writes).toHaveLength(1);
  });

  it('that no search could find is sent once, and stands as unknown after a lost answer', async () => {
    await open(['Communication']);
    fake.unsearchable = true;
    const [first, second] = [seededReport(), seededReport()];
    await bench.want('p', [first]);
    expect((await bench.deliver()).get(`report/${first.id}`)).toMatchObject({ state: 'landed' });
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.want('p', [second]);
    await bench.deliver(1);
    fake.fault = () => ({ type: 'none' });
    expect((await bench.deliver()).get(`report/${second.id}`)).toMatchObject({ state: 'unknown' });
    expect(fake.writes).toHaveLength(2);
  });

  it('of which a new version is wanted is a note of its own where notes cannot be updated, once', async () => {
    await open(['DocumentReference']);
    fake.createOnly = true;
    const first = seededReport('r');
    await bench.want('p', [first]);
    await bench.deliver();
    const text = Buffer.from('Done: 4 of 4.\n[IS:r:v2]\n').toString('base64');
    const content = [{ attachment: { contentType: 'text/plain', data: text } }];
    await bench.want('p', [{ ...first, resource: { ...first.resource, content } }]);
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.deliver(1);
    fake.fault = () => ({ type: 'none' });
    const row = (await bench.deliver()).get('report/r');
    expect(row).toMatchObject({ state: 'landed', landed: 2 });
    const notes = fake.all('DocumentReference');
    expect(notes).toHaveLength(2);
    expect(row?.ehr_reference).toBe(`DocumentReference/${notes[1]?.id}`);
    expect(fake.requests.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('whose attachment cannot be read now is not filed again meanwhile', async () => {
    await open(['DocumentReference']);
    fake.binaries = true;
    await bench.want('p', [seededReport()]);
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await bench.deliver(1);
    fake.fault = (_method, path) => (path.startsWith('Binary') ? { type: 'status', status: 503 } : { type: 'none' });
    await bench.deliver(3);
    expect(fake.writes).toHaveLength(1);
    fake.fault = () => ({ type: 'none' });
    expect(new Set([...(await bench.deliver()).values()].map(({ state }) => state))).toEqual(new Set(['landed']));
    expect(fake.writes).toHaveLength(1);
  });
});

describe('an EHR that wants an encounter named', () => {
  const encounter = (id: string, start: string, status = 'in-progress') =>
    fake.stored.set(`Encounter/${id}`, {
      ...{ resourceType: 'Encounter', id, status, period: { start } },
      subject: { reference: 'Patient/sarah' },
    });
  const rule = async (encounterRule: string): Promise<void> => {
    await open(['DocumentReference', 'Encounter'], {
      traits: { needsEncounter: ['DocumentReference'] },
      tenant: { encounterRule },
    });
    await bench.want('p', [seededReport('r')]);
  };
  const filed = () => fake.all('DocumentReference')[0]?.context.encounter[0].reference;

  it('latest-open: gets the one that began last and is open; without one, the report waits and says so', async () => {
    await rule('latest-open');
    encounter('over', '2026-03-01T10:00:00Z', 'finished');
    const waiting = (await bench.deliver(3)).get('report/r');
    expect(waiting).toMatchObject({ state: 'waiting' });
    expect(waiting?.why).toEqual({ code: 'encounter', rule: 'latest-open' });
    expect(fake.writes).toEqual([]);
    encounter('early', '2026-02-20T10:00:00Z');
    encounter('late', '2026-02-27T10:00:00Z');
    expect((await bench.deliver()).get('report/r')).toMatchObject({ state: 'landed' });
    expect(filed()).toBe('Encounter/late');
  });

  it('latest-open: one that is on leave is open; one that was called off, planned or a mistake is not', async () => {
    await rule('latest-open');
    for (const status of ['planned', 'arrived', 'triaged', 'cancelled', 'entered-in-error']) {
      encounter(status, '2026-03-01T10:00:00Z', status);
    }
    expect((await bench.deliver(3)).get('report/r')).toMatchObject({ state: 'waiting' });
    encounter('away', '2026-02-20T10:00:00Z', 'onleave');
    expect((await bench.deliver()).get('report/r')).toMatchObject({ state: 'landed' });
    expect(filed()).toBe('Encounter/away');
  });

  it('next-opened: gets the first that began after the report was written', async () => {
    await rule('next-opened');
    encounter('before', '2026-03-02T14:00:00Z');
    expect((await bench.deliver(3)).get('report/r')).toMatchObject({ state: 'waiting' });
    encounter('second', '2026-03-09T15:00:00Z');
    encounter('first', '2026-03-04T15:00:00Z');
    expect((await bench.deliver()).get('report/r')).toMatchObject({ state: 'landed' });
    expect(filed()).toBe('Encounter/first');
  });

  it('ask: waits for the one that a person chooses', async () => {
    await rule('ask');
    encounter('open', '2026-03-02T14:00:00Z');
    const waiting = (await bench.deliver(3)).get('report/r');
    expect(waiting?.why).toEqual({ code: 'encounter-choice' });
    const report = seededReport('r');
    const chosen = { ...report.resource, context: { encounter: [{ reference: 'Encounter/open' }] } };
    await bench.want('p', [{ ...report, resource: chosen }]);
    expect((await bench.deliver()).get('report/r')).toMatchObject({ state: 'landed' });
    expect(filed()).toBe('Encounter/open');
  });
});

describe('an EHR whose observations are rows that the customer built', () => {
  it('gets those that a row was built for, as that row; the report tells the others', async () => {
    await open(['Observation', 'DocumentReference'], {
      traits: { observationRowsOnly: true },
      tenant: { observationRows: { 'suds-peak': { system: 'urn:oid:1.2.3', code: '77' } } },
    });
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const ledger = await bench.deliver();
    expect(ledger.get(`measure/${log.logId}.suds-peak`)).toMatchObject({ state: 'landed', landing: 'observation' });
    expect(ledger.get(`measure/${log.logId}.suds-before`)).toMatchObject({ state: 'waiting', landing: 'note' });
    const [row, ...others] = fake.all('Observation');
    expect(others).toEqual([]);
    expect(row?.code.coding[0]).toEqual({ system: 'urn:oid:1.2.3', code: '77' });
    expect(row?.code.coding[1]).toMatchObject({ code: 'suds-peak' });
    expect(row?.category[0].coding[0].code).toBe('vital-signs');
  });
});
