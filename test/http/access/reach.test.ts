import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isDraft } from '../../../src/homework/log/draft.ts';
import type { Log } from '../../../src/homework/model.ts';
import { apiRoutes } from '../../../src/http/api/routes.ts';
import { actingAs } from '../../../src/record/actor.ts';
import { closeSafetySignal } from '../../../src/record/safety/close-safety-signal.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { type Call, type Doors, openDoors } from '../open-doors.ts';
import { bodies } from './commands.ts';
import { others } from './others.ts';
import { fillWorld, markedPlan, marks, patients, sendAll, type World } from './two-systems.ts';

let doors: Doors;
let world: World;
let watcher: string;
beforeAll(async () => {
  doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  world = await fillWorld(doors);
  watcher = await doors.token('north', undefined, 'watcher');
}, 60_000);
afterAll(() => doors.close());

const as =
  (token: string) =>
  (method: string, path: string, call: Call = {}) =>
    doors.call(method, path, { ...call, token });
const asA: ReturnType<typeof as> = (...call) => as(world.tokens.a)(...call);
const asB: ReturnType<typeof as> = (...call) => as(world.tokens.b)(...call);

describe('a source that sees the tenant and writes its own', () => {
  it('reads what everybody made', async () => {
    const its = await others(doors, 'source:watcher');
    const { rows } = await doors.test.database.query<{ body: Log }>('select body from log');
    const drafts = new Set(rows.filter(({ body }) => isDraft(body)).map(({ body }) => body.id));
    expect(drafts.size).toBeGreaterThan(3);
    for (const { type, id } of its.resources) {
      // a draft is theirs alone who write it
      const expected = drafts.has(id) ? 404 : 200;
      expect([type, (await as(watcher)('GET', `/fhir/north/${type}/${id}`)).status]).toEqual([type, expected]);
    }
    for (const planId of its.idsOf('plan')) {
      expect((await as(watcher)('GET', `/api/v1/plans/${planId}`)).status).toBe(200);
    }
    const plans = await as(watcher)('GET', '/api/v1/plans?limit=200');
    for (const word of Object.values(marks)) expect(plans.text).toContain(word);
  });

  const commands = apiRoutes.filter(({ method, path }) => method !== 'get' && path.includes('{'));
  it.each(commands.map((route) => [`${route.method} ${route.path}`, route]))(
    'changes nothing of theirs by %s',
    async (_name, { method, path, operationId }) => {
      const its = await others(doors, 'source:watcher');
      const before = await its.held();
      const body = bodies[operationId];
      for (const { at } of its.placesOf(path)) {
        const { status } = await as(watcher)(method.toUpperCase(), `/api/v1${at}`, body === undefined ? {} : { body });
        expect([403, 404]).toContain(status);
      }
      expect(await its.held()).toBe(before);
    },
  );
});

describe('what people do in the app, in a plan that a source made', () => {
  const view = z.looseObject({
    ...Object.fromEntries(
      ['logs', 'barriers', 'feedback', 'reports'].map((name) => [name, z.array(z.looseObject({ id: z.string() }))]),
    ),
  });

  it('is seen by that source, but for what the patient keeps to themself', async () => {
    const [first] = world.a;
    const app = world.inPlanOfA;
    const answer = await asA('GET', `/api/v1/plans/${first?.planId}`);
    const shown = view.parse(answer.body) as Record<string, { id: string }[]>;
    const has = (name: string, id: string) => shown[name]?.some((entry) => entry.id === id);
    expect([has('logs', app.logId), has('barriers', app.barrierId), has('feedback', app.feedbackId)]).toEqual([
      ...[true, true, true],
    ]);
    // it names the open signals of the patient, also those that others raised
    expect(has('reports', app.reportId)).toBe(false);
    const log = await asA('GET', `/fhir/north/QuestionnaireResponse/${app.logId}`);
    for (const { status, text } of [answer, log]) {
      expect(status).toBe(200);
      expect(text).toContain(`${marks.app} room`);
      expect(text).not.toContain(`${marks.app} withheld`);
      expect(text).not.toContain(`${marks.app} draft`);
    }
    for (const path of [`/api/v1/plans/${first?.planId}`, '/fhir/north/QuestionnaireResponse?_count=200']) {
      expect((await asA('GET', path)).text).not.toContain(`${marks.app} draft`);
    }
  });

  it('is changed by nobody but who did it', async () => {
    const { logId, draftId, barrierId } = world.inPlanOfA;
    const its = await others(doors, 'nobody');
    const before = await its.held();
    const tries = [logId, draftId].flatMap((id) => [
      ...['prediction', 'situation'].map((linkId) => ['PATCH', `/logs/${id}`, { withheld: [linkId] }] as const),
      ['PATCH', `/logs/${id}`, { withheld: [] }] as const,
      ['PATCH', `/logs/${id}`, { answers: { situation: 'other' } }] as const,
      ['POST', `/logs/${id}/complete`, {}] as const,
      ['DELETE', `/logs/${id}`, undefined] as const,
    ]);
    for (const [method, path, body] of [...tries, ['POST', `/barriers/${barrierId}/talked-over`, {}] as const]) {
      const { status } = await asA(method, `/api/v1${path}`, body === undefined ? {} : { body });
      expect([method, path, [403, 404].includes(status)]).toEqual([method, path, true]);
    }
    expect(await its.held()).toBe(before);
  });

  it('does not hinder the source in what it sent itself', async () => {
    const [first] = world.a;
    const amend = { withheld: ['prediction', 'self-censored', 'situation'] };
    const amended = await asA('PATCH', `/api/v1/logs/${first?.logId}`, { body: amend });
    expect([amended.status, amended.text.includes(`${marks.a} room`)]).toEqual([200, false]);
    expect((await asA('POST', `/api/v1/barriers/${first?.barrierId}/talked-over`)).status).toBe(200);
    expect((await asA('DELETE', `/api/v1/logs/${first?.draftId}`)).status).toBe(200);
  });
});

describe('a safety signal that rests on what two sources know', () => {
  const signal = z.looseObject({
    id: z.string(),
    raisedAt: z.string(),
    evidence: z.array(z.looseObject({ by: z.unknown() })),
  });
  const signals = z.object({ signals: z.array(signal) });
  const patientId = 'patient-shared';
  /** A plan of today's, with a log of the same day. */
  const send = (of: 'a' | 'b', whose: string, log: object = { performedAt: '2026-03-20T09:30:00-04:00' }) => {
    const schedule = { type: 'once-within', days: 14 };
    const assignments = markedPlan(of, whose).assignments.map((assignment) => ({ ...assignment, schedule }));
    return sendAll(doors, { of, token: world.tokens[of], patientId: whose, change: { assignments }, log });
  };

  it('is shown to each with its own evidence, and nothing of what the other added', async () => {
    const ofA = await send('a', patientId);
    const ofB = await send('b', patientId);
    const rule = 'harm-by-others';
    const raise = (of: typeof asA, sourceId: string) =>
      of('POST', '/api/v1/safety-signals', { body: { patientId, rule, sourceId } });
    const list = async (of: typeof asA) =>
      signals
        .parse((await of('GET', `/api/v1/safety-signals?patientId=${patientId}`)).body)
        .signals.filter((signal) => signal.rule === rule);
    expect((await raise(asA, 'one')).status).toBe(201);
    const alone = await list(asA);
    expect(alone.map(({ evidence }) => evidence.length)).toEqual([1]);
    expect(await list(asB)).toEqual([]);

    doors.test.setTime('2026-03-20T15:01:00.000Z');
    const raised = await raise(asB, 'one');
    expect(raised.status).toBe(201);
    const seen = signal.parse(raised.body);
    expect(seen).toMatchObject({ raisedAt: '2026-03-20T15:01:00.000Z', evidence: [{ by: { clientId: 'b' } }] });
    expect(seen.evidence.length).toBe(1);
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['ordinal']));
    for (const name of ['planId', 'ordinal', 'version', 'closedBy', 'closeReason'])
      expect(seen).not.toHaveProperty(name);
    expect(await list(asB)).toEqual([seen]);
    expect(await list(asA)).toEqual(alone);
    expect((await raise(asB, 'one')).body).toEqual(seen);
    for (const { text } of [raised, await asB('GET', `/api/v1/plans/${ofB.planId}`)]) {
      expect(text).not.toContain(ofA.planId);
      expect(text).not.toContain(marks.a);
    }

    // its resources say all of it: they are shown to neither
    const { rows } = await doors.test.database.query<{ type: string; id: string }>(
      `select type, id from resource where artefact = 'safety' and patient_id = $1 and id like $2 || '%'`,
      [patientId, seen.id],
    );
    expect(rows.length).toBe(4);
    for (const { type, id } of rows) {
      for (const of of [asA, asB]) {
        expect((await of('GET', `/fhir/north/${type}/${id}`)).status).toBe(404);
        expect((await of('GET', `/api/v1/ledger/safety/${id}`)).status).toBe(404);
        const found = await of('GET', `/fhir/north/${type}?patient=${patientId}&_count=200&_total=accurate`);
        expect(found.text).not.toContain(id);
      }
    }

    const userReference = 'Practitioner/dr-okafor';
    const clinician = { type: 'user', userReference, role: 'clinician', sessionId: 's' } as const;
    await closeSafetySignal(actingAs(doors.test.record, clinician), 'north', {
      ...{ signalId: seen.id, by: 'Practitioner/dr-okafor', reason: `${marks.app} close reason` },
    });
    for (const of of [asA, asB]) {
      const [closed] = await list(of);
      expect(closed).toMatchObject({ status: 'closed', closedAt: '2026-03-20T15:01:00.000Z' });
      expect(JSON.stringify(closed)).not.toContain(marks.app);
      expect(closed).not.toHaveProperty('closedBy');
    }
  });

  it('is told in a source’s report by what is its own', async () => {
    const own = await send('a', 'patient-report');
    const theirs = await send('b', 'patient-report');
    const report = (of: typeof asA, planId: string) =>
      of('POST', `/api/v1/plans/${planId}/reports`, { body: { from: '2026-03-19T15:00:00Z', sourceId: 'told' } });
    // only A's log told of it
    expect((await report(asA, own.planId)).text).toContain('Thoughts of harming oneself');
    expect((await report(asB, theirs.planId)).text).not.toContain('Thoughts of harming oneself');
  });

  it('of answers that are told long after is told in the same way', async () => {
    const long = { performedAt: '2026-03-01T09:30:00-05:00' };
    const [own, theirs] = [await send('a', 'patient-old', long), await send('b', 'patient-old', long)];
    const report = (of: typeof asA, planId: string) =>
      of('POST', `/api/v1/plans/${planId}/reports`, { body: { from: '2026-03-19T15:00:00Z', sourceId: 'told-old' } });
    expect((await report(asA, own.planId)).text).toContain('Old answers to look at');
    expect((await report(asB, theirs.planId)).text).not.toContain('Old answers to look at');
  });

  it('is not told by a report that a person filed in a source’s plan', async () => {
    const own = await send('a', 'patient-note');
    const theirs = await send('b', 'patient-note');
    const actor = { type: 'user', userReference: 'Practitioner/dr-okafor', role: 'clinician', sessionId: 's' } as const;
    const { report } = await fileReport(actingAs(doors.test.record, actor), 'north', {
      ...{ planId: theirs.planId, author: 'Practitioner/dr-okafor', from: '2026-03-19T15:00:00Z' },
    });
    expect(report.text).toContain('Thoughts of harming oneself');
    const place = `/fhir/north/DocumentReference/${report.id}`;
    for (const [of, found] of [
      [asB, 404],
      [asA, 404],
      [as(watcher), 200],
    ] as const) {
      expect((await of('GET', place)).status).toBe(found);
      expect((await of('GET', `/api/v1/reports/${report.id}/pdf`)).status).toBe(found);
    }
    const seen = await asB('GET', `/api/v1/plans/${theirs.planId}`);
    const { reports } = z.looseObject({ reports: z.array(z.looseObject({ id: z.string() })) }).parse(seen.body);
    expect(reports.map(({ id }) => id)).not.toContain(report.id);
    expect(seen.text).not.toContain('Thoughts of harming oneself');
    expect(own.planId).not.toBe(theirs.planId);
  });

  it('is not told by how often the rule was raised, when the next one is a source’s alone', async () => {
    await send('a', 'patient-again');
    await send('b', 'patient-again');
    const patientId = 'patient-again';
    const rule = 'harm-by-others';
    const raiseAs = async (of: typeof asA) =>
      signal.parse((await of('POST', '/api/v1/safety-signals', { body: { patientId, rule } })).body);
    const first = await raiseAs(asA);
    const actor = { type: 'user', userReference: 'Practitioner/dr-okafor', role: 'clinician', sessionId: 's' } as const;
    await closeSafetySignal(actingAs(doors.test.record, actor), 'north', {
      ...{ signalId: first.id, by: 'Practitioner/dr-okafor', reason: 'talked' },
    });
    const second = await raiseAs(asB);
    expect(second.id).not.toBe(first.id);
    expect((await asB('GET', `/fhir/north/Flag/${second.id}`)).status).toBe(404);
    expect((await as(watcher)('GET', `/fhir/north/Flag/${second.id}`)).text).toContain('"valuePositiveInt":2');
  });
});

it('has homework of each in this test', () => {
  expect([world.a.length, world.b.patientId]).toEqual([3, patients.both]);
});

describe('what is about the whole tenant', () => {
  const asWatcher: ReturnType<typeof as> = (...call) => as(watcher)(...call);

  it('is shown to who sees it, and begun by who changes it', async () => {
    for (const [call, path, expected] of [
      [asA, '/ledger/check', 403],
      [asA, '/merges', 403],
      [asWatcher, '/ledger/check', 200],
      [asWatcher, '/merges', 200],
    ] as const) {
      expect([path, (await call('GET', `/api/v1${path}`)).status]).toEqual([path, expected]);
    }
    for (const call of [asA, asWatcher]) {
      const answer = await call('POST', '/api/v1/ledger/check', { body: { repair: true } });
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('writes for the tenant')]);
    }
    const { rows } = await doors.test.database.query('select from ledger_check');
    expect(rows).toEqual([]);
  });
});
