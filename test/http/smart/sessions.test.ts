import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, clinician, codeOf, coordinator, openApp, patient, type Tab } from './open-app.ts';

const start = '2026-03-01T15:00:00.000Z';
let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(() => app.doors.test.setTime(start));
afterAll(() => app.close());

const later = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const read = (tab: Tab) => app.call(tab, 'GET', '/app/v1/patient');

describe('a session', () => {
  it('is named on every call, with its launch', async () => {
    const [sarahs, marcuss] = [await app.signIn(clinician), await app.signIn({ ...clinician, patient: 'marcus' })];
    expect((await read(sarahs)).status).toBe(200);
    const crossed = await read({ ...sarahs, launchId: marcuss.launchId });
    expect([crossed.status, codeOf(crossed)]).toEqual([403, 'launch-mismatch']);
    expect(crossed.text).not.toContain('Sarah');
    const unnamed = await app.doors.call('GET', '/app/v1/patient', { token: sarahs.session });
    expect(codeOf(unnamed)).toBe('launch-mismatch');
  });

  it.each(['', 'x', 'x'.repeat(43)])('with the token "%s" is none', async (session) => {
    const tab = await app.signIn(clinician);
    const answer = await read({ ...tab, session });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'session-expired']);
  });

  it('ends after half an hour without a call, and lives on with one', async () => {
    const [used, left] = [await app.signIn(clinician), await app.signIn(clinician)];
    app.doors.test.setTime(later(29));
    expect((await read(used)).status).toBe(200);
    app.doors.test.setTime(later(58));
    expect((await read(used)).status).toBe(200);
    expect(codeOf(await read(left))).toBe('session-expired');
    // and stays ended, should the clock be set back
    app.doors.test.setTime(later(1));
    expect(codeOf(await read(left))).toBe('session-expired');
  });

  describe('of a page that looks anew by itself', () => {
    const look = ({ session, launchId }: Tab, header = 'yes', path = '/app/v1/patient') =>
      app.doors.call('GET', path, { token: session, headers: { 'X-Launch': launchId, 'X-By-Itself': header } });
    const lastSeen = async ({ launchId }: Tab) =>
      (
        await app.doors.test.database.query<{ seen_at: string }>(
          'select seen_at from app_session where launch_id = $1',
          [launchId],
        )
      ).rows[0]?.seen_at;

    it.each(['yes', 'no', '', '0'])(
      'ends half an hour after the last call of a person, however often it looks (header “%s”)',
      async (header) => {
        const tab = await app.signIn(clinician);
        const begun = await lastSeen(tab);
        for (let minutes = 5; minutes < 30; minutes += 5) {
          app.doors.test.setTime(later(minutes));
          expect((await look(tab, header)).status).toBe(200);
          expect(await lastSeen(tab)).toBe(begun);
        }
        app.doors.test.setTime(later(30));
        expect(codeOf(await look(tab, header))).toBe('session-expired');
        // nor does a person bring it back
        expect(codeOf(await read(tab))).toBe('session-expired');
      },
    );

    it('lives on by what a person does between its looks, from then on', async () => {
      const tab = await app.signIn(coordinator);
      const list = (minutes: number) => {
        app.doors.test.setTime(later(minutes));
        return look(tab, 'yes', '/app/v1/roster');
      };
      expect((await list(20)).status).toBe(200);
      expect((await app.call(tab, 'GET', '/app/v1/roster')).status).toBe(200);
      expect(await lastSeen(tab)).toBe(later(20));
      expect((await list(49)).status).toBe(200);
      expect(await lastSeen(tab)).toBe(later(20));
      expect(codeOf(await list(50))).toBe('session-expired');
    });

    it('opens nothing that it would not open else', async () => {
      const [sarahs, marcuss] = [await app.signIn(clinician), await app.signIn({ ...clinician, patient: 'marcus' })];
      expect(codeOf(await look({ ...sarahs, launchId: marcuss.launchId }))).toBe('launch-mismatch');
      expect(codeOf(await look({ ...sarahs, session: 'x'.repeat(43) }))).toBe('session-expired');
      const theirs = await app.signIn(patient);
      expect((await look(theirs, 'yes', '/app/v1/roster')).status).toBe(403);
      const [own, looked] = [await read(theirs), await look(theirs)];
      expect(looked.body).toEqual(own.body);
      expect((await app.call(sarahs, 'DELETE', '/smart/session')).status).toBe(204);
      expect(codeOf(await look(sarahs))).toBe('session-expired');
    });
  });

  it('ends after twelve hours, however much it is used', async () => {
    const tab = await app.signIn(clinician);
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      app.doors.test.setTime(later(minutes));
      expect((await read(tab)).status).toBe(200);
    }
    app.doors.test.setTime(later(12 * 60));
    expect(codeOf(await read(tab))).toBe('session-expired');
  });

  it('ends when its tab signs out: here, in the store, and at the EHR', async () => {
    const issued = app.north.issued.size;
    const tab = await app.signIn(clinician);
    const given = [...app.north.issued].slice(issued).filter((token) => /^[ar]t-/.test(token));
    expect(given).toHaveLength(2);
    expect((await app.call(tab, 'DELETE', '/smart/session')).status).toBe(204);
    expect(codeOf(await read(tab))).toBe('session-expired');
    expect(codeOf(await app.call(tab, 'DELETE', '/smart/session'))).toBe('session-expired');
    // by name: another session of this file may just be giving back its own
    await expect.poll(() => app.north.revoked.filter((token) => given.includes(token)).sort()).toEqual(given.sort());
    const { rows } = await app.doors.test.database.query<{ sealed: string | null }>(
      'select sealed from app_session where launch_id = $1',
      [tab.launchId],
    );
    expect(rows).toEqual([{ sealed: null }]);
  });

  it('opens no door of another kind, nor does a token of another kind open this one', async () => {
    const tab = await app.signIn(clinician);
    expect((await app.call(tab, 'GET', '/api/v1/plans')).status).toBe(401);
    expect((await app.call(tab, 'GET', '/fhir/north/CarePlan')).status).toBe(401);
  });
});

describe('the EHR’s tokens', () => {
  const open = (tab: Tab, patientId = 'sarah') => app.call(tab, 'POST', '/app/v1/open-patient', { patientId });

  it('are refreshed before they end, and when the EHR takes them no more', async () => {
    const tab = await app.signIn(coordinator);
    const asked = () => app.north.tokenRequests.filter(({ body }) => body.get('grant_type') === 'refresh_token').length;
    const before = asked();
    expect((await open(tab)).status).toBe(200);
    expect(asked()).toBe(before);
    app.doors.test.setTime(later(5));
    expect((await open(tab)).status).toBe(200);
    expect(asked()).toBe(before + 1);
    app.north.expireTokens();
    expect((await open(tab)).status).toBe(200);
    expect(asked()).toBe(before + 2);
  });

  it('are refreshed once, though many calls need it: a refresh token works once', async () => {
    const tab = await app.signIn(coordinator);
    app.doors.test.setTime(later(5));
    const refusals = app.north.refusals.length;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => open(tab)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(app.north.refusals.length).toBe(refusals);
  });

  it('that the EHR has ended end the session', async () => {
    const tab = await app.signIn(coordinator);
    app.north.endGrants();
    expect(codeOf(await open(tab))).toBe('session-expired');
    expect(codeOf(await app.call(tab, 'GET', '/app/v1/roster'))).toBe('session-expired');
  });

  it('that come back as another user’s end the session', async () => {
    let subject = coordinator.user;
    const tab = await app.signIn({ ...coordinator, claims: (claims) => ({ ...claims, sub: subject }) });
    subject = 'Practitioner/dr-lindqvist';
    app.north.expireTokens();
    expect(codeOf(await open(tab))).toBe('session-expired');
  });

  it('that cannot be refreshed because the EHR is down leave the session as it is', async () => {
    const tab = await app.signIn(coordinator);
    app.doors.test.setTime(later(5));
    app.north.settings.down = true;
    expect(codeOf(await open(tab))).toBe('ehr-unreachable');
    app.north.settings.down = false;
    expect((await open(tab)).status).toBe(200);
  });
});
