import { expect, it } from 'vitest';
import { projectSignal } from '../../src/fhir/project-signal.ts';
import type { SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import { deliveryTests } from './delivery-tests.ts';
import type { FakeEhr } from './fake-ehr.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan } from './seed-record.ts';

const types = ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'Communication', 'DocumentReference'];
const tests = deliveryTests();
let fake: FakeEhr;
let bench: DeliveryBench;

const at = '2026-03-02T15:00:00.000Z';
const context = {
  tenantName: 'Riverside',
  sensitivity: 'MH',
  timeZone: 'America/New_York',
  language: 'en-US',
} as const;

it('a signal lands at once, whole, and never waits for the log that raised it', async () => {
  ({ fake, bench } = await tests.open({ types: [...types, 'Flag'] }));
  const plan = seededPlan();
  const log = seededLog(plan);
  const signal: SafetySignal = {
    ...{ id: '0b0c3b5e-0000-4000-8000-000000000001', patientId: 'sarah', planId: plan.planId, ordinal: 1, version: 1 },
    ...{ rule: 'self-harm-thoughts', status: 'open', raisedAt: at },
    evidence: [{ at, by: { type: 'patient' }, planId: plan.planId, logId: log.logId, linkId: 'x', value: true }],
  };
  const artefacts: SeededArtefact[] = projectSignal(signal, context).map((projectedResource) => ({
    ...projectedResource,
    resource: { ...projectedResource.resource },
  }));
  await bench.want(plan.planId, [...log.artefacts, ...artefacts]);
  // the log is on its way and stays there: its turn comes in five minutes
  await tests.database.query(
    `update landing_group set next_at = next_at + interval '5 minutes' where tenant = $1 and id = $2`,
    [bench.tenant.id, log.groupId],
  );
  const delivery = bench.start();
  await delivery.idle();
  const ledger = await bench.ledger();
  const safety = [...ledger.values()].filter(({ artefact }) => artefact === 'safety');
  expect(safety.map(({ state, reason }) => [state, reason])).toEqual(new Array(4).fill(['landed', null]));
  expect(ledger.get(`log/${log.logId}`)?.state).toBe('pending');
  const [flag] = fake.all('Flag');
  expect(JSON.stringify(flag)).not.toContain('QuestionnaireResponse/');
  const [task] = fake.all('Task');
  expect(task?.focus).toMatchObject({ reference: `Flag/${flag?.id}` });
  expect([fake.all('Communication').length, fake.all('DocumentReference').length]).toEqual([1, 1]);
});
