import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSessionKey } from '../../../src/record/keys/secrets.ts';
import {
  endAppSession,
  findAppSession,
  keepTokens,
  type NewAppSession,
  openAppSession,
  type SessionStore,
} from '../../../src/record/session/app-session.ts';
import { keepOpenedPatient } from '../../../src/record/session/keep-opened-patient.ts';
import { hashOf } from '../../../src/record/session/opaque-token.ts';
import { releaseRefreshLease, takeRefreshLease } from '../../../src/record/session/refresh-lease.ts';
import { seal, unseal } from '../../../src/record/session/seal.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';

const tokens = {
  ...{ accessToken: 'at-secret', refreshToken: 'rt-secret', scope: 'openid', subject: 'u1' },
  expiresAt: '2026-03-01T15:05:00.000Z',
};
const reyes: NewAppSession = {
  ...{ tenantId: 'north', userReference: 'Practitioner/coordinator-reyes', role: 'coordinator', canWrite: true },
  sealed: { tokens, userName: 'Marisol Reyes' },
};
let test: TestRecord;
let store: SessionStore;
beforeAll(async () => {
  test = await openTestRecord();
  const sessionKey = await loadSessionKey(test.database, test.record.clock);
  store = { database: test.database, clock: test.record.clock, sessionKey };
});
beforeEach(() => test.setTime('2026-03-01T15:00:00.000Z'));
afterAll(() => test.close());

describe('seal', () => {
  const key = randomBytes(32);
  it('opens with its key, at its place, unchanged, and otherwise not at all', () => {
    const sealed = seal(key, 'row-1', { secret: 'x' });
    expect(unseal(key, 'row-1', sealed)).toEqual({ secret: 'x' });
    expect(sealed).not.toBe(seal(key, 'row-1', { secret: 'x' }));
    expect(unseal(key, 'row-2', sealed)).toBeUndefined();
    expect(unseal(randomBytes(32), 'row-1', sealed)).toBeUndefined();
    for (const at of [0, 14, 30, sealed.length - 2]) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(unseal(key, 'row-1', changed)).toBeUndefined();
    }
    for (const broken of ['', 'x', sealed.slice(0, 20)]) expect(unseal(key, 'row-1', broken)).toBeUndefined();
  });
});

describe('an app session', () => {
  it('is found by any process that has the key, and its secrets stand nowhere in clear', async () => {
    const { token } = await openAppSession(store, reyes);
    const elsewhere = { ...store, sessionKey: await loadSessionKey(test.database, test.record.clock) };
    expect((await findAppSession(elsewhere, token))?.sealed).toEqual(reyes.sealed);
    expect(await findAppSession({ ...store, sessionKey: randomBytes(32) }, token)).toBeUndefined();
    const { rows } = await test.database.query('select * from app_session where token_hash = $1', [hashOf(token)]);
    for (const secret of ['at-secret', 'rt-secret', 'Reyes"', token])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('whose sealed part was moved to another row is none', async () => {
    const [token, otherToken] = [await openAppSession(store, reyes), await openAppSession(store, reyes)];
    await test.database.query(
      'update app_session set sealed = (select sealed from app_session where token_hash = $1) where token_hash = $2',
      [hashOf(token.token), hashOf(otherToken.token)],
    );
    expect(await findAppSession(store, otherToken.token)).toBeUndefined();
  });

  it('keeps both what is refreshed and who is opened at the same time', async () => {
    const { token } = await openAppSession(store, reyes);
    const hash = hashOf(token);
    await Promise.all([
      keepTokens(store, hash, { ...tokens, accessToken: 'at-new' }),
      keepOpenedPatient(store, hash, { id: 'sarah', name: 'Sarah' }),
    ]);
    expect(await findAppSession(store, token)).toMatchObject({
      patientId: 'sarah',
      sealed: { tokens: { accessToken: 'at-new' }, patient: { id: 'sarah' }, userName: 'Marisol Reyes' },
    });
  });

  it('that has ended is not brought back by what comes late', async () => {
    const { token } = await openAppSession(store, reyes);
    const hash = hashOf(token);
    await endAppSession(store, hash);
    await keepTokens(store, hash, tokens);
    await keepOpenedPatient(store, hash, { id: 'sarah', name: 'Sarah' });
    expect(await findAppSession(store, token)).toBeUndefined();
    const { rows } = await test.database.query('select sealed, patient_id from app_session where token_hash = $1', [
      hash,
    ]);
    expect(rows).toEqual([{ sealed: null, patient_id: null }]);
  });

  it('is refreshed by one process at a time, and by another when that one died', async () => {
    const { token } = await openAppSession(store, reyes);
    const session = { tokenHash: hashOf(token) };
    expect(await takeRefreshLease(store, session)).toBe(true);
    expect(await takeRefreshLease(store, session)).toBe(false);
    await releaseRefreshLease(store, session);
    expect(await takeRefreshLease(store, session)).toBe(true);
    test.setTime('2026-03-01T15:00:20.000Z');
    expect(await takeRefreshLease(store, session)).toBe(true);
  });

  it('is forgotten a day after it has ended by time', async () => {
    const { token } = await openAppSession(store, reyes);
    test.setTime('2026-03-03T15:00:00.000Z');
    await openAppSession(store, reyes);
    const { rows } = await test.database.query('select 1 from app_session where token_hash = $1', [hashOf(token)]);
    expect(rows).toEqual([]);
  });
});
