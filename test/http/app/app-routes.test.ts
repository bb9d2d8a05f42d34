import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appRoutes } from '../../../src/http/app/mount-app.ts';
import {
  type App,
  clinician,
  codeOf,
  coordinator,
  integration,
  openApp,
  patient,
  type Tab,
} from '../smart/open-app.ts';
import { assignPlan, planIn, type ShownPlan, stepOf } from './app-homework.ts';
import { noSight } from './no-sight.ts';

const monday = '2026-03-02T16:00:00.000Z';
let app: App;
let therapist: Tab;
let sarah: Tab;
let reyes: Tab;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  [therapist, sarah, reyes] = [await app.signIn(clinician), await app.signIn(patient), await app.signIn(coordinator)];
  plan = await assignPlan(app, therapist);
  app.doors.test.setTime(monday);
  // half an hour has long passed: everyone signs in again
  [therapist, sarah, reyes] = [await app.signIn(clinician), await app.signIn(patient), await app.signIn(coordinator)];
});
afterAll(() => app.close());

const post = (tab: Tab, path: string, body: unknown = {}) => app.call(tab, 'POST', `/app/v1${path}`, body);
const step = (key: string) => stepOf(plan, key).id;
const monitoring = {
  situation: 'Monday team meeting',
  prediction: 'they will laugh',
  'suds-peak': 75,
  'belief-before': 90,
  'belief-after': 90,
};
const performedAt = '2026-03-02T10:00:00-05:00';

async function logFirst(withheld: readonly string[] = []): Promise<{ id: string; plan: ShownPlan }> {
  const id = randomUUID();
  const answer = await post(sarah, `/assignments/${step('1')}/logs`, {
    id,
    performedAt,
    answers: monitoring,
    withheld,
  });
  return { id, plan: planIn(answer) };
}

describe('every route, by role', () => {
  const roles = ['clinician', 'patient', 'coordinator', 'integration'] as const;
  let lee: Tab;
  beforeEach(async () => {
    lee = await app.signIn(integration);
  });
  const tabs = () => ({ clinician: therapist, patient: sarah, coordinator: reyes, integration: lee });

  it('refuses who it is not for, before it reads anything, and nobody without a session', async () => {
    const routes = appRoutes(noSight);
    expect(routes.length).toBeGreaterThan(27);
    for (const route of routes) {
      const path = `/app/v1${route.path.replace(/\{\w+\}/g, 'x')}`;
      const method = route.method.toUpperCase();
      expect([path, codeOf(await app.doors.call(method, path))]).toEqual([path, 'session-expired']);
      for (const role of roles) {
        const answer = await app.call(
          tabs()[role],
          method,
          path,
          method === 'GET' || method === 'DELETE' ? undefined : 'no object',
        );
        const refused = answer.status === 403 && /This is for the role/.test(answer.text);
        expect([method, path, role, refused]).toEqual([method, path, role, !route.roles.includes(role)]);
      }
    }
  });
});

describe('GET /patient', () => {
  it('has all that the first page needs, in one call', async () => {
    await logFirst();
    const { status, body } = await app.call(therapist, 'GET', '/app/v1/patient');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      now: monday,
      patient: { id: 'sarah', name: 'Sarah Whitfield', birthDate: '1991-06-14' },
      kinds: expect.arrayContaining([expect.objectContaining({ slug: 'self-monitoring', summary: expect.any(Array) })]),
      libraryPlans: [{ slug: 'social-anxiety-speaking-up', version: '1.0.0' }],
      lastVisit: '2026-02-23T15:00:00.000Z',
      whoSees: expect.stringContaining('north clinic'),
    });
    const { plans } = body as { plans: ShownPlan[] };
    expect(plans.find((entry) => entry.plan.id === plan.plan.id)).toMatchObject({
      plan: { patientId: 'sarah', author: 'Practitioner/dr-okafor', encounter: 'Encounter/sarah-today' },
      logs: [{ answers: monitoring, items: expect.any(Array), source: { type: 'patient' } }],
      adherence: expect.arrayContaining([expect.objectContaining({ counts: expect.objectContaining({ onTime: 1 }) })]),
      ledger: expect.arrayContaining([
        {
          ...{ artefact: 'plan', id: plan.plan.id, state: 'pending', landing: null, reason: null },
          ...{ waitingFor: null, because: null, ehrReference: null, waitingSince: null, landedAt: null },
        },
      ]),
    });
    const { questionnaires, kinds } = body as {
      questionnaires: Record<string, unknown>;
      kinds: { questionnaire: string }[];
    };
    for (const { questionnaire } of kinds)
      expect(questionnaires[questionnaire]).toMatchObject({ resourceType: 'Questionnaire' });
  });

  it('asks the EHR nothing: a page is shown though the EHR is slow or down', async () => {
    app.north.settings.down = true;
    expect((await app.call(therapist, 'GET', '/app/v1/patient')).status).toBe(200);
    app.north.settings.down = false;
  });

  it('shows the patient what they keep to themselves, and everyone else that there is something', async () => {
    const { id } = await logFirst(['prediction']);
    const shown = async (tab: Tab) => {
      const { body, text } = await app.call(tab, 'GET', '/app/v1/patient');
      const { plans } = body as { plans: ShownPlan[] };
      return { text, log: plans.flatMap(({ logs }) => logs).find((log) => log.id === id) };
    };
    expect((await shown(sarah)).log?.answers.prediction).toBe('they will laugh');
    const seen = await shown(therapist);
    expect([seen.log?.answers.prediction, seen.log?.withheld]).toEqual([undefined, ['prediction']]);
    expect(JSON.stringify(seen.log)).not.toContain('laugh');
  });

  it('is for a coordinator only of the patient whom they opened', async () => {
    expect((await app.call(reyes, 'GET', '/app/v1/patient')).status).toBe(403);
    await post(reyes, '/open-patient', { patientId: 'sarah' });
    const { body } = await app.call(reyes, 'GET', '/app/v1/patient');
    expect(body).toMatchObject({ patient: { id: 'sarah', name: 'Sarah Whitfield' } });
    expect(body).not.toHaveProperty('libraryPlans');
  });
});

describe('who says so', () => {
  it('comes from the session, whatever the page has written', async () => {
    const made = planIn(
      await post(therapist, '/plans', {
        title: 'By hand',
        author: 'Practitioner/someone-else',
        encounter: 'Encounter/elsewhere',
        assignments: [
          {
            ...{
              key: '1',
              kind: 'self-monitoring',
              title: 'Watch',
              unlock: { type: 'at-start' },
              requester: 'Practitioner/x',
            },
            schedule: { type: 'once', by: '2026-03-10' },
          },
        ],
      }),
    );
    expect(made.plan).toMatchObject({ author: 'Practitioner/dr-okafor', encounter: 'Encounter/sarah-today' });
    expect(made.assignments[0]).toMatchObject({ requester: 'Practitioner/dr-okafor' });
    const barrier = { code: 'fear', text: 'Afraid', saidBy: 'Practitioner/x' };
    expect(planIn(await post(sarah, `/assignments/${step('1')}/barriers`, barrier)).barriers).toMatchObject([
      { saidBy: 'patient' },
    ]);
    const feedback = { text: 'Well done', author: 'patient' };
    const sent = planIn(await post(therapist, `/assignments/${step('1')}/feedback`, feedback));
    expect(sent.feedback).toMatchObject([{ author: 'Practitioner/dr-okafor' }]);
    const reports = `/plans/${plan.plan.id}/reports`;
    const { digest } = (await post(therapist, `${reports}/preview`)).body as { digest: string };
    for (const name of ['author', 'signedBy']) {
      const claimed = await post(therapist, reports, { digest, [name]: 'Practitioner/x' });
      expect([name, claimed.status, codeOf(claimed)]).toEqual([name, 400, 'invalid-request']);
    }
    const filed = planIn(await post(therapist, reports, { digest }));
    expect(filed.reports).toMatchObject([{ author: 'Practitioner/dr-okafor' }]);
    expect(filed.reports?.[0]).not.toHaveProperty('signedBy');
  });

  it('is written into a log that a clinician enters from paper', async () => {
    const body = { id: randomUUID(), performedAt, answers: monitoring };
    const { logs } = planIn(await post(therapist, `/assignments/${step('1')}/logs`, body));
    expect(logs).toMatchObject([{ source: { type: 'practitioner', reference: 'Practitioner/dr-okafor' } }]);
    const path = `/app/v1/logs/${body.id}`;
    expect((await app.call(sarah, 'PATCH', path, { answers: monitoring })).status).toBe(403);
    expect((await app.call(therapist, 'PATCH', path, { answers: { ...monitoring, 'suds-peak': 60 } })).status).toBe(
      200,
    );
    const mine = await logFirst();
    expect((await app.call(therapist, 'DELETE', `/app/v1/logs/${mine.id}`)).status).toBe(403);
    expect((await app.call(sarah, 'DELETE', `/app/v1/logs/${mine.id}`)).status).toBe(200);
  });
});

describe('another patient’s homework', () => {
  it('is refused by every route that names something', async () => {
    const { id } = await logFirst();
    const barriers = planIn(await post(sarah, `/assignments/${step('1')}/barriers`, { code: 'fear' })).barriers;
    const sent = planIn(await post(therapist, `/assignments/${step('1')}/feedback`, { text: 'Well done' }));
    const { digest } = (await post(therapist, `/plans/${plan.plan.id}/reports/preview`)).body as { digest: string };
    const filed = planIn(await post(therapist, `/plans/${plan.plan.id}/reports`, { digest }));
    const reportId = String(Object(filed.reports?.[0]).id);
    const other = await app.signIn({ ...clinician, patient: 'marcus' });
    const [occurrence] = plan.occurrences;
    const attempts: [string, string, unknown?][] = [
      ['POST', `/plans/${plan.plan.id}/close`, { status: 'completed' }],
      ['POST', `/plans/${plan.plan.id}/reports`, { digest: '0'.repeat(64) }],
      ['POST', `/plans/${plan.plan.id}/reports/preview`, {}],
      ['POST', `/plans/${plan.plan.id}/reports/preview/pdf`, {}],
      ['GET', `/reports/${reportId}/pdf`],
      ['POST', `/reports/${reportId}/encounter`, { encounter: 'Encounter/sarah-today' }],
      ['POST', `/plans/${plan.plan.id}/barriers`, { code: 'fear' }],
      ['POST', `/assignments/${step('2')}/moves`, { event: 'unlock', reason: 'x' }],
      ['POST', `/assignments/${step('1')}/moves`, { event: 'withdraw', reason: 'x' }],
      ['POST', `/assignments/${step('1')}/moves`, { event: 'undo-withdraw' }],
      ['POST', `/assignments/${step('1')}/logs`, { id: randomUUID(), answers: {} }],
      ['POST', `/assignments/${step('1')}/barriers`, { code: 'fear' }],
      ['POST', `/assignments/${step('1')}/feedback`, { text: 'x' }],
      ['POST', `/logs/${id}/feedback`, { text: 'x' }],
      ['POST', `/logs/${id}/complete`, {}],
      ['PATCH', `/logs/${id}`, { answers: {} }],
      ['DELETE', `/logs/${id}`],
      ['POST', `/occurrences/${occurrence?.id}/excuse`, { reason: 'x' }],
      ['POST', `/barriers/${barriers[0]?.id}/talked-over`, {}],
      ['POST', `/feedback/${sent.feedback[0]?.id}/read`, {}],
      ['POST', '/plans', { patientId: 'sarah', libraryPlan: 'social-anxiety-speaking-up|1.0.0' }],
    ];
    const before = (await app.call(therapist, 'GET', '/app/v1/patient')).text;
    for (const [method, path, body] of attempts) {
      const answer = await app.call(other, method, `/app/v1${path}`, body);
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'launch-mismatch']);
    }
    const patientOther = await app.signIn({ user: 'Patient/marcus', patient: 'marcus' });
    const draft = { assignmentId: step('1'), answers: monitoring };
    expect(codeOf(await app.call(patientOther, 'PUT', `/app/v1/drafts/${randomUUID()}`, draft))).toBe(
      'launch-mismatch',
    );
    expect((await app.call(therapist, 'GET', '/app/v1/patient')).text).toBe(before);
  });

  it('of another tenant is not even there, under the same ids', async () => {
    const southern = await app.signIn(clinician, app.south);
    const { body } = await app.call(southern, 'GET', '/app/v1/patient');
    expect((body as { plans: unknown[] }).plans).toEqual([]);
    const answer = await post(southern, `/assignments/${step('1')}/moves`, { event: 'withdraw', reason: 'x' });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown-artefact']);
    const roster = await app.call(await app.signIn(coordinator, app.south), 'GET', '/app/v1/roster');
    expect((roster.body as { rows: unknown[] }).rows).toEqual([]);
  });

  it('cannot be written into by a log id that is already someone’s', async () => {
    const { id } = await logFirst();
    const other = await app.signIn({ ...clinician, patient: 'marcus' });
    const marcusPlan = await assignPlan(app, other);
    const marcus = await app.signIn({ user: 'Patient/marcus', patient: 'marcus' });
    const body = { id, performedAt, answers: { ...monitoring, situation: 'overwritten' } };
    const answer = await post(marcus, `/assignments/${stepOf(marcusPlan, '1').id}/logs`, body);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown-artefact']);
    expect((await app.call(sarah, 'GET', '/app/v1/patient')).text).not.toContain('overwritten');
  });
});

describe('a draft', () => {
  const path = (id: string) => `/app/v1/drafts/${id}`;
  const save = (id: string, answers: object) =>
    app.call(sarah, 'PUT', path(id), { assignmentId: step('1'), performedAt, answers, withheld: [] });
  const mine = async (id: string) => {
    const { body } = await app.call(sarah, 'GET', '/app/v1/patient');
    return (body as { plans: ShownPlan[] }).plans.flatMap(({ logs }) => logs).filter((log) => log.id === id);
  };

  it('is saved again and again as one log, and completed under the same id', async () => {
    const id = randomUUID();
    for (const situation of ['M', 'Mon', 'Monday']) expect((await save(id, { situation })).status).toBe(200);
    expect(await mine(id)).toMatchObject([{ status: 'in-progress', answers: { situation: 'Monday' } }]);
    const body = { id, performedAt, answers: monitoring, withheld: [], status: 'completed' };
    const done = await post(sarah, `/assignments/${step('1')}/logs`, body);
    expect([done.status, planIn(done).logs.map(({ status }) => status)]).toEqual([200, ['completed']]);
    // told twice, because the first answer was lost
    expect((await post(sarah, `/assignments/${step('1')}/logs`, body)).status).toBe(200);
    expect(await mine(id)).toHaveLength(1);
  });

  it('that arrives after its log was completed changes nothing', async () => {
    const { id } = await logFirst();
    const late = await save(id, { situation: 'late' });
    expect([late.status, codeOf(late)]).toEqual([409, 'not-supported']);
    expect(await mine(id)).toMatchObject([{ status: 'completed', answers: monitoring }]);
  });

  it('needs an id that cannot be guessed, and answers of the form', async () => {
    expect((await save('1', { situation: 'x' })).status).toBe(400);
    const misfit = await save(randomUUID(), { 'suds-peak': 400 });
    expect(misfit.body).toMatchObject({ status: 422, code: 'invalid-answer', issues: [{ linkId: 'suds-peak' }] });
  });

  it('keeps when it happened, too', async () => {
    const id = randomUUID();
    await save(id, { situation: 'Monday' });
    const when = '2026-03-01T18:30:00-05:00';
    const said = { answers: { situation: 'Monday' }, withheld: [] };
    const body = { assignmentId: step('1'), performedAt: when, ...said, base: { performedAt, ...said } };
    expect((await app.call(sarah, 'PUT', path(id), body)).status).toBe(200);
    expect(await mine(id)).toMatchObject([{ performedAt: '2026-03-01T23:30:00.000Z' }]);
  });

  it('is nobody else’s to read until it is sent, and nothing of it is on its way to the EHR', async () => {
    const id = randomUUID();
    await save(id, { situation: 'not for anyone yet' });
    expect(await mine(id)).toMatchObject([{ answers: { situation: 'not for anyone yet' } }]);
    const theirs = await app.call(therapist, 'GET', '/app/v1/patient');
    expect(theirs.text).toContain(id);
    expect(theirs.text).not.toContain('not for anyone yet');
    const kept = async (sql: string) => (await app.doors.test.database.query<object>(sql, [id])).rows;
    const resources = await kept('select content::text as text from resource where id = $1');
    expect(resources).toHaveLength(1);
    expect(JSON.stringify(resources)).not.toContain('not for anyone yet');
    expect(await kept('select id from ledger where id = $1')).toEqual([]);
    const body = { id, performedAt, answers: { ...monitoring, situation: 'now it is' }, withheld: [] };
    await post(sarah, `/assignments/${step('1')}/logs`, body);
    expect(await kept('select id from ledger where id = $1')).toEqual([{ id }]);
    expect((await app.call(therapist, 'GET', '/app/v1/patient')).text).toContain('now it is');
  });

  it('locks its prediction, with the time of it, once its outcome is saved', async () => {
    await app.call(therapist, 'POST', `/app/v1/assignments/${step('2')}/moves`, { event: 'unlock', reason: 'now' });
    const id = randomUUID();
    let base: object | undefined;
    const write = async (answers: object) => {
      const said = { answers, withheld: [] };
      const answer = await app.call(sarah, 'PUT', path(id), { assignmentId: step('2'), ...said, base });
      if (answer.status === 200) base = said;
      return answer;
    };
    const feared = { prediction: 'she will think it’s foolish', 'prediction-likelihood': 80 };
    expect((await write(feared)).status).toBe(200);
    const { now } = app.doors.test.record.clock;
    const at = now().toISOString();
    app.doors.test.setTime(new Date(now().getTime() + 600_000).toISOString());
    expect((await write({ ...feared, 'experiment-done': true })).status).toBe(200);
    const changed = await write({ ...feared, 'prediction-likelihood': 20, 'experiment-done': true });
    expect([changed.status, codeOf(changed)]).toEqual([409, 'prediction-locked']);
    expect(changed.text).not.toContain('foolish');
    expect(await mine(id)).toMatchObject([
      { answers: feared, predicted: { at, linkIds: ['prediction', 'prediction-likelihood'] } },
    ]);
    const outcome = { 'experiment-done': true, 'actual-outcome': 'good point', 'belief-before': 85 };
    const done = await post(sarah, `/assignments/${step('2')}/logs`, {
      ...{ id, performedAt, answers: { ...feared, ...outcome }, withheld: [] },
    });
    expect(planIn(done).logs.find((log) => log.id === id)).toMatchObject({ status: 'completed', predicted: { at } });
    const { rows } = await app.doors.test.database.query<{ at: string }>(
      `select content->>'effectiveDateTime' as at from resource where id = $1`,
      [`${id}.prediction-likelihood`],
    );
    expect(rows.map((row) => new Date(row.at).toISOString())).toEqual([at]);
  });

  it('with required answers missing is saved, but not completed', async () => {
    const id = randomUUID();
    expect((await save(id, {})).status).toBe(200);
    const done = await post(sarah, `/assignments/${step('1')}/logs`, { id, performedAt, answers: {}, withheld: [] });
    expect([done.status, codeOf(done)]).toEqual([422, 'invalid-answer']);
    expect(await mine(id)).toMatchObject([{ status: 'in-progress' }]);
  });
});

describe('a move', () => {
  const move = (tab: Tab, key: string, body: object) => post(tab, `/assignments/${step(key)}/moves`, body);

  it('is made by whom it belongs to', async () => {
    expect(stepOf(planIn(await move(sarah, '1', { event: 'seen' })), '1').businessStatus).toBe('seen');
    expect(stepOf(planIn(await move(sarah, '1', { event: 'agree' })), '1').businessStatus).toBe('agreed');
    expect((await move(sarah, '2', { event: 'unlock', reason: 'me' })).status).toBe(403);
    expect((await move(sarah, '1', { event: 'withdraw', reason: 'me' })).status).toBe(403);
    expect((await move(therapist, '1', { event: 'agree' })).status).toBe(403);
    const unlocked = planIn(await move(therapist, '2', { event: 'unlock', reason: 'She asked to go on' }));
    expect(stepOf(unlocked, '2').status).toBe('requested');
    const declined = planIn(await move(sarah, '2', { event: 'decline', barrier: { code: 'fear' } }));
    expect([stepOf(declined, '2').businessStatus, declined.barriers]).toMatchObject([
      'declined',
      [{ saidBy: 'patient' }],
    ]);
    expect((await move(therapist, '1', { event: 'vanish' })).status).toBe(400);
  });

  it('of withdrawal can be undone by the same session for ten minutes', async () => {
    const before = stepOf(planIn(await move(sarah, '1', { event: 'seen' })), '1');
    const withdrawn = planIn(await move(therapist, '1', { event: 'withdraw', reason: 'Wrong patient' }));
    expect(stepOf(withdrawn, '1').businessStatus).toBe('withdrawn');
    expect(withdrawn.occurrences.filter(({ status }) => status === 'due')).toEqual([]);
    const colleague = await app.signIn(clinician);
    expect(codeOf(await move(colleague, '1', { event: 'undo-withdraw' }))).toBe('illegal-move');
    app.doors.test.setTime('2026-03-02T16:09:00.000Z');
    const undone = planIn(await move(therapist, '1', { event: 'undo-withdraw' }));
    const { lastModified: _then, ...was } = before;
    expect(stepOf(undone, '1')).toMatchObject(was);
    expect(undone.occurrences).toMatchObject([{ status: 'due' }]);
    expect(codeOf(await move(therapist, '1', { event: 'undo-withdraw' }))).toBe('illegal-move');
  });

  it('of withdrawal stands after ten minutes', async () => {
    await move(therapist, '1', { event: 'withdraw', reason: 'Wrong patient' });
    app.doors.test.setTime('2026-03-02T16:10:01.000Z');
    expect(codeOf(await move(therapist, '1', { event: 'undo-withdraw' }))).toBe('illegal-move');
  });
});

describe('what goes between them', () => {
  it('is read by the other side only', async () => {
    const sent = planIn(await post(therapist, `/assignments/${step('1')}/feedback`, { text: 'Well done' }));
    const id = sent.feedback[0]?.id ?? '';
    expect(planIn(await post(therapist, `/feedback/${id}/read`)).feedback[0]).not.toHaveProperty('readAt');
    expect(planIn(await post(sarah, `/feedback/${id}/read`)).feedback).toMatchObject([{ readAt: monday }]);
    const answered = planIn(
      await post(sarah, `/assignments/${step('1')}/feedback`, { text: 'Thank you', inResponseTo: id }),
    );
    expect(answered.feedback).toContainEqual(expect.objectContaining({ author: 'patient', inResponseTo: id }));
  });

  it('as a note can be read before it is filed, and is filed as it was read', async () => {
    await logFirst(['prediction']);
    const path = `/plans/${plan.plan.id}/reports`;
    const { body } = await post(therapist, `${path}/preview`);
    const { text, digest } = body as { text: string; digest: string };
    expect(text).toContain('Homework between visits');
    expect(text).not.toMatch(/\[IS:|laugh/);
    const filed = planIn(await post(therapist, path, { digest, sign: true }));
    const report = filed.reports?.[0] ?? {};
    expect('text' in report && String(report.text).startsWith(text)).toBe(true);
    expect(report).toMatchObject({ author: 'Practitioner/dr-okafor', signedBy: 'Practitioner/dr-okafor' });
    expect(report).not.toHaveProperty('content');
    const shown = await app.call(sarah, 'GET', '/app/v1/patient');
    expect(shown.text).not.toContain('Homework between visits');
  });

  it('as a note that changed since it was read is refused in plain words, and nothing is filed', async () => {
    const path = `/plans/${plan.plan.id}/reports`;
    const { digest } = (await post(therapist, `${path}/preview`)).body as { digest: string };
    await logFirst();
    const refused = await post(therapist, path, { digest, sign: true });
    expect([refused.status, codeOf(refused)]).toEqual([412, 'version-conflict']);
    expect(refused.text).toContain('Something has changed since you read this note');
    const again = (await post(therapist, `${path}/preview`)).body as { digest: string };
    expect(again.digest).not.toBe(digest);
    expect(planIn(await post(therapist, path, { digest: again.digest, sign: true })).reports).toHaveLength(1);
    // the clock of a sandbox stands: nothing has come since, and so there is nothing to file
    const nothingNew = await post(therapist, `${path}/preview`);
    expect(nothingNew.body).toMatchObject({ nothing: true });
    const unsigned = { digest: (nothingNew.body as { digest: string }).digest, sign: true };
    expect(codeOf(await post(therapist, path, unsigned))).toBe('nothing-to-report');
    // a further log, of that very time, is in no note: that it came is said
    await logFirst();
    const besides = await post(therapist, `${path}/preview`);
    expect(besides.body).toMatchObject({ nothing: true, untold: [expect.stringContaining('1 log came after it.')] });
  });

  it('as a PDF with the name of the patient inside and none in its own', async () => {
    const path = `/plans/${plan.plan.id}/reports`;
    const { digest } = (await post(therapist, `${path}/preview`)).body as { digest: string };
    const filed = planIn(await post(therapist, path, { digest }));
    const id = String(Object(filed.reports?.[0]).id);
    const answer = await app.call(therapist, 'GET', `/app/v1/reports/${id}/pdf`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="homework-report.pdf"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text.startsWith('%PDF-1.7')).toBe(true);
  });

  it('in an encounter only if it is one of this patient’s', async () => {
    const path = `/plans/${plan.plan.id}/reports`;
    const { digest } = (await post(therapist, `${path}/preview`)).body as { digest: string };
    const foreign = await post(therapist, path, { digest, encounter: 'Encounter/of-somebody-else' });
    expect([foreign.status, codeOf(foreign)]).toEqual([400, 'invalid-request']);
    const filed = planIn(await post(therapist, path, { digest, encounter: 'Encounter/sarah-today' }));
    expect(filed.reports).toMatchObject([{ encounter: 'Encounter/sarah-today' }]);
  });

  it('in an encounter that is chosen after it was filed, until it is in the chart', async () => {
    const path = `/plans/${plan.plan.id}/reports`;
    const { digest } = (await post(therapist, `${path}/preview`)).body as { digest: string };
    const id = String(Object(planIn(await post(therapist, path, { digest })).reports?.[0]).id);
    const { body } = await app.call(therapist, 'GET', '/app/v1/encounters');
    const { encounters } = body as { encounters: { reference: string }[] };
    expect(encounters.map(({ reference }) => reference)).toContain('Encounter/sarah-today');
    const choose = (encounter: string) => post(therapist, `/reports/${id}/encounter`, { encounter });
    expect(codeOf(await choose('Encounter/of-somebody-else'))).toBe('invalid-request');
    expect(planIn(await choose('Encounter/sarah-today')).reports).toMatchObject([
      { encounter: 'Encounter/sarah-today' },
    ]);
    await app.doors.test.database.query(
      `update ledger set state = 'landed', landed = wanted where artefact = 'report' and id = $1`,
      [id],
    );
    const late = await choose('Encounter/sarah-today');
    expect([late.status, codeOf(late)]).toEqual([409, 'not-supported']);
  });
});
