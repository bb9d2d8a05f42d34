import { beforeEach, describe, expect, it } from 'vitest';
import type { Carrier } from '../../src/delivery/carrier.ts';
import { wakePatientsWaiting } from '../../src/delivery/wake-waiting.ts';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import { parseScopes } from '../../src/landing/granted-scopes.ts';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan } from './seed-record.ts';
import { seededReport } from './seed-report.ts';

const reads = 'system/Patient.rs system/Observation.rs system/DocumentReference.rs system/QuestionnaireResponse.rs';
const types = ['QuestionnaireResponse', 'Observation', 'DocumentReference'];
const writes = 'user/QuestionnaireResponse.crus user/Observation.crus user/DocumentReference.crus';

const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;
beforeEach(async () => {
  ({ fake, bench } = await tests.open(
    { types, transaction: false, batch: false, conditionalCreate: false },
    {
      tenant: {
        auth: 'smart',
        systemClientId: 'us',
        systemScopes: reads,
        clientId: 'app',
        appScopes: writes,
      },
      set: { systemScope: reads },
    },
  ));
});

function person(role: Carrier['role'], scope = writes, token = 'okafor'): Carrier {
  return {
    userReference: role === 'patient' ? 'Patient/sarah' : 'Practitioner/okafor',
    role,
    grants: parseScopes(scope),
    authorization: async () => `Bearer ${token}`,
    refused() {},
  };
}

const signIn = async (...people: Carrier[]): Promise<void> => {
  bench.people = people;
  await wakePatientsWaiting(tests.database, bench.tenant.id, 'sarah', bench.clock.now());
};
const posted = () => fake.requests.filter(({ method }) => method !== 'GET');
const report = async (): Promise<SeededArtefact> => {
  const filed = seededReport();
  await bench.want('p1', [filed]);
  return filed;
};

/** A log of a plan that stays in the app here. */
const planAndLog = async () => {
  const plan = seededPlan();
  const log = seededLog(plan);
  await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
  return log;
};

describe('what only a person may write', () => {
  it('waits with its reason, asks for nothing, and goes out with the token of a clinician who opens the patient', async () => {
    const { id } = await report();
    const waiting = (await bench.deliver()).get(`report/${id}`);
    expect(waiting).toMatchObject({ state: 'waiting', landing: 'note' });
    expect(waiting?.reason).toMatch(/^for a person's token/);
    expect(waiting?.why).toEqual({ code: 'person' });
    expect(posted()).toEqual([]);
    await signIn(person('clinician'));
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'landed' });
    expect(posted().map(({ path, token }) => `${path} ${token}`)).toEqual(['DocumentReference okafor']);
  });

  it('is not carried by a person whose token was not granted it', async () => {
    const { id } = await report();
    await signIn(person('clinician', 'user/Observation.crus user/DocumentReference.rs'));
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'waiting' });
    expect(posted()).toEqual([]);
  });

  it('lets a patient carry what patients record, and nothing else', async () => {
    const { id } = await report();
    const log = await planAndLog();
    await signIn(person('patient', writes.replaceAll('user/', 'patient/'), 'sarah'));
    const ledger = await bench.deliver();
    expect(ledger.get(`log/${log.logId}`)).toMatchObject({ state: 'landed', landing: 'questionnaire-response' });
    expect(ledger.get(`report/${id}`)).toMatchObject({ state: 'waiting' });
    expect(new Set(posted().map(({ token }) => token))).toEqual(new Set(['sarah']));
    expect(posted().map(({ path }) => path)).not.toContain('DocumentReference');
  });

  it('waits again when the sign-in is over, and the EHR is not taken for down', async () => {
    const { id } = await report();
    const over = new IntersessionError('session-expired', { problem: 'over' }, 'The app session has ended.');
    await signIn({ ...person('clinician'), authorization: () => Promise.reject(over) });
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'waiting' });
    expect(bench.logged.join()).not.toContain('takes no deliveries');
    await signIn(person('clinician'));
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'landed' });
  });

  it('is looked up, not filed twice, when the answer to a person’s write was lost', async () => {
    fake.binaries = true;
    const { id } = await report();
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    await signIn(person('clinician'));
    await bench.deliver(1);
    expect(fake.all('DocumentReference')).toHaveLength(1);
    fake.fault = () => ({ type: 'none' });
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'landed' });
    expect(fake.all('DocumentReference')).toHaveLength(1);
  });

  it('sends what the service itself may write by its own token, beside what a person carries', async () => {
    fake.systemScope = `${reads} system/QuestionnaireResponse.cu`;
    const log = await planAndLog();
    const alone = await bench.deliver();
    expect(alone.get(`log/${log.logId}`)).toMatchObject({ state: 'landed' });
    expect(alone.get(`measure/${log.logId}.suds-peak`)).toMatchObject({ state: 'waiting' });
    await signIn(person('clinician'));
    expect((await bench.deliver()).get(`measure/${log.logId}.suds-peak`)).toMatchObject({ state: 'landed' });
    expect(posted().map(({ path, token }) => `${path} ${token}`)).toEqual([
      'QuestionnaireResponse own',
      'Observation okafor',
      'Observation okafor',
    ]);
    const reference = fake.all('Observation')[0]?.derivedFrom[0].reference;
    expect(reference).toBe(`QuestionnaireResponse/${fake.all('QuestionnaireResponse')[0]?.id}`);
  });

  it('knows from a sign-in what a person’s token is really granted', async () => {
    await bench.ehr.personGranted('user/Observation.crus');
    const landings = await bench.ehr.landings();
    expect(landings.find(({ artefact }) => artefact === 'report')).toMatchObject({ landing: 'app-only' });
    expect(landings.find(({ artefact }) => artefact === 'measure')).toMatchObject({ identity: 'delegated' });
  });

  it('goes out after all when a scope is granted that was lacking: nothing stays in the app for ever', async () => {
    await bench.ehr.personGranted('user/Observation.crus');
    const { id } = await report();
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'landed', landing: 'app-only' });
    await bench.ehr.personGranted(writes);
    await signIn(person('clinician'));
    expect((await bench.deliver()).get(`report/${id}`)).toMatchObject({ state: 'landed', landing: 'note' });
    expect(fake.all('DocumentReference')).toHaveLength(1);
  });
});
