import { describe, expect, it } from 'vitest';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr, FakeOffer } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { seededLog, seededPlan } from './seed-record.ts';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;

async function open(offer: Partial<FakeOffer> = {}): Promise<void> {
  ({ fake, bench } = await tests.open(offer));
}

const statesOf = (ledger: Map<string, { state: string }>) => [
  ...new Set([...ledger.values()].map(({ state }) => state)),
];

const servers: [string, Partial<FakeOffer>][] = [
  ['transactions and conditional create', {}],
  ['transactions only', { conditionalCreate: false }],
  ['batches', { transaction: false }],
  ['single writes', { transaction: false, batch: false }],
  [
    'single writes, no identifier search',
    { transaction: false, batch: false, conditionalCreate: false, searchByIdentifier: false },
  ],
];

describe.each(servers)('native landing on an EHR with %s', (_name, offer) => {
  it('brings a plan and its log there once each, with references that hold', async () => {
    await open(offer);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...log.artefacts, ...plan.artefacts]);
    const ledger = await bench.deliver();
    expect(statesOf(ledger)).toEqual(['landed']);
    expect(fake.all('Task')).toHaveLength(3);
    const [carePlan] = fake.all('CarePlan');
    const tasks = new Map(fake.all('Task').map((task) => [fake.identifierOf(task)?.split('|')[1], `Task/${task.id}`]));
    expect(
      carePlan?.activity.map((activity: { reference: { reference: string } }) => activity.reference.reference),
    ).toEqual([tasks.get(plan.first), tasks.get(plan.second)]);
    const [response] = fake.all('QuestionnaireResponse');
    expect(response?.basedOn).toEqual([{ reference: `CarePlan/${carePlan?.id}` }]);
    expect(response?.extension[0].extension[0].valueReference).toEqual({ reference: tasks.get(plan.occurrence) });
    for (const observation of fake.all('Observation')) {
      expect(observation.derivedFrom).toEqual([{ reference: `QuestionnaireResponse/${response?.id}` }]);
    }
    expect(fake.writes).toHaveLength(7);
    const row = ledger.get(`plan/${plan.planId}`);
    expect(row).toMatchObject({
      landing: 'native',
      landed: 1,
      sent: 1,
      ehr_reference: `CarePlan/${carePlan?.id}`,
      ehr_version: '1',
    });
  });

  it('brings measures that are made of others there, with references to where those stand', async () => {
    await open(offer);
    const plan = seededPlan();
    const log = seededLog(plan);
    const [, before] = log.artefacts;
    if (before === undefined) throw new Error('the log has measures');
    const made = (linkId: string, more: object) => ({
      ...{ ...before, id: `${log.logId}.${linkId}` },
      resource: {
        ...before.resource,
        identifier: [{ system: 'https://intersession.dev/id/measure', value: `${log.logId}#${linkId}` }],
        ...more,
      },
    });
    const to = (id: string) => ({ reference: `Observation/${id}` });
    const response = { reference: `QuestionnaireResponse/${log.logId}` };
    const total = made('total', { derivedFrom: [response, to(before.id)] });
    const panel = made('panel', { hasMember: [to(before.id), to(total.id)] });
    await bench.want(plan.planId, [panel, total, ...log.artefacts, ...plan.artefacts]);
    const ledger = await bench.deliver();
    expect(statesOf(ledger)).toEqual(['landed']);
    const placed = (linkId: string) => ledger.get(`measure/${log.logId}.${linkId}`)?.ehr_reference;
    const stands = (linkId: string) => fake.all('Observation').find(({ id }) => `Observation/${id}` === placed(linkId));
    expect(stands('total')?.derivedFrom?.[1]?.reference).toBe(placed('suds-before'));
    expect(stands('panel')?.hasMember).toEqual([{ reference: placed('suds-before') }, { reference: placed('total') }]);
  });

  it('makes nothing twice and no new version after our database was lost and told again', async () => {
    await open(offer);
    const plan = seededPlan();
    const log = seededLog(plan);
    const everything = [...plan.artefacts, ...log.artefacts];
    await bench.want(plan.planId, everything);
    await bench.deliver();
    const before = [...fake.writes];
    await bench.lose();
    await bench.want(plan.planId, everything);
    const ledger = await bench.deliver();
    expect(statesOf(ledger)).toEqual(['landed']);
    expect(fake.writes).toEqual(before);
    expect(ledger.get(`plan/${plan.planId}`)?.ehr_reference).toBe(`CarePlan/${fake.all('CarePlan')[0]?.id}`);
  });

  it('updates what stands there with an older content, also at first contact', async () => {
    await open(offer);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    await bench.lose();
    const changed = { ...plan.plan, resource: { ...plan.plan.resource, title: 'Homework, retold' } };
    await bench.want(plan.planId, [...plan.artefacts.slice(1), changed]);
    await bench.deliver();
    expect(fake.all('CarePlan').map(({ title, meta }) => [title, meta.versionId])).toEqual([['Homework, retold', '2']]);
    expect(fake.writes).toHaveLength(5);
  });

  it('sends an update with the version it knows, and reads anew when that is stale', async () => {
    await open(offer);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const [carePlan] = fake.all('CarePlan');
    fake.stored.set(`CarePlan/${carePlan?.id}`, { ...carePlan, title: 'edited there', meta: { versionId: '7' } });
    const changed = { ...plan.plan, resource: { ...plan.plan.resource, title: 'second thoughts' } };
    await bench.want(plan.planId, [changed]);
    const ledger = await bench.deliver();
    expect(fake.all('CarePlan')[0]).toMatchObject({ title: 'second thoughts', meta: { versionId: '8' } });
    expect(ledger.get(`plan/${plan.planId}`)).toMatchObject({
      state: 'landed',
      wanted: 2,
      landed: 2,
      ehr_version: '8',
    });
  });
});

describe('native landing', () => {
  it('reads the patient and needs one write for a new plan where transactions and conditional create are offered', async () => {
    await open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET Patient/sarah', 'POST ']);
    expect(fake.requests[1]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const { rows } = await bench.database.query<{ id: string; http_status: number; rows: string }>(
      'select * from attempt where tenant = $1',
      [bench.tenant.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: fake.requests[1]?.requestId, http_status: 200 });
    expect(rows[0]?.rows.split(', ')).toEqual(plan.artefacts.map(({ artefact, id }) => `${artefact} ${id} v1 landed`));
  });

  it('tells the occurrence of its log, and the plan of its adherence, once these have landed', async () => {
    await open();
    const plan = seededPlan();
    const log = seededLog(plan);
    const withOutput = plan.task('occurrence', plan.occurrence, {
      partOf: [{ reference: `Task/${plan.first}` }],
      output: [{ type: { text: 'response' }, valueReference: { reference: `QuestionnaireResponse/${log.logId}` } }],
    });
    const adherenceId = `${plan.planId}.adherence`;
    const withOutcome = {
      ...plan.plan,
      resource: {
        ...plan.plan.resource,
        goal: [{ reference: 'Goal/unknown-to-the-record' }],
        activity: [
          {
            reference: { reference: `Task/${plan.first}` },
            outcomeReference: [{ reference: `Observation/${adherenceId}` }],
          },
        ],
      },
    };
    const adherence = {
      artefact: 'adherence',
      id: adherenceId,
      groupId: `adherence:${plan.planId}`,
      resource: {
        resourceType: 'Observation',
        identifier: [{ system: 'https://intersession.dev/id/adherence', value: adherenceId }],
        status: 'preliminary',
        subject: { reference: 'Patient/sarah' },
        code: { text: 'adherence' },
        focus: [{ reference: `CarePlan/${plan.planId}` }],
      },
    };
    fake.stored.set('Goal/unknown-to-the-record', { resourceType: 'Goal', id: 'unknown-to-the-record' });
    await bench.want(plan.planId, [
      withOutcome,
      ...plan.artefacts.slice(1, 3),
      withOutput,
      ...log.artefacts,
      adherence,
    ]);
    const ledger = await bench.deliver();
    expect(statesOf(ledger)).toEqual(['landed']);
    const occurrence = fake.all('Task').find((task) => fake.identifierOf(task)?.endsWith(plan.occurrence));
    const [response] = fake.all('QuestionnaireResponse');
    expect(occurrence?.output[0].valueReference).toEqual({ reference: `QuestionnaireResponse/${response?.id}` });
    const standing = fake.all('Observation').find((json) => fake.identifierOf(json)?.endsWith('adherence'));
    expect(fake.all('CarePlan')[0]?.activity[0].outcomeReference).toEqual([
      { reference: `Observation/${standing?.id}` },
    ]);
    expect(fake.all('CarePlan')[0]?.goal).toEqual([{ reference: 'Goal/unknown-to-the-record' }]);
  });

  it('lands the good entries when one is refused, and keeps the words of the refusal', async () => {
    await open();
    fake.refuse = (resource) => (resource.description === 'speak' ? 'no speaking here' : undefined);
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    const ledger = await bench.deliver(3);
    expect(ledger.get(`assignment/${plan.second}`)).toMatchObject({
      ...{ state: 'rejected', last_status: 422, landed: 0 },
      why: { code: 'refused' },
    });
    expect(ledger.get(`assignment/${plan.second}`)?.last_outcome).toContain('no speaking here');
    expect(ledger.get(`assignment/${plan.first}`)?.state).toBe('landed');
    expect(ledger.get(`occurrence/${plan.occurrence}`)?.state).toBe('landed');
    expect(ledger.get(`plan/${plan.planId}`)).toMatchObject({
      state: 'waiting',
      why: { code: 'plan', missing: [{ artefact: 'assignment', state: 'rejected' }] },
    });
    expect(bench.logged.join()).not.toContain('speaking');
  });

  it('keeps a log waiting, with its reason, until its plan is there', async () => {
    await open();
    const plan = seededPlan();
    const log = seededLog(plan);
    fake.fault = (method, path) =>
      method === 'POST' && path === '' ? { type: 'status', status: 400 } : { type: 'none' };
    fake.refuse = (resource) => (resource.resourceType === 'Task' ? 'not today' : undefined);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const before = await bench.deliver(2);
    expect(before.get(`log/${log.logId}`)).toMatchObject({ state: 'waiting', landed: 0 });
    expect(before.get(`log/${log.logId}`)?.why).toMatchObject({
      code: 'plan',
      missing: expect.arrayContaining([{ artefact: 'occurrence', state: expect.any(String) }]),
    });
    expect(fake.all('QuestionnaireResponse')).toHaveLength(0);
    fake.fault = () => ({ type: 'none' });
    fake.refuse = () => undefined;
    await bench.want(plan.planId, plan.artefacts);
    const after = await bench.deliver();
    expect(statesOf(after)).toEqual(['landed']);
  });

  it('refuses a patient whom the EHR does not know, before anything is written', async () => {
    await open();
    const plan = seededPlan(undefined, 'nobody');
    await bench.want(plan.planId, plan.artefacts, 'nobody');
    const ledger = await bench.deliver();
    expect(statesOf(ledger)).toEqual(['rejected']);
    expect(ledger.get(`plan/${plan.planId}`)?.why).toEqual({ code: 'unknown-patient' });
    expect(fake.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('does not send what a person withdrew', async () => {
    await open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.database.query(`update ledger set withdraw = true where artefact = 'occurrence' and tenant = $1`, [
      bench.tenant.id,
    ]);
    const ledger = await bench.deliver();
    expect(ledger.get(`occurrence/${plan.occurrence}`)?.state).toBe('withdrawn');
    expect(fake.all('Task')).toHaveLength(2);
  });
});
