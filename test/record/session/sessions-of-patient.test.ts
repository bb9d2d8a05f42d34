import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadSessionKey } from '../../../src/record/keys/secrets.ts';
import {
  endAppSession,
  findAppSession,
  type NewAppSession,
  openAppSession,
  type SessionStore,
} from '../../../src/record/session/app-session.ts';
import { hashOf } from '../../../src/record/session/opaque-token.ts';
import { sessionsOfPatient } from '../../../src/record/session/sessions-of-patient.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';

const tokens = { accessToken: 'at', scope: 'user/Task.crus', subject: 'u', expiresAt: '2026-03-01T15:05:00.000Z' };
const clinician: NewAppSession = {
  ...{ tenantId: 'north', userReference: 'Practitioner/dr-okafor', role: 'clinician', canWrite: true },
  ...{ patientId: 'sarah', sealed: { tokens, userName: 'Adaeze Okafor' } },
};
const patient: NewAppSession = { ...clinician, userReference: 'Patient/sarah', role: 'patient' };
let test: TestRecord;
let store: SessionStore;
beforeAll(async () => {
  test = await openTestRecord();
  store = {
    database: test.database,
    clock: test.record.clock,
    sessionKey: await loadSessionKey(test.database, test.record.clock),
  };
});
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  await test.database.query('delete from app_session');
});
afterAll(() => test.close());

const users = async (patientId = 'sarah', tenant = 'north') =>
  (await sessionsOfPatient(store, tenant, patientId)).map(({ userReference }) => userReference);

it('are those that have this patient open at this EHR and may write, clinicians first', async () => {
  await openAppSession(store, patient);
  await openAppSession(store, clinician);
  await openAppSession(store, { ...clinician, userReference: 'Practitioner/reads-only', canWrite: false });
  await openAppSession(store, { ...clinician, userReference: 'Practitioner/of-another', patientId: 'omar' });
  await openAppSession(store, { ...clinician, userReference: 'Practitioner/elsewhere', tenantId: 'south' });
  expect(await users()).toEqual(['Practitioner/dr-okafor', 'Patient/sarah']);
  expect(await users('nobody')).toEqual([]);
});

it('are none any more when they have ended, or nobody has used them for half an hour', async () => {
  const { token } = await openAppSession(store, clinician);
  await endAppSession(store, hashOf(token));
  expect(await users()).toEqual([]);
  await openAppSession(store, clinician);
  test.setTime('2026-03-01T15:30:00.000Z');
  expect(await users()).toEqual([]);
});

it('are not kept alive by being looked at: only the tab itself does that', async () => {
  const { token } = await openAppSession(store, clinician);
  for (const time of ['15:10', '15:20', '15:29']) {
    test.setTime(`2026-03-01T${time}:00.000Z`);
    expect(await users()).toEqual(['Practitioner/dr-okafor']);
  }
  test.setTime('2026-03-01T15:31:00.000Z');
  expect(await users()).toEqual([]);
  expect(await findAppSession(store, token)).toBeUndefined();
});
