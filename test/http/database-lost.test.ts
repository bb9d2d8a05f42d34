import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import { issueAccessToken } from '../../src/http/oauth/access-token.ts';
import type { Database } from '../../src/record/database/database.ts';
import { migrate } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import { loadSigningKeys } from '../../src/record/keys/secrets.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { type FaultyWire, openFaultyWire } from '../record/faulty-wire.ts';
import { createTestDatabase, testDatabaseUrl } from '../record/open-test-database.ts';
import { publicUrl } from './open-doors.ts';
import { planBody } from './sarah.ts';
import { type App, clinician, openApp, type Tab } from './smart/open-app.ts';

const onPostgres = () => {
  let made: { url: string; drop: () => Promise<void> };
  let wire: FaultyWire;
  let database: Database;
  let direct: Database;
  let app: App;
  let token: string;
  let tab: Tab;
  beforeAll(async () => {
    made = await createTestDatabase(testDatabaseUrl ?? '');
    direct = await openDatabase({ databaseUrl: made.url });
    await migrate(direct, systemClock);
    wire = await openFaultyWire(made.url);
    database = await openDatabase({ databaseUrl: wire.url, statementSeconds: 1 });
    const tenant = (id: string) => ({ id, name: id, timeZone: 'America/New_York', language: 'en-US', sandbox: false });
    const record = openRecord({
      database,
      tenants: [tenant('north'), tenant('south')],
      clock: { now: () => new Date('2026-03-01T15:00:00.000Z') },
      publicUrl,
      responseSecret: 'only-for-tests',
      verifyPatient: async () => 'known',
    });
    const sources = [{ clientId: 'product', scopes: 'system/*.cruds' }];
    app = await openApp({ app: { record }, tenant: { sources } });
    const signingKeys = await loadSigningKeys(app.doors.test.database, record.clock);
    const caller = { tenantId: 'north', clientId: 'product', scope: 'system/*.cruds' };
    token = await issueAccessToken({ signingKeys, config: { publicUrl }, record }, caller);
    tab = await app.signIn(clinician);
  });
  afterAll(async () => {
    await app.close();
    await database.close();
    await wire.close();
    await direct.close();
    await made.drop();
  });
  beforeEach(() => wire.mend());

  const problem = 'application/problem+json; charset=utf-8';
  const outcome = 'application/fhir+json; charset=utf-8';
  const doors: [string, string, string, () => ReturnType<App['call']>][] = [
    ['a read of the API', problem, '/api/v1/plans', () => app.doors.call('GET', '/api/v1/plans', { token })],
    ['a search at the FHIR endpoint', outcome, '/fhir', () => app.doors.call('GET', '/fhir/north/Task', { token })],
    [
      'a new plan',
      problem,
      'plans',
      () => app.doors.call('POST', '/api/v1/plans', { token, body: { ...planBody, sourceId: 'any' } }),
    ],
    ['an app session', problem, '/app/v1', () => app.call(tab, 'GET', '/app/v1/patient')],
  ];

  it.each(doors)('%s is answered 503 while PostgreSQL is gone, and as ever when it is back', async (...door) => {
    const [, type, , call] = door;
    const before = await call();
    expect(before.status).toBeLessThan(300);
    wire.cut();
    const away = await call();
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    expect(away.headers.get('content-type')).toBe(type);
    expect(JSON.stringify(away.body)).toMatch(/database-unreachable|OperationOutcome/);
    expect(away.text).not.toMatch(/ECONN|postgres|sarah/i);
    expect((await app.doors.call('GET', '/ready')).status).toBe(503);
    expect((await app.doors.call('GET', '/health')).status).toBe(200);
    wire.mend();
    expect((await call()).status).toBe(before.status === 201 ? 200 : before.status);
    expect((await app.doors.call('GET', '/ready')).status).toBe(200);
  });

  it('the connection ends in a session’s read, in a black hole too: 503 and the session is still there', async () => {
    for (const fault of ['terminate', 'reset', 'silence'] as const) {
      const broken = wire.breakAt(fault, /app_session/);
      const answer = await app.call(tab, 'GET', '/app/v1/patient');
      await broken;
      expect([answer.status, answer.headers.get('retry-after')], fault).toEqual([503, '5']);
      expect((await app.call(tab, 'GET', '/app/v1/patient')).status, fault).toBe(200);
    }
  }, 30_000);

  it('the answer to a commit is lost: the caller is told what was done, and telling again makes nothing', async () => {
    const body = { ...planBody, sourceId: 'lost-commit' };
    const broken = wire.breakAt('answer-lost', /^commit/);
    const first = await app.doors.call('POST', '/api/v1/plans', { token, body });
    await broken;
    expect(first.status).toBe(201);
    const again = await app.doors.call('POST', '/api/v1/plans', { token, body });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ plan: { id: (first.body as { plan: { id: string } }).plan.id } });
    const { rows } = await direct.query(`select count(*)::int as n from source_key where source_id = 'lost-commit'`);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('thirty callers while every connection is ended again and again: each answer is true, nothing is doubled', async () => {
    const tell = (n: number) =>
      app.doors.call('POST', '/api/v1/plans', { token, body: { ...planBody, sourceId: `storm-${n}` } });
    let answers = 0;
    const all = Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        for (;;) {
          const { status } = await tell(n);
          answers += 1;
          if (status !== 503) return status;
        }
      }),
    );
    for (let storm = 0; storm < 5; storm += 1) {
      await wire.terminate();
      wire.cut();
      wire.mend();
    }
    for (const status of await all) expect([200, 201]).toContain(status);
    expect(answers).toBeGreaterThanOrEqual(30);
    const { rows } = await direct.query(
      `select count(*)::int as named, count(distinct p.id)::int as plans
         from source_key k join plan p on p.tenant = k.tenant and p.id = k.artefact_id where k.source_id like 'storm-%'`,
    );
    expect(rows).toEqual([{ named: 30, plans: 30 }]);
  }, 60_000);
};
// on the embedded database: database-away.test.ts
if (testDatabaseUrl !== undefined) describe('PostgreSQL', onPostgres);
else it('is tested where there are connections to lose', () => expect(testDatabaseUrl).toBeUndefined());
