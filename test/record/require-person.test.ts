import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, actingAs } from '../../src/record/actor.ts';
import { closeSafetySignal } from '../../src/record/safety/close-safety-signal.ts';
import { listSafetySignals } from '../../src/record/safety/list-safety-signals.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { moveAssignment } from '../../src/record/use-cases/move-assignment.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';

/** Whatever the door: what needs a clinician who is signed in is done by nobody else. */
let test: TestRecord;
let planId: string;
let steps: Readonly<Record<string, string>>;
let signalId: string;
const okafor = 'Practitioner/dr-okafor';
const source: Actor = { type: 'source', clientId: 'product', sees: 'tenant', writes: 'tenant' };
const user = (role: 'clinician' | 'coordinator' | 'patient' | 'integration'): Actor => ({
  ...({ type: 'user', userReference: role === 'patient' ? 'Patient/sarah' : 'Practitioner/dr-amos', role } as const),
  sessionId: 'launch-1',
});
const refusedTo: readonly (readonly [string, Actor])[] = [
  ['a source that writes for the tenant', source],
  ['whoever holds a response endpoint', { type: 'form', occurrenceId: 'x' }],
  ['a coordinator', user('coordinator')],
  ['the patient', user('patient')],
  ['the integration team', user('integration')],
];

beforeAll(async () => {
  test = await openTestRecord();
  const made = await createPlan(test.record, 'north', {
    ...{ patientId: 'sarah', libraryPlan: 'social-anxiety-speaking-up|1.0.0', author: okafor },
  });
  planId = made.planId;
  steps = Object.fromEntries(made.state.assignments.map(({ key, id }) => [key, id]));
  const by = { type: 'patient' } as const;
  signalId = (await raiseSafetySignal(test.record, 'north', { patientId: 'sarah', rule: 'other-concern', by })).signal
    .id;
});
afterAll(() => test.close());

const acts = (actor: Actor) => {
  const record = actingAs(test.record, actor);
  const by = { actor: okafor, reason: 'She asked' };
  return {
    close: () => closeSafetySignal(record, 'north', { signalId, by: okafor, reason: 'Talked' }),
    unlock: () => moveAssignment(record, 'north', { assignmentId: steps['2'] ?? '', event: { type: 'unlock', by } }),
    accept: () =>
      moveAssignment(record, 'north', {
        assignmentId: steps['1'] ?? '',
        event: { type: 'accept-as-done', actor: okafor },
      }),
    sign: () =>
      fileReport(record, 'north', { planId, author: okafor, signedBy: okafor, to: '2026-03-01T15:00:00.000Z' }),
  };
};

describe('closing, approving, accepting and signing', () => {
  it.each(refusedTo)('is refused to %s, whomever the command names', async (_who, actor) => {
    for (const [what, act] of Object.entries(acts(actor)))
      await expect(act(), what).rejects.toMatchObject({ code: 'person-needed' });
    expect(await listSafetySignals(test.record, 'north', { patientId: 'sarah' })).toMatchObject([{ status: 'open' }]);
  });

  it('is done by a clinician who is signed in, and in their own name', async () => {
    const closed = await acts(user('clinician')).close();
    expect(closed).toMatchObject({ status: 'closed', closedBy: 'Practitioner/dr-amos' });
    const { state } = await acts(user('clinician')).unlock();
    expect(state.assignments.find(({ key }) => key === '2')?.status).toBe('requested');
  });
});
