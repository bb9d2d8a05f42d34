import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, clinician, codeOf, coordinator, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';

let app: App;
let reyes: Tab;
beforeAll(async () => {
  app = await openApp();
  for (const id of ['sarah', 'marcus']) {
    const plan = await assignPlan(app, await app.signIn({ ...clinician, patient: id }));
    if (id !== 'marcus') continue;
    const marcus = await app.signIn({ user: 'Patient/marcus', patient: id });
    const body = { event: 'decline', barrier: { code: 'too-hard' } };
    await app.call(marcus, 'POST', `/app/v1/assignments/${stepOf(plan, '1').id}/moves`, body);
  }
  const hidden = await app.signIn({ user: 'Practitioner/dr-lindqvist', patient: 'hidden' });
  await assignPlan(app, hidden);
  reyes = await app.signIn(coordinator);
});
afterAll(() => app.close());

interface Row {
  plans: readonly { running: boolean; lastDayOver?: string }[];
  readonly patientId: string;
  readonly name: string;
  readonly signals: readonly string[];
}
interface Page {
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly counts: Record<string, number>;
}
async function roster(query = '', tab = reyes): Promise<Page> {
  const { status, body, text } = await app.call(tab, 'GET', `/app/v1/roster${query}`);
  if (status !== 200) throw new Error(text);
  return body as Page;
}
const names = async (query: string) => (await roster(query)).rows.map(({ name }) => name);
async function found(q: string): Promise<string[]> {
  const { body } = await app.call(reyes, 'POST', '/app/v1/roster/search', { q });
  return (body as Page).rows.map(({ name }) => name);
}

describe('the roster', () => {
  it('shows what needs care first, with names that this user’s own token can read', async () => {
    const { rows, counts } = await roster();
    expect(rows).toMatchObject([
      {
        ...{ patientId: 'marcus', name: 'Marcus Bell', plans: [{ clinician: 'Dr. Adaeze Okafor' }], mayOpen: true },
        signals: expect.arrayContaining(['stopped', 'barrier']),
      },
      { patientId: 'sarah', signals: [] },
    ]);
    const none = { safety: 0, overdue: 0, message: 0, 'not-landed': 0, 'set-aside': 0 };
    expect(counts).toEqual({ ...none, stopped: 1, barrier: 1, 'waiting-unlock': 1 });
  });

  it('shows to one user who is hidden from another', async () => {
    app.north.restricted.set('Patient/hidden', ['Practitioner/dr-lindqvist', 'Practitioner/coordinator-two']);
    const two = await app.signIn({ user: 'Practitioner/coordinator-two' });
    const nameFor = async (tab: Tab) => {
      const { rows } = await roster('', tab);
      return rows.find(({ patientId }) => patientId === 'hidden')?.name;
    };
    expect([await nameFor(two), await nameFor(reyes)]).toEqual(['Hidden Person', undefined]);
    expect(await nameFor(two)).toBe('Hidden Person');
  });

  it('is filtered, sorted and searched', async () => {
    expect(await names('?filter=stopped')).toEqual(['Marcus Bell']);
    expect(await names('?filter=overdue')).toEqual([]);
    expect(await found('whit')).toEqual(['Sarah Whitfield']);
    expect(await found('person')).toEqual([]);
    expect(await found('speaking')).toHaveLength(2);
    expect(await found('%')).toEqual([]);
    expect(await names('?sort=name')).toEqual(['Marcus Bell', 'Sarah Whitfield']);
    for (const sort of ['urgency', 'last-log', 'adherence']) expect(await names(`?sort=${sort}`)).toHaveLength(2);
    expect(await names('?team=Practitioner/dr-lindqvist')).toEqual([]);
    expect((await app.call(reyes, 'GET', '/app/v1/roster?sort=fate')).status).toBe(400);
  });

  it('takes a name to search for in a body only, never in an address', async () => {
    const refused = await app.call(reyes, 'GET', '/app/v1/roster?q=whit');
    expect([refused.status, codeOf(refused)]).toEqual([400, 'invalid-request']);
    expect(refused.text).not.toContain('whit');
  });

  it('follows time: what is overdue is so in the list', async () => {
    const { sweepPlans } = await import('../../../src/record/use-cases/sweep-plans.ts');
    app.doors.test.setTime('2026-03-14T12:00:00.000Z');
    await sweepPlans(app.doors.test.record);
    const later = await app.signIn(coordinator);
    expect((await roster('?filter=overdue', later)).rows.map(({ patientId }) => patientId).sort()).toEqual(['sarah']);
    app.doors.test.setTime('2026-03-01T15:00:00.000Z');
    reyes = await app.signIn(coordinator);
  });

  it.each([
    ['2026-04-13T07:59:00.000Z', undefined],
    ['2026-04-13T08:00:00.000Z', '2026-04-12'],
  ])('says of a plan that runs when its last day is over, in its own zone: at %s %s', async (at, day) => {
    app.doors.test.setTime(at);
    const { rows } = await roster('', await app.signIn(coordinator));
    const found = rows.flatMap(({ plans }) => plans).filter(({ running }) => running);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ lastDayOver }) => lastDayOver))).toEqual(new Set([day]));
    app.doors.test.setTime('2026-03-01T15:00:00.000Z');
    reyes = await app.signIn(coordinator);
  });

  it('leaves out of its filters who is set aside, until that day', async () => {
    const note = { patientId: 'marcus', note: 'Called; will try again', snoozeUntil: '2026-03-05' };
    expect((await app.call(reyes, 'POST', '/app/v1/contacts', note)).status).toBe(201);
    const page = await roster();
    expect(page.rows.find(({ patientId }) => patientId === 'marcus')).toMatchObject({
      contact: { by: 'Marisol Reyes', note: 'Called; will try again', snoozeUntil: '2026-03-05T09:00:00.000Z' },
    });
    expect(page.counts.stopped).toBe(0);
    expect(await names('?filter=stopped')).toEqual([]);
    app.doors.test.setTime('2026-03-05T09:00:00.000Z');
    const back = await app.signIn(coordinator);
    expect((await roster('?filter=stopped', back)).rows).toHaveLength(1);
    app.doors.test.setTime('2026-03-01T15:00:00.000Z');
    reyes = await app.signIn(coordinator);
  });

  it('takes no contact with somebody whom it does not hold', async () => {
    const answer = await app.call(reyes, 'POST', '/app/v1/contacts', { patientId: 'nobody', note: 'x' });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown-artefact']);
  });

  it('opens a patient only with a successful read, and says nothing of any other', async () => {
    const open = (patientId: string) => app.call(reyes, 'POST', '/app/v1/open-patient', { patientId });
    expect((await open('sarah')).body).toEqual({
      patient: { id: 'sarah', name: 'Sarah Whitfield', birthDate: '1991-06-14' },
    });
    const [hidden, none] = [await open('hidden'), await open('nobody')];
    expect([hidden.status, none.status]).toEqual([404, 404]);
    const { requestId: _one, ...refused } = hidden.body as Record<string, unknown>;
    const { requestId: _other, ...absent } = none.body as Record<string, unknown>;
    expect(refused).toEqual(absent);
    // the one who was open stays so
    expect((await app.call(reyes, 'GET', '/app/v1/patient')).body).toMatchObject({ patient: { id: 'sarah' } });
  });

  it('is that of a Group of the EHR when the tenant says so, and nobody’s when it says nothing', async () => {
    const grouped = await openApp({ tenant: { roster: 'Group/team' } });
    for (const id of ['sarah', 'marcus'])
      await assignPlan(grouped, await grouped.signIn({ ...clinician, patient: id }));
    const tab = await grouped.signIn(coordinator);
    const { body } = await grouped.call(tab, 'GET', '/app/v1/roster');
    expect((body as Page).rows).toMatchObject([{ patientId: 'sarah' }]);
    const outside = await grouped.call(tab, 'POST', '/app/v1/contacts', { patientId: 'marcus', note: 'x' });
    expect(outside.status).toBe(404);
    await grouped.close();
    const none = await openApp({ tenant: { roster: undefined } });
    const refused = await none.call(await none.signIn(coordinator), 'GET', '/app/v1/roster');
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not-supported']);
    await none.close();
  });
});

describe('nothing of anyone', () => {
  it('stands in the log, in an error or in clear in a session’s row', async () => {
    const tab = await app.signIn({ ...clinician, intent: 'review' });
    const own = await app.signIn(patient);
    const marker = 'Zyzzyva-Whitcombe';
    await app.call(tab, 'GET', '/app/v1/patient');
    await app.call(reyes, 'GET', `/app/v1/roster?q=${marker}`);
    const refused = [
      await app.call(reyes, 'POST', '/app/v1/contacts', { patientId: marker, note: marker }),
      await app.call(own, 'PUT', `/app/v1/drafts/${marker}`, { assignmentId: marker, answers: { [marker]: marker } }),
      await app.doors.call('POST', '/smart/launch', { body: { iss: marker, tabKeyHash: marker } }),
      await app.doors.call('POST', '/smart/callback', {
        body: { code: marker, state: marker, tabSecret: 'x'.repeat(43) },
      }),
    ];
    for (const { text, status } of refused) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text.replaceAll(/"path":"[^"]*"|: [^;"]*? is not known here/g, '')).not.toContain(`"${marker}"`);
    }
    const { rows } = await app.doors.test.database.query('select * from app_session');
    const kept = JSON.stringify(rows);
    const log = app.doors.log();
    const words = ['Sarah', 'Whitfield', 'Bell', 'Reyes', 'Okafor', '1991-06-14', marker, tab.session, own.session];
    for (const word of words) {
      expect([word, log.includes(word)]).toEqual([word, false]);
      expect([word, kept.includes(`"${word}`)]).toEqual([word, false]);
    }
    for (const token of [...app.north.issued, ...app.south.issued]) {
      expect(log.includes(token) || kept.includes(token)).toBe(false);
      expect(JSON.stringify([tab.view, own.view]).includes(token)).toBe(false);
    }
  });
});
