import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { closeSafetySignal } from '../../../src/record/safety/close-safety-signal.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { type App, clinician, codeOf, coordinator, openApp, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';

let app: App;
let reyes: Tab;
/** Whoever is on the list beside Marcus, as the EHR has them. */
const people: Readonly<Record<string, object>> = {
  sean: {
    name: [{ given: ['Seán'], family: 'O’Brien' }],
    birthDate: '1984-11-30',
    telecom: [{ system: 'phone', value: '+1 555 0142' }],
  },
  ada: { name: [{ given: ['Anna-Maria'], family: 'Groß' }] },
  jorg: { name: [{ given: ['Jörg'], family: 'Müller' }] },
  masked: {},
};

beforeAll(async () => {
  app = await openApp();
  for (const [id, said] of Object.entries(people)) {
    app.north.resources.set(`Patient/${id}`, { resourceType: 'Patient', id, ...said });
    await assignPlan(app, await app.signIn({ ...clinician, patient: id }));
  }
  const tab = await app.signIn({ ...clinician, patient: 'marcus' });
  const [first] = [await assignPlan(app, tab), await assignPlan(app, tab)];
  const marcus = await app.signIn({ user: 'Patient/marcus', patient: 'marcus' });
  const body = { event: 'decline', barrier: { code: 'too-hard' } };
  await app.call(marcus, 'POST', `/app/v1/assignments/${stepOf(first, '1').id}/moves`, body);
  await app.call(marcus, 'POST', '/app/v1/safety-signals', { rule: 'not-safe-now' });
  reyes = await app.signIn(coordinator);
});
afterAll(() => app.close());

async function page(query = '', tab = reyes): Promise<RosterPage> {
  const { status, body, text } = await app.call(tab, 'GET', `/app/v1/roster${query}`);
  if (status !== 200) throw new Error(text);
  return body as RosterPage;
}
const search = async (q: string) => (await app.call(reyes, 'POST', '/app/v1/roster/search', { q })).body as RosterPage;
const rowFor = async (id: string, tab = reyes) =>
  (await page('', tab)).rows.find(({ patientId }) => patientId === id) ?? expect.fail(`${id} is not on the list`);

describe('a patient in the list', () => {
  it('is one, with two plans, in rows and counts; the worst leads, with its step and since when', async () => {
    const { rows, counts, inNeed, patients } = await page();
    expect(rows.map(({ patientId }) => patientId).sort()).toEqual(['ada', 'jorg', 'marcus', 'masked', 'sean']);
    expect([counts.safety, counts.stopped, counts.barrier, inNeed, patients]).toEqual([1, 1, 1, 1, { count: 5 }]);
    const [marcus] = rows;
    expect(marcus).toMatchObject({ patientId: 'marcus', openSignals: 1, mayOpen: true });
    expect(marcus?.plans).toHaveLength(2);
    expect(marcus?.reasons.map(({ code }) => code)).toEqual(['safety', 'stopped', 'barrier', 'waiting-unlock']);
    expect(marcus?.reasons[1]).toMatchObject({
      ...{ ending: 'declined', since: '2026-03-01T15:00:00.000Z', step: { key: '1' } },
      planId: expect.any(String),
    });
  });

  it('has what tells them apart and how to reach them, as this user’s token reads it', async () => {
    expect(await rowFor('sean')).toMatchObject({ name: 'Seán O’Brien', birthDate: '1984-11-30', phone: '+1 555 0142' });
    expect(await rowFor('ada')).not.toHaveProperty('phone');
  });

  it.each([
    ['obrien', ['sean']],
    ["o'brien sean", ['sean']],
    ['OBRIEN, SEAN', ['sean']],
    ['annamaria gross', ['ada']],
    ['mueller', ['jorg']],
    ['muller jorg', ['jorg']],
    ['brienz', []],
    ['%', []],
  ])('is found as people type the name: %s', async (q, ids) => {
    const { rows, namesPartly } = await search(q);
    expect(rows.map(({ patientId }) => patientId)).toEqual(ids);
    expect(namesPartly).toBeUndefined();
  });

  it('stands in the order of family names over the whole list, whoever has none last', async () => {
    const { rows } = await page('?sort=name');
    expect(rows.map(({ name }) => name)).toEqual([
      'Marcus Bell',
      'Anna-Maria Groß',
      'Jörg Müller',
      'Seán O’Brien',
      undefined,
    ]);
    expect((await page('?sort=name&filter=stopped')).rows.map(({ patientId }) => patientId)).toEqual(['marcus']);
  });
});

describe('a patient whose chart is shut to this user', () => {
  it('is listed where a search tells of them, without a name, and can neither be opened nor noted', async () => {
    app.north.settings.answers = {
      '/fhir/Patient/masked': { status: 403, body: { resourceType: 'OperationOutcome' } },
    };
    const tab = await app.signIn(coordinator);
    const row = await rowFor('masked', tab);
    expect(row).toMatchObject({ mayOpen: false });
    expect(row).not.toHaveProperty('name');
    for (const path of ['open-patient', 'contacts']) {
      const body = { patientId: 'masked', ...(path === 'contacts' ? { note: 'x' } : {}) };
      expect((await app.call(tab, 'POST', `/app/v1/${path}`, body)).status).toBe(404);
    }
    expect((await rowFor('sean', tab)).mayOpen).toBe(true);
  });

  it('offers nothing any more as soon as the EHR has refused to open them, and stays on the list', async () => {
    const tab = await app.signIn(coordinator);
    expect((await rowFor('jorg', tab)).mayOpen).toBe(true);
    app.north.settings.answers = { '/fhir/Patient/jorg': { status: 403, body: { resourceType: 'OperationOutcome' } } };
    const opened = await app.call(tab, 'POST', '/app/v1/open-patient', { patientId: 'jorg' });
    expect([opened.status, codeOf(opened)]).toEqual([404, 'unknown-artefact']);
    expect(await rowFor('jorg', tab)).toMatchObject({ mayOpen: false, name: 'Jörg Müller' });
    expect((await rowFor('jorg')).mayOpen).toBe(true);
    delete app.north.settings.answers;
  });
});

describe('contacts from the list', () => {
  const note = (body: object, tab = reyes) =>
    app.call(tab, 'POST', '/app/v1/contacts', { patientId: 'ada', note: 'Called', ...body });

  it('say who set a patient aside and until when; they stand last until they are put back, or it is taken back', async () => {
    const { id, undoUntil } = (await note({ snoozeUntil: '2026-03-05' })).body as { id: string; undoUntil: string };
    expect(undoUntil).toBe('2026-03-01T15:10:00.000Z');
    const { rows, counts } = await page();
    expect([rows.at(-1)?.patientId, counts['set-aside']]).toEqual(['ada', 1]);
    expect(rows.at(-1)).toMatchObject({
      asideUntil: '2026-03-05T09:00:00.000Z',
      contact: { id, by: 'Marisol Reyes', own: true, note: 'Called' },
    });
    expect((await app.call(reyes, 'POST', `/app/v1/contacts/${id}/end`, {})).status).toBe(204);
    const back = await rowFor('ada');
    expect(back).not.toHaveProperty('asideUntil');
    expect(back.contact?.ended).toMatchObject({ by: 'Marisol Reyes' });
    const two = await app.signIn({ user: 'Practitioner/coordinator-two' });
    const theirs = await app.call(two, 'DELETE', `/app/v1/contacts/${id}`);
    expect([theirs.status, codeOf(theirs)]).toEqual([409, 'not-supported']);
    expect((await app.call(reyes, 'DELETE', `/app/v1/contacts/${id}`)).status).toBe(204);
    expect(await rowFor('ada')).not.toHaveProperty('contact');
  });

  it('set nobody aside of whom a safety signal is open, in no filter, count or order', async () => {
    const { record } = app.doors.test;
    const by = { type: 'patient' } as const;
    const { signal } = await raiseSafetySignal(record, 'north', { patientId: 'ada', rule: 'not-safe-now', by });
    const { id } = (await note({ snoozeUntil: '2026-03-05' })).body as { id: string };
    for (const sort of ['urgency', 'last-log', 'adherence', 'name']) {
      const { rows, counts, inNeed } = await page(`?sort=${sort}&filter=set-aside`);
      expect([sort, rows, counts['set-aside'], inNeed]).toEqual([sort, [], 0, expect.any(Number)]);
    }
    const row = await rowFor('ada');
    expect([row.signals.includes('safety'), row.signals.includes('set-aside')]).toEqual([true, false]);
    expect(row.asideUntil).toBe('2026-03-05T09:00:00.000Z');
    const closing = { signalId: signal.id, by: 'Practitioner/dr-okafor', reason: 'Talked' } as const;
    await closeSafetySignal(record, 'north', closing);
    expect((await rowFor('ada')).signals).toContain('set-aside');
    expect((await app.call(reyes, 'DELETE', `/app/v1/contacts/${id}`)).status).toBe(204);
  });

  it('of two people at once: the second hears that there is a newer one', async () => {
    expect((await note({ after: null })).status).toBe(201);
    const two = await app.signIn({ user: 'Practitioner/coordinator-two' });
    const second = await note({ after: null }, two);
    expect([second.status, codeOf(second)]).toEqual([412, 'version-conflict']);
    expect((await note({ after: (await rowFor('ada')).contact?.id })).status).toBe(201);
  });

  it('of a hidden patient are as if they were not there, and name nobody', async () => {
    const hidden = await app.signIn({ user: 'Practitioner/dr-lindqvist', patient: 'hidden' });
    await assignPlan(app, hidden);
    await app.doors.test.database.query(
      `insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until)
       values ('north', 'of-hidden', 'hidden', '2026-03-01T15:00:00Z', 'Practitioner/coordinator-reyes', 'x', '2026-03-09T15:00:00Z')`,
    );
    for (const [method, path] of [
      ['DELETE', '/app/v1/contacts/of-hidden'],
      ['POST', '/app/v1/contacts/of-hidden/end'],
    ] as const) {
      const refused = await app.call(reyes, method, path, method === 'POST' ? {} : undefined);
      expect([refused.status, refused.text.replaceAll('of-hidden', '')]).toEqual([
        404,
        expect.not.stringContaining('hidden'),
      ]);
    }
    const { rows } = await app.doors.test.database.query(`select ended_at from contact where id = 'of-hidden'`);
    expect(rows).toEqual([{ ended_at: null }]);
  });
});

describe('next visits', () => {
  it('are told of those whom this user may read, where the EHR tells; of others nothing', async () => {
    const visit = (patient: string) => ({
      resource: {
        ...{ resourceType: 'Encounter', id: `of-${patient}`, status: 'planned' },
        ...{ subject: { reference: `Patient/${patient}` }, period: { start: '2026-03-06T15:00:00Z' } },
      },
    });
    const entry = ['sean', 'hidden', 'nobody'].map(visit);
    app.north.settings.answers = {
      '/fhir/Encounter': { status: 200, body: { resourceType: 'Bundle', type: 'searchset', entry } },
    };
    const asked = { patientIds: ['sean', 'ada', 'hidden'] };
    const visits = async () => (await app.call(reyes, 'POST', '/app/v1/roster/visits', asked)).body;
    expect(await visits()).toEqual({ visits: [{ patientId: 'sean', start: '2026-03-06T15:00:00.000Z' }] });
    for (const status of [403, 404, 500, 503]) {
      app.north.settings.answers = { '/fhir/Encounter': { status, body: {} } };
      expect(await visits()).toEqual({ visits: [] });
    }
    delete app.north.settings.answers;
    // kept for the sweep, which knows no token of anybody's; what the EHR did not tell again stays
    const { rows } = await app.doors.test.database.query(
      `select tenant, patient_id, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from next_visit`,
    );
    expect(rows).toEqual([{ tenant: 'north', patient_id: 'sean', at: '2026-03-06 15:00' }]);
  });
});
