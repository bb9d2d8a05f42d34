import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, clinician, codeOf, coordinator, openApp, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';

interface Page {
  readonly rows: readonly { readonly patientId: string; readonly plans: readonly { readonly id: string }[] }[];
  readonly next?: string;
  readonly counts: Record<string, number>;
  readonly countsAtLeast?: boolean;
  readonly hidden: { readonly patients: number; readonly atLeast?: boolean };
  readonly unchecked?: boolean;
}

let app: App;
let reyes: Tab;
/** Seen by Dr. Lindqvist alone, and marked in every field that a row has. */
let marked: string;
const doctor = 'Practitioner/dr-lindqvist';

beforeEach(async () => {
  app = await openApp();
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  for (const id of ['sarah', 'hidden']) {
    const tab = await app.signIn(id === 'hidden' ? { user: doctor, patient: id } : { ...clinician, patient: id });
    const plan = await assignPlan(app, tab);
    if (id !== 'hidden') continue;
    marked = plan.plan.id;
    const barrier = { code: 'too-hard', text: 'Quagga' };
    const path = `/app/v1/assignments/${stepOf(plan, '1').id}`;
    await app.call(tab, 'POST', `${path}/moves`, { event: 'decline', barrier });
    await app.call(tab, 'POST', '/app/v1/safety-signals', { rule: 'self-harm-thoughts' });
    await app.doors.test.database.query(
      `update plan set body = jsonb_set(body, '{title}', '"Quagga at work"') where id = $1`,
      [marked],
    );
    await app.doors.test.database.query(`update plan_title set title = 'Quagga at work' where plan_id = $1`, [marked]);
  }
  reyes = await app.signIn(coordinator);
});
afterEach(() => app.close());

const get = (query = '', tab = reyes) => app.call(tab, 'GET', `/app/v1/roster${query}`);
const search = (body: object, tab = reyes) => app.call(tab, 'POST', '/app/v1/roster/search', body);
const pageOf = async (query = '', tab = reyes) => (await get(query, tab)).body as Page;
const traces = () => new RegExp(`Quagga|hidden"|Hidden Person|too-hard|lindqvist|${marked}`, 'i');
const without = (page: Page) => {
  const { hidden: _count, ...rest } = page;
  return JSON.stringify(rest);
};
const queries = [
  ...['', '?sort=name', '?sort=last-log', '?sort=adherence', `?team=${doctor}`],
  ...['safety', 'overdue', 'stopped', 'barrier', 'waiting-unlock', 'not-landed'].map((filter) => `?filter=${filter}`),
];

describe('a patient whom the EHR hides', () => {
  it('is in no row, count or find of the list, however it is asked for', async () => {
    const counts = { safety: 0, overdue: 0, stopped: 0, barrier: 0, 'not-landed': 0 };
    for (const query of queries) {
      const page = await pageOf(query);
      expect([query, without(page)]).not.toEqual([query, expect.stringMatching(traces())]);
      expect([query, page.hidden]).toEqual([query, { patients: 1 }]);
      expect([query, page.counts]).toEqual([query, expect.objectContaining(counts)]);
    }
  });

  it('is there for whom the EHR lets see them, in each of these', async () => {
    app.north.restricted.set('Patient/hidden', [doctor, 'Practitioner/coordinator-two']);
    const two = await app.signIn({ user: 'Practitioner/coordinator-two' });
    const page = await pageOf('', two);
    expect(without(page)).toMatch(traces());
    expect(page).toMatchObject({ hidden: { patients: 0 }, counts: { safety: 1, stopped: 1, barrier: 1 } });
    for (const filter of ['safety', 'stopped', 'barrier']) {
      expect((await pageOf(`?filter=${filter}`, two)).rows).toMatchObject([{ plans: [{ id: marked }] }]);
    }
    expect((await search({ q: 'quagga' }, two)).text).toContain(marked);
  });

  it('is not found by words', async () => {
    const before = await pageOf();
    const noMatch = (await search({ q: 'nothing has this' })).body as Page;
    for (const q of ['Quagga', 'quagga at', 'Hidden', 'Person', 'agga']) {
      const page = (await search({ q })).body as Page;
      expect(page.rows.map(({ patientId }) => patientId)).not.toContain('hidden');
      // nor does any number tell that there was something to find
      expect({ ...page, now: '', rows: [] }).toEqual({ ...noMatch, now: '', rows: [] });
      expect(page.hidden).toEqual(before.hidden);
    }
  });

  it('takes no contact note, and is refused as one who was never there', async () => {
    const note = (patientId: string) => app.call(reyes, 'POST', '/app/v1/contacts', { patientId, note: 'Called' });
    const [hidden, none] = [await note('hidden'), await note('nobody')];
    const { requestId: _one, ...refused } = hidden.body as Record<string, unknown>;
    const { requestId: _other, ...absent } = none.body as Record<string, unknown>;
    expect([hidden.status, refused]).toEqual([404, absent]);
    expect((await app.doors.test.database.query('select from contact')).rows).toEqual([]);
    expect((await note('sarah')).status).toBe(201);
  });

  it('is hidden too where an EHR refuses the whole search for one of them, and nobody else is', async () => {
    const { fhirBase } = app.north;
    const path = new URL(`${fhirBase}/Patient`).pathname;
    app.north.settings.answers = { [path]: { status: 403, body: { resourceType: 'OperationOutcome' } } };
    const page = await pageOf();
    expect(page.rows.map(({ patientId }) => patientId)).toEqual(['sarah']);
    expect(page.hidden).toEqual({ patients: 1 });
  });

  it('is hidden too where an EHR searches for nobody, and nobody else is', async () => {
    const path = new URL(`${app.north.fhirBase}/Patient`).pathname;
    app.north.settings.answers = { [path]: { status: 200, body: { resourceType: 'Bundle', type: 'searchset' } } };
    expect((await pageOf()).rows.map(({ patientId }) => patientId)).toEqual(['sarah']);
  });

  it('is absent from then on when the EHR hides them later', async () => {
    expect((await pageOf()).rows.map(({ patientId }) => patientId)).toEqual(['sarah']);
    app.north.restricted.set('Patient/sarah', ['Practitioner/dr-okafor']);
    app.doors.test.setTime('2026-03-01T15:05:01.000Z');
    expect(await pageOf()).toMatchObject({ rows: [], hidden: { patients: 2 } });
  });
});

describe('a patient of whom the EHR does not answer', () => {
  it('is not shown as readable, nor counted as hidden, and the page says that somebody could not be checked', async () => {
    app.north.settings.answers = { '/fhir/Patient': { status: 503, body: {} } };
    const page = await pageOf();
    expect(page).toMatchObject({
      rows: [],
      hidden: { patients: 0, atLeast: true },
      unchecked: true,
      countsAtLeast: true,
    });
    expect(without(page)).not.toMatch(traces());
    delete app.north.settings.answers;
    const later = await pageOf();
    expect(later).toMatchObject({ rows: [{ patientId: 'sarah' }], hidden: { patients: 1 } });
    expect(later).not.toHaveProperty('unchecked');
  });

  it('takes no note, with other words than one who is hidden', async () => {
    app.north.settings.broken = '/fhir/Patient/sarah';
    const answer = await app.call(reyes, 'POST', '/app/v1/contacts', { patientId: 'sarah', note: 'Called' });
    expect([answer.status, codeOf(answer)]).toEqual([503, 'ehr-unreachable']);
  });
});

describe('a long list', () => {
  const many = 130;
  const isHidden = (n: number) => n % 3 !== 0;

  beforeEach(async () => {
    const { database } = app.doors.test;
    for (let n = 0; n < many; n += 1) {
      const id = `many-${String(n).padStart(3, '0')}`;
      await database.query(
        `insert into plan (tenant, id, version, updated_at, patient_id, status, body, overdue, stopped, waiting_unlock, urgency)
         select tenant, $1, 1, updated_at, $2, 'active', jsonb_set(jsonb_set(body, '{id}', to_jsonb($1::text)), '{patientId}', to_jsonb($2::text)), 1, 0, 0, $3
         from plan where id = $4`,
        [`plan-${id}`, id, 1000 - n, marked],
      );
      app.north.resources.set(`Patient/${id}`, { resourceType: 'Patient', id, name: [{ text: `Nr. ${n}` }] });
      if (isHidden(n)) app.north.restricted.set(`Patient/${id}`, [doctor]);
    }
  });

  it('is told page by page to its end: each readable patient once, in order, and no trace of the others', async () => {
    const found: string[] = [];
    let next: string | undefined;
    let pages = 0;
    let last: Page | undefined;
    do {
      const { text, body } = await get(`?filter=overdue${next === undefined ? '' : `&after=${next}`}`);
      const hiddenIds = Array.from({ length: many }, (_, n) => n).filter(isHidden);
      for (const n of hiddenIds) expect(text).not.toContain(`many-${String(n).padStart(3, '0')}`);
      last = body as Page;
      // a cursor would tell the id and the dates of whoever stands at the page's end
      if (last.next !== undefined) expect(Buffer.from(last.next, 'base64url').toString()).not.toContain('many');
      found.push(...last.rows.map(({ patientId }) => patientId));
      next = last.next;
      pages += 1;
    } while (next !== undefined && pages < 20);
    const readable = Array.from({ length: many }, (_, n) => n).filter((n) => !isHidden(n));
    expect(found).toEqual(readable.map((n) => `many-${String(n).padStart(3, '0')}`));
    expect(last?.counts.overdue).toBe(readable.length);
    expect(last?.hidden).toEqual({ patients: 1 + many - readable.length });
  });

  it('asks the EHR for each of them once, and page after page for nobody again', async () => {
    app.north.requests.length = 0;
    await get('?filter=overdue');
    const first = app.north.requests.filter((request) => request.startsWith('GET /fhir/Patient')).length;
    // three searches, and one read for each who is hidden
    expect(first).toBeLessThanOrEqual(3 + 1 + Math.ceil((many * 2) / 3));
    app.north.requests.length = 0;
    await get('?filter=overdue');
    await get();
    expect(app.north.requests.filter((request) => request.startsWith('GET /fhir/Patient'))).toEqual([]);
  });

  it('takes no cursor that is another session’s or made up', async () => {
    for (const id of ['many-001', 'many-002', 'many-004']) app.north.restricted.delete(`Patient/${id}`);
    app.north.restricted.clear();
    const { next = '' } = await pageOf('?filter=overdue');
    expect(next).not.toBe('');
    const two = await app.signIn({ user: 'Practitioner/coordinator-two' });
    for (const [tab, cursor] of [
      [two, next],
      [reyes, `${next.slice(0, -2)}AA`],
      [reyes, Buffer.from(JSON.stringify(['all', '5', 'x'])).toString('base64url')],
    ] as const) {
      const answer = await get(`?filter=overdue&after=${encodeURIComponent(cursor)}`, tab);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid-request']);
    }
  });
});
