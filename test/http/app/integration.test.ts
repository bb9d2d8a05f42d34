import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisionsFor } from '../../../smart-app/src/integration/decisions.ts';
import type { StrangerRow } from '../../../src/contract/app/connection.ts';
import { summaryShape } from '../../../src/contract/app/ledger.ts';
import type { EhrPulse } from '../../../src/foundation/ehr-pulse.ts';
import type { EhrConnection } from '../../../src/http/app-options.ts';
import { ledgerStates } from '../../../src/record/ledger/ledger-row.ts';
import { type App, clinician, codeOf, integration, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';

const marker = 'Zyzzyva-Whitcombe';
const asked: string[] = [];
let answers = true;
let pulse: EhrPulse = { state: 'answers' };
let strangers: readonly StrangerRow[] = [];
let hold: { readonly since: string; readonly status: number } | undefined;
const connection: EhrConnection = {
  strangers: () => strangers,
  hold: () => hold,
  successes: async () => [{ requestKind: 'search Task', at: '2026-03-02T15:59:00.000Z' }],
  answers: async () => answers,
  askAgain: async () => asked.push('ask') > 0,
  tryAgain: async () => asked.push('try') > 0,
  landings: async () => [
    {
      ...{ artefact: 'plan', landing: 'note', identity: 'delegated', reason: 'A plan needs CarePlan and Task' },
      ...{ toImprove: 'Ask for user/CarePlan.cu', assumption: 'Scopes are assumed to be granted as requested' },
    },
  ],
  pulse: () => pulse,
  corrections: async () => [
    {
      ...{ type: 'Task', interaction: 'create', identity: 'any', status: 405, attemptId: 'a-1' },
      at: '2026-02-28T10:00:00.000Z',
    },
  ],
};

let app: App;
let lee: Tab;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp({ app: { connections: new Map([['north', connection]]) } });
  plan = await assignPlan(app, await app.signIn(clinician));
  const sarah = await app.signIn(patient);
  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
  const later = await app.signIn(patient);
  await app.call(later, 'POST', `/app/v1/assignments/${stepOf(plan, '1').id}/logs`, {
    id: randomUUID(),
    performedAt: '2026-03-02T10:00:00-05:00',
    answers: { situation: marker, prediction: marker, 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 },
    withheld: [],
  });
  expect(sarah.session).not.toBe(later.session);
});
beforeEach(async () => {
  await app.doors.test.database.query(
    `update ledger set state = 'pending', landed = 0, sent = 0, reason = null, waiting_since = null, withdraw = false, last_outcome = null`,
  );
  await app.doors.test.database.query('update landing_group set attention = false, due = true');
  lee = await app.signIn(integration);
});
afterAll(() => app.close());

const get = (path: string, tab = lee) => app.call(tab, 'GET', `/app/v1${path}`);
const search = (body: object, tab = lee) => app.call(tab, 'POST', '/app/v1/ledger/search', body);
const decide = (path: string, body: unknown, tab = lee) => app.call(tab, 'POST', `/app/v1/ledger/${path}`, body);
async function stand(key: string, state: string, more = ''): Promise<string> {
  const { id } = stepOf(plan, key);
  const { database } = app.doors.test;
  await database.query(`update ledger set state = $2 ${more} where tenant = 'north' and id = $1`, [id, state]);
  await database.query(
    `update landing_group set attention = true where id in (select group_id from ledger where id = $1)`,
    [id],
  );
  return `assignment/${id}`;
}
const rowShape = (body: unknown) => (body as { row: Record<string, unknown> }).row;

describe('the connection', () => {
  it('says whether the EHR answers, what lands where and why, and what it refused', async () => {
    const { status, body } = await get('/connection');
    expect(status).toBe(200);
    expect(body).toEqual({
      now: '2026-03-02T16:00:00.000Z',
      answers: true,
      fhirBase: app.north.fhirBase,
      vendor: 'generic',
      landings: await connection.landings(),
      successes: [{ requestKind: 'search Task', at: '2026-03-02T15:59:00.000Z' }],
      corrections: await connection.corrections(),
    });
    answers = false;
    expect((await get('/connection')).body).toMatchObject({ answers: false });
    answers = true;
    pulse = { state: 'slow', since: '2026-03-02T15:50:00.000Z', how: 'late', requestKinds: ['search Task'] };
    expect((await get('/connection')).body).toMatchObject({ answers: true, trouble: pulse });
    pulse = { state: 'answers' };
  });

  it('says what answers in the EHR’s place', async () => {
    const said: StrangerRow = {
      lane: 'write',
      ...{ since: '2026-03-02T15:58:00.000Z', at: '2026-03-02T15:59:00.000Z', times: 3 },
      says: `HTTP 404 text/html, not the EHR's answer ("404 not found nginx")`,
    };
    strangers = [said];
    hold = { since: '2026-03-01T14:56:00.000Z', status: 401 };
    expect((await get('/connection')).body).toMatchObject({ strangers: [said], hold });
    hold = undefined;
    expect((await get('/connection')).body).not.toHaveProperty('hold');
    strangers = [];
    expect((await get('/connection')).body).not.toHaveProperty('strangers');
  });

  it('is asked again, and tries again what was refused', async () => {
    const post = (path: string) => app.call(lee, 'POST', `/app/v1/connection/${path}`);
    expect((await post('ask-again')).body).toMatchObject({ answers: true });
    expect((await post('try-again')).body).toMatchObject({ answers: true });
    expect(asked).toEqual(['ask', 'try']);
  });

  it('that has never answered has no landing table', async () => {
    const never = (): Promise<never> => Promise.reject(new Error('no'));
    const other = await openApp({
      app: {
        connections: new Map([['north', { ...connection, answers: never, landings: never, corrections: never }]]),
      },
    });
    const { body } = await other.call(await other.signIn(integration), 'GET', '/app/v1/connection');
    expect(body).toMatchObject({ answers: false, corrections: [] });
    expect(body).not.toHaveProperty('landings');
    await other.close();
  });
});

describe('the ledger at a glance', () => {
  it('counts by state: what is due, what is in trouble, and the rest, which has landed', async () => {
    const { database } = app.doors.test;
    const total = (await database.query<{ n: number }>('select count(*)::int as n from ledger')).rows[0]?.n;
    // wanted just now: about to be sent, and no longer waiting
    await database.query(`update ledger set wanted_at = '2026-03-02T15:59:30Z'`);
    const rows = (await get('/ledger/summary')).body;
    expect(rows).toMatchObject({ counts: { pending: total, landed: 0, rejected: 0 }, waiting: [], undecided: [] });
    await database.query(`update ledger set state = 'landed', landed = wanted`);
    await database.query('update landing_group set due = false');
    expect((await get('/ledger/summary')).body).toMatchObject({ counts: { pending: 0, landed: total } });
  });

  it('has what needs a person, oldest first, and what waits by what for, with its age', async () => {
    await app.doors.test.database.query(`update ledger set wanted_at = '2026-03-02T15:59:30Z'`);
    // the older one has the later id, so that no other order looks like this one
    const [newer = '', older = ''] = ['2', '3'].toSorted((a, b) => (stepOf(plan, a).id < stepOf(plan, b).id ? -1 : 1));
    await stand(newer, 'rejected', `, reason = 'the EHR refused it', wanted_at = '2026-02-27T08:00Z'`);
    const several = `, reason_code = 'several', reason_detail = '{"type":"Task","ids":["4","9"]}'`;
    await stand(older, 'unknown', `, wanted_at = '2026-02-26T08:00Z' ${several}`);
    for (const [key, since] of [
      ['4a', '2026-03-01T08:00Z'],
      ['4b', '2026-02-20T08:00Z'],
    ]) {
      await stand(key ?? '', 'waiting', `, reason = 'for an encounter', landing = 'note', waiting_since = '${since}'`);
    }
    const { body } = await get('/ledger/summary');
    expect(body).toMatchObject({
      now: '2026-03-02T16:00:00.000Z',
      counts: { rejected: 1, unknown: 1, waiting: 2, landed: 0 },
      waiting: [
        {
          ...{ artefact: 'assignment', landing: 'note', reason: 'for an encounter', count: 2 },
          since: '2026-02-20T08:00:00.000Z',
        },
      ],
      undecided: [
        { id: stepOf(plan, older).id, state: 'unknown' },
        { id: stepOf(plan, newer).id, state: 'rejected', reason: 'the EHR refused it' },
      ],
    });
  });

  it('counts as a decision what only a person can help, and has what goes on by itself among what waits', async () => {
    const { database } = app.doors.test;
    await database.query(`update ledger set state = 'landed', landed = wanted`);
    await database.query('update landing_group set due = false');
    const told = (code: string, detail = '{}') =>
      `, reason = null, reason_code = '${code}', reason_detail = '${detail}'`;
    const underWay = told('under-way', '{"sentAt":"2026-03-02T15:59:00.000Z","until":"2026-03-02T16:01:00.000Z"}');
    const later = told('under-way', '{"sentAt":"2026-03-02T15:59:30.000Z","until":"2026-03-02T16:01:30.000Z"}');
    await stand('1', 'unknown', `${later}, waiting_since = null, wanted_at = '2026-02-27T08:00Z'`);
    await stand('2', 'unknown', `${underWay}, waiting_since = null, wanted_at = '2026-02-26T08:00Z'`);
    await stand(
      '3',
      'unknown',
      `${told('patient', '{"standing":"gone"}')}, waiting_since = null, wanted_at = '2026-02-26T09:00Z'`,
    );
    await stand('4a', 'awaiting-review', `${told('review')}, waiting_since = null, wanted_at = '2026-02-26T10:00Z'`);
    await stand(
      '4b',
      'unknown',
      `${told('lost', '{"place":null,"searchable":true}')}, waiting_since = null, wanted_at = '2026-02-26T11:00Z'`,
    );
    await stand('4c', 'pending', `, landed = 0, reason = null, waiting_since = null, wanted_at = '2026-02-26T12:00Z'`);
    await database.query(
      `update landing_group set due = true where id in (select group_id from ledger where state = 'pending')`,
    );
    const { body } = await get('/ledger/summary');
    const { open, waiting, undecided } = summaryShape.parse(body);
    expect(open).toEqual({ decide: 1, wait: 4, send: 1 });
    // two that may be under way wait for the same, each until a time of its own
    expect(waiting[0]).toMatchObject({ count: 2, because: { until: '2026-03-02T16:01:30.000Z' } });
    expect(undecided.map(({ id }) => id)).toEqual([stepOf(plan, '4b').id]);
    expect(waiting.map(({ state, waitingFor, because }) => [state, (waitingFor ?? because)?.code])).toEqual([
      ['unknown', 'under-way'],
      ['unknown', 'patient'],
      ['awaiting-review', 'review'],
      ['pending', undefined],
    ]);
  });
});

describe('the ledger', () => {
  it('is filtered and paged', async () => {
    await stand('2', 'rejected');
    const rejected = await search({ state: 'rejected' });
    expect(rejected.body).toMatchObject({ count: 1, rows: [{ id: stepOf(plan, '2').id }] });
    const seen: unknown[] = [];
    const counts: unknown[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const cursor: object = next === '' ? {} : { cursor: next };
      const page = (await search({ artefact: 'assignment', limit: 2, ...cursor })).body as {
        rows: { id: string }[];
        next?: string;
        count?: number;
      };
      seen.push(...page.rows.map(({ id }) => id));
      counts.push(page.count);
      next = page.next;
    }
    expect(counts).toEqual([6, undefined, undefined]);
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    expect((await search({ state: 'lost' })).status).toBe(400);
    expect((await search({ patientId: 'sarah' })).status).toBe(400);
    // what is looked for may be a patient's id, and addresses are kept by many
    expect((await get('/ledger?find=sarah')).status).toBe(404);
  });

  it('shows the EHR’s own words for one row, and in no list and no log', async () => {
    const key = await stand('2', 'rejected', `, last_outcome = 'cannot parse ${marker}'`);
    expect(rowShape((await get(`/ledger/${key}`)).body).lastOutcome).toBe(`cannot parse ${marker}`);
    const lists = {
      all: search({}),
      rejected: search({ state: 'rejected' }),
      summary: get('/ledger/summary'),
      connection: get('/connection'),
    };
    for (const [path, asked] of Object.entries(lists)) {
      const { text } = await asked;
      expect([path, text.includes(marker), /Sarah|Whitfield|answers"\s*:\s*\{|content/.test(text)]).toEqual([
        path,
        false,
        false,
      ]);
    }
    expect(app.doors.log()).not.toContain(marker);
  });

  it('of another EHR is not this one’s', async () => {
    const south = await app.signIn(integration, app.south);
    expect((await get(`/ledger/assignment/${stepOf(plan, '2').id}`, south)).status).toBe(404);
    expect((await search({}, south)).body).toMatchObject({ count: 0, rows: [] });
    expect((await search({ find: stepOf(plan, '2').id }, south)).body).toMatchObject({ count: 0, rows: [] });
    expect(codeOf(await get('/connection', south))).toBe('not-supported');
  });
});

describe('a decision', () => {
  const reason = 'Checked with the HIM desk';
  const evidence = async (key: string) =>
    ((await get(`/ledger/${key}`)).body as { attempts: { disposition: string; detail: string }[] }).attempts
      .filter(({ disposition }) => disposition.startsWith('person:'))
      .map(({ disposition, detail }) => [disposition, detail]);

  it('to retry, to confirm and to withdraw changes the row, with its reason and who said so as evidence', async () => {
    const key = await stand('2', 'rejected');
    expect(rowShape((await decide(`${key}/retry`, { reason })).body)).toMatchObject({ state: 'pending' });
    await stand('2', 'unknown', ', sent = wanted');
    const confirmed = await decide(`${key}/confirm`, { reference: 'Task/17', reason });
    expect(rowShape(confirmed.body)).toMatchObject({ state: 'landed', ehrReference: 'Task/17' });
    const other = await stand('3', 'waiting');
    const withdrawn = await decide(`${other}/withdraw`, { reason });
    expect(rowShape(withdrawn.body)).toMatchObject({ state: 'withdrawn', reason });
    const by = 'said by Practitioner/integration-lee';
    expect(await evidence(key)).toEqual(
      expect.arrayContaining([
        ['person:retry', `${reason}, ${by}`],
        ['person:confirm', `Task/17 version 1: ${reason}, ${by}`],
        ['person:withdraw', `${reason}, ${by}`],
      ]),
    );
  });

  it.each([
    ['unknown', 'person:look-again'],
    ['awaiting-review', 'person:look-again'],
    ['withdrawn', 'person:let-land'],
    ['waiting', 'person:retry'],
  ])('to retry what is %s is kept as %s', async (state, kept) => {
    const key = await stand('2', state);
    await decide(`${key}/retry`, { reason: `kept of ${state}` });
    expect(await evidence(key)).toContainEqual([kept, `kept of ${state}, said by Practitioner/integration-lee`]);
  });

  it('needs a reason, and a reference that is one; what cannot be decided is refused and leaves nothing behind', async () => {
    const key = await stand('2', 'landed');
    const before = (await evidence(key)).length;
    expect((await decide(`${key}/retry`, {})).status).toBe(400);
    expect((await decide(`${key}/withdraw`, { reason: ' ' })).status).toBe(400);
    expect((await decide(`${key}/confirm`, { reference: 'somewhere', reason })).status).toBe(400);
    const late = await decide(`${key}/retry`, { reason });
    expect([late.status, codeOf(late)]).toEqual([409, 'not-supported']);
    expect(await evidence(key)).toHaveLength(before);
  });

  it('about many is taken with each, and what has moved on meanwhile is left', async () => {
    const [second, third] = [await stand('2', 'rejected'), await stand('3', 'rejected')];
    await stand('4a', 'waiting');
    const body = { state: 'rejected', artefact: 'assignment', reason };
    const retried = await app.call(lee, 'POST', '/app/v1/ledger/retry', body);
    expect(retried.body).toEqual({ now: '2026-03-02T16:00:00.000Z', tried: 2, left: 0 });
    for (const key of [second, third]) {
      expect(rowShape((await get(`/ledger/${key}`)).body)).toMatchObject({ state: 'pending' });
      expect(await evidence(key)).toContainEqual(['person:retry', `${reason}, said by Practitioner/integration-lee`]);
    }
    expect((await search({ state: 'waiting' })).body).toMatchObject({ count: 1 });
  });

  it('about many that are being sent is left with these', async () => {
    const key = await stand('2', 'rejected');
    const lease = `update landing_group set lease_until = '2026-03-02T17:00Z' where id = (select group_id from ledger where id = $1)`;
    await app.doors.test.database.query(lease, [stepOf(plan, '2').id]);
    const body = { state: 'rejected', reason };
    expect((await app.call(lee, 'POST', '/app/v1/ledger/retry', body)).body).toMatchObject({ tried: 0, left: 1 });
    await app.doors.test.database.query('update landing_group set lease_until = null');
    expect(rowShape((await get(`/ledger/${key}`)).body)).toMatchObject({ state: 'rejected' });
  });

  it.each([
    ['without a reason', { state: 'rejected' }, /reason/],
    ['that people withdrew', { state: 'withdrawn', reason: 'all' }, /state/],
    ['of no state', { reason: 'all' }, /state/],
    ['by a cursor of nothing', { state: 'rejected', reason: 'all', cursor: 'x' }, /cursor/],
  ])('about many %s is refused', async (_what, body, names) => {
    const { status, text } = await app.call(lee, 'POST', '/app/v1/ledger/retry', body);
    expect([status, names.test(text)]).toEqual([400, true]);
  });

  it('is taken wherever the page offers it, and refused where confirming or landing again makes no sense', async () => {
    for (const state of ledgerStates) {
      const stands = async () => stand('2', state, ', sent = wanted, landed = 0, withdraw = false');
      const offered = decisionsFor({ state, landed: 0 }).map(({ verb }) => verb);
      for (const verb of ['retry', 'confirm', 'withdraw'] as const) {
        const body = { reason, ...(verb === 'confirm' ? { reference: 'Task/17' } : {}) };
        const { status } = await decide(`${await stands()}/${verb}`, body);
        if (offered.includes(verb)) expect([state, verb, status]).toEqual([state, verb, 200]);
        else if (verb === 'confirm') expect([state, verb, status]).toEqual([state, verb, 409]);
      }
    }
  });

  it('is not taken from a sign-in that may not write, which still sees how things stand', async () => {
    const key = await stand('2', 'rejected');
    const readOnly = await app.signIn({ ...integration, grant: (scope) => !scope.endsWith('.crus') });
    expect((await get(`/ledger/${key}`, readOnly)).status).toBe(200);
    expect(codeOf(await decide(`${key}/retry`, { reason }, readOnly))).toBe('forbidden');
    expect(rowShape((await get(`/ledger/${key}`)).body).state).toBe('rejected');
  });
});

describe('the check of the ledger', () => {
  it('is started and shown to this role alone; a repair needs a reason', async () => {
    expect((await get('/ledger/check')).body).toMatchObject({ check: null, differences: [] });
    const start = (body: object, tab = lee) => app.call(tab, 'POST', '/app/v1/ledger/check', body);
    expect((await start({ repair: true })).status).toBe(400);
    expect((await start({ repair: true, reason: 'The EHR was restored' })).body).toMatchObject({
      check: { state: 'running', repair: true, startedBy: 'Practitioner/integration-lee' },
    });
    for (const launch of [clinician, patient]) {
      const tab = await app.signIn(launch);
      expect([(await get('/ledger/check', tab)).status, (await start({ repair: false }, tab)).status]).toEqual([
        403, 403,
      ]);
    }
    const readOnly = await app.signIn({ ...integration, grant: (scope) => !scope.endsWith('.crus') });
    expect(codeOf(await start({ repair: false }, readOnly))).toBe('forbidden');
    expect((await get('/ledger/check', readOnly)).status).toBe(200);
  });
});
