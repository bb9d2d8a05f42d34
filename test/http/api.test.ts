import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { planViewShape } from '../../src/contract/plan-view.ts';
import { apiRoutes } from '../../src/http/api/routes.ts';
import { type Answer, type Doors, openDoors } from './open-doors.ts';
import { logBody, performedAt, planBody, type SentPlan, sendPlan } from './sarah.ts';

let doors: Doors;
let token: string;
let plan: SentPlan;
const withId = z.object({ id: z.string() });

/** Checks the answer against what the route says of itself, strictly. */
function conforms(operationId: string, { status, body }: Answer): unknown {
  const route = apiRoutes.find((apiRoute) => apiRoute.operationId === operationId);
  const schema = route?.answers[status]?.schema;
  expect(schema, `${operationId} declares ${status}: ${JSON.stringify(body)}`).toBeDefined();
  return schema?.parse(body);
}

beforeAll(async () => {
  doors = await openDoors({ chartUrl: (tenant, patient) => `https://chart.example/${tenant}/${patient ?? ''}` });
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
});
afterAll(() => doors.close());

async function renew(): Promise<void> {
  token = await doors.token('north');
}

describe('plans', () => {
  it('makes a plan from the library with its first step unlocked, and says where it is', async () => {
    const answer = await doors.call('POST', '/api/v1/plans', { token, body: { ...planBody, sourceId: 'other' } });
    expect(answer.status).toBe(201);
    const view = planViewShape.parse(conforms('createPlan', answer));
    expect(answer.headers.get('location')).toBe(`/api/v1/plans/${view.plan.id}`);
    expect(view.assignments.map(({ key, status }) => [key, status])).toEqual([
      ['1', 'requested'],
      ['2', 'draft'],
      ['3', 'draft'],
      ['4a', 'draft'],
      ['4b', 'draft'],
      ['4c', 'draft'],
    ]);
    expect(view.landings.filter(({ artefact }) => artefact === 'assignment')).toHaveLength(6);
    expect(view.chartUrl).toBe('https://chart.example/north/sarah');
  });

  it('answers the same plan when the same source id comes again', async () => {
    const again = await doors.call('POST', '/api/v1/plans', { token, body: planBody });
    expect(again.status).toBe(200);
    expect(planViewShape.parse(conforms('createPlan', again)).plan.id).toBe(plan.planId);
  });

  it('makes a plan from assignments', async () => {
    const body = {
      patientId: 'omar',
      title: 'Breathe',
      goals: [{ description: 'Less tension' }],
      assignments: [
        {
          key: 'a',
          kind: 'self-monitoring',
          title: 'Notice',
          schedule: { type: 'once', by: '2026-03-09' },
          unlock: { type: 'at-start' },
        },
      ],
    };
    const answer = await doors.call('POST', '/api/v1/plans', { token, body });
    expect(answer.status).toBe(201);
    const view = planViewShape.parse(conforms('createPlan', answer));
    expect(view.occurrences).toHaveLength(1);
    expect(view.plan.timeZone).toBe('America/New_York');
  });

  it('lists plans page by page without repeating or hiding one', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/api/v1/plans?limit=1';
    const page = z.object({ plans: z.array(withId), next: z.string().optional() });
    while (path !== undefined) {
      const answer: Answer = await doors.call('GET', path, { token });
      conforms('listPlans', answer);
      const { plans, next }: z.output<typeof page> = page.parse(answer.body);
      seen.push(...plans.map(({ id }) => id));
      path = next;
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen).toHaveLength(3);
    const omars = await doors.call('GET', '/api/v1/plans?patientId=omar&status=active', { token });
    expect(page.parse(omars.body).plans).toHaveLength(1);
  });
});

describe('logs', () => {
  it('logs, and the next step unlocks by its rule', async () => {
    for (const source of ['1.1', '1.2', '1.3']) {
      doors.test.setTime(new Date(performedAt(source)).toISOString());
      await renew();
      const body = logBody(source);
      const answer = await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('1')}/logs`, { token, body });
      expect(answer.status).toBe(201);
      conforms('logHomework', answer);
      const again = await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('1')}/logs`, { token, body });
      expect(again.status).toBe(200);
      expect(again.body).toEqual(answer.body);
    }
    const { body } = await doors.call('GET', `/api/v1/plans/${plan.planId}`, { token });
    const view = planViewShape.parse(body);
    expect(view.logs.map(({ resolution, answers }) => [resolution, answers['self-censored']])).toEqual([
      ['resolved', 4],
      ['resolved', 3],
      ['resolved', 3],
    ]);
    expect(view.assignments.map(({ key, status }) => `${key} ${status}`).slice(0, 3)).toEqual([
      '1 completed',
      '2 requested',
      '3 draft',
    ]);
    expect(view.adherence.plan.counts).toMatchObject({ onTime: 3, late: 0, missed: 0 });
  });

  it('begins a log, completes it, amends it, and takes it back; what is withheld is not shown', async () => {
    const path = `/api/v1/assignments/${plan.assignmentId('2')}/logs`;
    const { 'actual-outcome': outcome, ...before } = z.record(z.string(), z.unknown()).parse(logBody('2').answers);
    doors.test.setTime(new Date(performedAt('2')).toISOString());
    await renew();
    const begun = await doors.call('POST', path, {
      token,
      body: { performedAt: performedAt('2'), status: 'in-progress', answers: { prediction: before.prediction } },
    });
    conforms('logHomework', begun);
    const { id } = withId.parse(begun.body);
    const completed = await doors.call('POST', `/api/v1/logs/${id}/complete`, {
      token,
      body: { answers: { ...before, 'actual-outcome': outcome }, withheld: ['actual-outcome'] },
    });
    expect(completed.status).toBe(200);
    conforms('completeLog', completed);
    expect(completed.text).not.toContain('good point');
    expect(completed.body).toMatchObject({ status: 'completed', withheld: ['actual-outcome'] });
    const amended = await doors.call('PATCH', `/api/v1/logs/${id}`, {
      token,
      body: { answers: { ...before, 'belief-after': 72, 'actual-outcome': outcome } },
    });
    conforms('amendLog', amended);
    expect(amended.body).toMatchObject({ status: 'amended', answers: { 'belief-after': 72 } });
    const retracted = await doors.call('DELETE', `/api/v1/logs/${id}`, { token });
    conforms('retractLog', retracted);
    expect(retracted.body).toMatchObject({ id, status: 'entered-in-error' });
    const { body } = await doors.call('GET', `/api/v1/plans/${plan.planId}`, { token });
    expect(JSON.stringify(body)).not.toContain('good point');
  });
});

describe('moves, barriers, feedback, reports', () => {
  it('moves an assignment, and refuses by name what is not possible', async () => {
    const path = `/api/v1/assignments/${plan.assignmentId('4a')}/moves`;
    const actor = 'Practitioner/dr-okafor';
    const unlock = await doors.call('POST', path, { token, body: { event: 'unlock', actor, reason: 'She wants to' } });
    expect(unlock).toMatchObject({ status: 403, body: { code: 'person-needed' } });
    const withdraw = { event: 'withdraw', actor, reason: 'Another step fits better' };
    const moved = await doors.call('POST', path, { token, body: withdraw });
    expect(moved.status).toBe(200);
    conforms('moveAssignment', moved);
    expect(moved.body).toMatchObject({
      ...{ status: 'cancelled', businessStatus: 'withdrawn' },
      reportedMove: { event: 'withdraw', reportedBy: { person: actor, source: { clientId: 'product' } } },
    });
    const again = await doors.call('POST', path, { token, body: withdraw });
    expect(again.status).toBe(409);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    expect(again.body).toMatchObject({ code: 'illegal-move', type: 'https://intersession.dev/problems/illegal-move' });
  });

  it('declines with a barrier, which can be talked over', async () => {
    const path = `/api/v1/assignments/${plan.assignmentId('3')}/moves`;
    const declined = await doors.call('POST', path, {
      token,
      body: { event: 'decline', barrier: { sourceId: 'b-3', code: 'fear', text: 'too many people' } },
    });
    conforms('moveAssignment', declined);
    const view = planViewShape.parse((await doors.call('GET', `/api/v1/plans/${plan.planId}`, { token })).body);
    const barrier = view.barriers.find(({ code }) => code === 'fear');
    expect(barrier).toMatchObject({ text: 'too many people', saidBy: 'patient' });
    const over = await doors.call('POST', `/api/v1/barriers/${barrier?.id}/talked-over`, { token });
    conforms('talkOverBarrier', over);
    expect(over.body).toHaveProperty('talkedOverAt');
  });

  it('records a barrier of an assignment and of the plan', async () => {
    const body = { sourceId: 'b-2', code: 'no-time', saidBy: 'Practitioner/dr-okafor' };
    const first = await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('2')}/barriers`, { token, body });
    expect(first.status).toBe(201);
    conforms('recordBarrier', first);
    const second = await doors.call('POST', `/api/v1/plans/${plan.planId}/barriers`, {
      token,
      body: { code: 'other' },
    });
    conforms('recordPlanBarrier', second);
    expect(second.body).not.toHaveProperty('assignmentId');
  });

  it('excuses an occurrence', async () => {
    const path = `/api/v1/occurrences/${plan.assignmentId('2')}.1/excuse`;
    const excused = await doors.call('POST', path, { token, body: { reason: 'The colleague was ill' } });
    expect(excused.status).toBe(200);
    conforms('excuseOccurrence', excused);
    expect(excused.body).toMatchObject({ status: 'excused', reason: 'The colleague was ill' });
  });

  it('sends feedback on an assignment and on a log', async () => {
    const body = { author: 'Practitioner/dr-okafor', text: 'Well noticed' };
    const onStep = await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('1')}/feedback`, { token, body });
    expect(onStep.status).toBe(201);
    conforms('giveFeedback', onStep);
    const view = planViewShape.parse((await doors.call('GET', `/api/v1/plans/${plan.planId}`, { token })).body);
    const onLog = await doors.call('POST', `/api/v1/logs/${view.logs[0]?.id}/feedback`, { token, body });
    conforms('giveFeedbackOnLog', onLog);
    expect(onLog.body).toMatchObject({ logId: view.logs[0]?.id });
  });

  it('files the report and closes the plan', async () => {
    const report = await doors.call('POST', `/api/v1/plans/${plan.planId}/reports`, { token, body: { sourceId: 'r' } });
    expect(report.status).toBe(201);
    conforms('fileReport', report);
    const { id } = report.body as { id: string };
    const pdf = await doors.call('GET', `/api/v1/reports/${id}/pdf`, { token });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.headers.get('content-disposition')).toBe('attachment; filename="homework-report.pdf"');
    expect(pdf.text.slice(0, 8)).toBe('%PDF-1.7');
    const none = await doors.call('GET', '/api/v1/reports/no-such-report/pdf', { token });
    expect([none.status, none.body]).toMatchObject([404, { code: 'unknown-artefact' }]);
    const signed = await doors.call('POST', `/api/v1/plans/${plan.planId}/reports`, { token, body: { sign: true } });
    expect([signed.status, signed.body]).toMatchObject([400, { code: 'invalid-request' }]);
    const closed = await doors.call('POST', `/api/v1/plans/${plan.planId}/close`, {
      token,
      body: { status: 'revoked', reason: 'She moved away' },
    });
    expect(closed.status).toBe(200);
    conforms('closePlan', closed);
    expect(planViewShape.parse(closed.body).plan).toMatchObject({ status: 'revoked', closeReason: 'She moved away' });
  });
});

describe('ledger', () => {
  const page = z.object({
    rows: z.array(z.object({ artefact: z.string(), id: z.string() })),
    next: z.string().optional(),
  });

  it('lists every artefact of a plan, page by page', async () => {
    const seen: string[] = [];
    let path: string | undefined = `/api/v1/ledger?planId=${plan.planId}&limit=7&state=pending&state=landed`;
    while (path !== undefined) {
      const answer: Answer = await doors.call('GET', path, { token });
      conforms('listLedger', answer);
      const { rows, next }: z.output<typeof page> = page.parse(answer.body);
      seen.push(...rows.map(({ artefact, id }) => `${artefact} ${id}`));
      path = next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((text) => text.startsWith('log '))).toHaveLength(4);
  });

  it('shows, withdraws and retries a row; confirms only what is unknown', async () => {
    const row = `/api/v1/ledger/report/${await anyId('report')}`;
    conforms('showLedger', await doors.call('GET', row, { token }));
    const withdrawn = await doors.call('POST', `${row}/withdraw`, { token, body: { reason: 'on paper' } });
    conforms('withdrawLedger', withdrawn);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
    const retried = await doors.call('POST', `${row}/retry`, { token });
    conforms('retryLedger', retried);
    expect(retried.body).toMatchObject({ state: 'pending' });
    const confirm = { token, body: { reference: 'DocumentReference/42' } };
    expect((await doors.call('POST', `${row}/confirm`, confirm)).status).toBe(409);
    await doors.test.database.query("update ledger set state = 'unknown' where artefact = 'report'");
    const confirmed = await doors.call('POST', `${row}/confirm`, confirm);
    conforms('confirmLedger', confirmed);
    expect(confirmed.body).toMatchObject({ ehrReference: 'DocumentReference/42' });
  });

  it('starts a check of all of it, shows it, and takes no repair while one without is under way', async () => {
    const none = await doors.call('GET', '/api/v1/ledger/check', { token });
    conforms('showLedgerCheck', none);
    expect(none.body).toEqual({ check: null, differences: [] });
    const started = await doors.call('POST', '/api/v1/ledger/check', { token });
    conforms('startLedgerCheck', started);
    expect([started.status, started.body]).toEqual([
      202,
      expect.objectContaining({ state: 'running', startedBy: 'client product', repair: false }),
    ]);
    const again = await doors.call('POST', '/api/v1/ledger/check', { token, body: {} });
    expect(again.body).toEqual(started.body);
    const repair = await doors.call('POST', '/api/v1/ledger/check', { token, body: { repair: true } });
    expect([repair.status, repair.body]).toMatchObject([409, { code: 'not-supported' }]);
    await doors.test.database.query(
      `insert into ledger_difference (tenant, check_id, artefact, id, kind, others, detail, found_at)
       select 'north', id, 'log', n::text, 'missing', '{Task/9}', 'x', started_at from ledger_check, generate_series(1, 3) n where tenant = 'north'`,
    );
    const seen: unknown[] = [];
    let path: string | undefined = '/api/v1/ledger/check?limit=2';
    while (path !== undefined) {
      const answer: Answer = await doors.call('GET', path, { token });
      conforms('showLedgerCheck', answer);
      const { differences, next } = answer.body as { differences: { id: string }[]; next?: string };
      seen.push(...differences.map(({ id }) => id));
      path = next;
    }
    expect(seen).toEqual(['1', '2', '3']);
    const other = await doors.call('GET', '/api/v1/ledger/check', { token: await doors.token('south') });
    expect(other.body).toEqual({ check: null, differences: [] });
  });

  async function anyId(artefact: string): Promise<string> {
    const { body } = await doors.call('GET', `/api/v1/ledger?planId=${plan.planId}&artefact=${artefact}`, { token });
    return page.parse(body).rows[0]?.id ?? '';
  }
});

describe('library and tenant', () => {
  it('lists kinds and library plans', async () => {
    const kinds = await doors.call('GET', '/api/v1/kinds', { token });
    conforms('listKinds', kinds);
    expect(kinds.text).toContain('"linkId":"suds-peak"');
    const plans = await doors.call('GET', '/api/v1/library-plans', { token });
    conforms('listLibraryPlans', plans);
    expect(plans.text).toContain('social-anxiety-speaking-up|1.0.0');
  });

  it('says which tenant the token is for', async () => {
    const answer = await doors.call('GET', '/api/v1/tenant', { token: await doors.token('south') });
    conforms('showTenant', answer);
    expect(answer.body).toMatchObject({ id: 'south', sandbox: false, chartUrl: 'https://chart.example/south/' });
  });
});

describe('the sandbox clock', () => {
  it('is set for sandbox tenants only', async () => {
    const set = await doors.call('POST', '/sandbox/clock', {
      body: { tenant: 'sandbox', set: '2026-03-05T09:00:00-05:00' },
    });
    expect(set.body).toMatchObject({ clocks: [{ tenant: 'sandbox', now: '2026-03-05T14:00:00.000Z', pinned: true }] });
    const advanced = await doors.call('POST', '/sandbox/clock', { body: { advance: 'P1D' } });
    expect(advanced.body).toMatchObject({ clocks: [{ tenant: 'sandbox', now: '2026-03-06T14:00:00.000Z' }] });
    expect((await doors.call('POST', '/sandbox/clock', { body: { tenant: 'north', resume: true } })).status).toBe(404);
    expect((await doors.call('POST', '/sandbox/clock', { body: { tenant: 'sandbox' } })).status).toBe(400);
    expect((await doors.call('POST', '/sandbox/clock', { body: { resume: true } })).body).toMatchObject({
      clocks: [{ pinned: false }],
    });
  });
});
