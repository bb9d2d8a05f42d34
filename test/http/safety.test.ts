import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, type Doors, openDoors } from './open-doors.ts';
import { logBody, performedAt, sendPlan } from './sarah.ts';

const marker = 'Zyzzyva-Whitcombe';
const path = '/api/v1/safety-signals';
let doors: Doors;
let token: string;
let serial = 0;
beforeAll(async () => {
  doors = await openDoors();
  doors.test.setTime(new Date(performedAt('1.1')).toISOString());
  token = await doors.token('north');
});
afterAll(() => doors.close());

const signalShape = z.looseObject({ id: z.string(), status: z.string(), rule: z.string(), version: z.number() });
const signalIn = (answer: Answer) => signalShape.parse(answer.body);
const problemShape = z.looseObject({
  code: z.string(),
  issues: z.array(z.looseObject({ path: z.string() })).optional(),
});
const problemIn = ({ status, body }: Answer) => {
  const { code, issues = [] } = problemShape.parse(body);
  return [status, code, issues.map((issue) => issue.path)];
};

async function newPatient(): Promise<{ patientId: string; assignmentId: (key: string) => string }> {
  const patientId = `patient-${++serial}`;
  const plan = await sendPlan(doors, token, { patientId, sourceId: `plan-${serial}` });
  return { patientId, ...plan };
}
const post = (body: object, at = path) => doors.call('POST', at, { token, body });

describe('safety signals over the API', () => {
  it('are raised and listed by patient, and closed by nobody who is not signed in', async () => {
    const { patientId } = await newPatient();
    const body = { patientId, rule: 'harm-by-others', sourceId: 'their-7' };
    const raised = await post(body);
    expect(raised).toMatchObject({
      status: 201,
      body: {
        ...{ patientId, rule: 'harm-by-others', words: 'Harm by another person', status: 'open' },
        evidence: [
          {
            by: { type: 'system', clientId: 'product' },
            reportedBy: { source: { clientId: 'product', name: 'Homework product (demo)' } },
          },
        ],
      },
    });
    const again = await post(body);
    expect([again.status, signalIn(again).id]).toEqual([200, signalIn(raised).id]);
    const listed = await doors.call('GET', `${path}?patientId=${patientId}&status=open`, { token });
    expect(listed.body).toMatchObject({ signals: [{ id: signalIn(raised).id }] });

    const close = { by: 'Practitioner/17', reason: 'Talked; safety plan made' };
    const closed = await post(close, `${path}/${signalIn(raised).id}/close`);
    expect(problemIn(closed)).toEqual([403, 'person-needed', []]);
    const open = await doors.call('GET', `${path}?patientId=${patientId}&status=open`, { token });
    expect(open.body).toMatchObject({ signals: [{ id: signalIn(raised).id, status: 'open', version: 1 }] });
  });

  it('refuse by name what does not fit', async () => {
    const { patientId } = await newPatient();
    const { id } = signalIn(await post({ patientId, rule: 'other-concern' }));
    const close = `${path}/${id}/close`;
    const reason = 'Talked';
    const by = 'Practitioner/17';
    expect(problemIn(await post({ patientId: 'nobody', rule: 'other-concern' }))).toEqual([
      ...[422, 'unknown-patient', ['patientId']],
    ]);
    expect(problemIn(await post({ patientId, rule: 'bad-mood' }))).toEqual([400, 'invalid-request', ['rule']]);
    // what is noticed in answers is nobody's to report
    for (const rule of ['high-score', 'sudden-rise', 'old-answers', 'phq-item-9'])
      expect(problemIn(await post({ patientId, rule }))).toEqual([400, 'invalid-request', ['rule']]);
    expect(problemIn(await post({ rule: 'other-concern' }))).toEqual([400, 'invalid-request', ['patientId']]);
    expect(problemIn(await post({ by }, close))).toEqual([400, 'invalid-request', ['reason']]);
    expect(problemIn(await post({ by, reason: ' ' }, close))).toEqual([400, 'invalid-request', ['reason']]);
    expect(problemIn(await post({ reason }, close))).toEqual([400, 'invalid-request', ['by']]);
    expect(problemIn(await post({ by: 'Patient/p', reason }, close))).toEqual([400, 'invalid-request', ['by']]);
    // whether there is such a signal is not told either
    expect(problemIn(await post({ by, reason }, `${path}/nowhere/close`))).toEqual([403, 'person-needed', []]);
    expect(problemIn(await post({ by, reason }, close))).toEqual([403, 'person-needed', []]);
    const limited = await doors.token('north', 'system/Flag.s');
    const refused = await doors.call('POST', path, { token: limited, body: { patientId, rule: 'other-concern' } });
    expect(problemIn(refused)).toEqual([403, 'forbidden', []]);
  });

  it('are another tenant’s business never', async () => {
    const { patientId } = await newPatient();
    const { id } = signalIn(await post({ patientId, rule: 'other-concern' }));
    const south = await doors.token('south');
    const body = { by: 'Practitioner/17', reason: 'x' };
    expect((await doors.call('POST', `${path}/${id}/close`, { token: south, body })).status).toBe(403);
    const listed = await doors.call('GET', `${path}?patientId=${patientId}`, { token: south });
    expect(listed.body).toEqual({ signals: [] });
    expect((await doors.call('GET', `/fhir/south/Flag/${id}`, { token: south })).status).toBe(404);
  });
});

describe('a risk answer in a log', () => {
  it('is a Flag at our endpoint, found by R4’s parameters, and no answer’s text is in a log line or a signal', async () => {
    const { patientId, assignmentId } = await newPatient();
    const log = await doors.call('POST', `/api/v1/assignments/${assignmentId('1')}/logs`, {
      token,
      body: {
        ...logBody('1.1'),
        ...{ patientId, sourceId: `risk-${serial}` },
        answers: { situation: marker, 'self-harm-thoughts': true },
        withheld: ['self-harm-thoughts'],
      },
    });
    expect(log.status).toBe(201);
    const listed = await doors.call('GET', `${path}?patientId=${patientId}`, { token });
    expect(listed.body).toMatchObject({ signals: [{ rule: 'self-harm-thoughts', status: 'open' }] });
    expect(listed.text).not.toContain('"value"');
    for (const query of [
      `patient=${patientId}`,
      `subject=Patient/${patientId}`,
      `patient=${patientId}&date=ge2026-03-01`,
      `patient=${patientId}&author:missing=true`,
      `patient=${patientId}&_revinclude=Task:focus`,
    ]) {
      const found = await doors.call('GET', `/fhir/north/Flag?${query}`, {
        token,
        headers: { prefer: 'handling=strict' },
      });
      expect([query, found.status]).toEqual([query, 200]);
      if (!query.includes('missing')) expect(found.text).toContain('"resourceType":"Flag"');
      if (query.includes('revinclude')) expect(found.text).toContain('safety-review');
      expect(found.text).not.toContain(marker);
    }
    const strict = { token, headers: { prefer: 'handling=strict' } };
    expect((await doors.call('GET', `/fhir/north/Flag?status=active`, strict)).status).toBe(400);
    await post({ by: 'Practitioner/17', reason: { [marker]: marker } }, `${path}/${marker}/close`);
    await post({ patientId, rule: marker });
    expect(doors.log()).not.toContain(marker);
    expect(doors.log()).not.toContain(patientId);
  });
});
