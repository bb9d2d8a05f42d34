import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const text = (value: string) => Buffer.from(value).toString('base64');
const note = (more: Json = {}): Json => ({
  resourceType: 'DocumentReference',
  status: 'current',
  docStatus: 'preliminary',
  type: { text: 'Between-session report' },
  subject: { reference: 'Patient/sarah' },
  date: '2026-03-25T15:00:00-04:00',
  content: [{ attachment: { contentType: 'text/plain', data: text('Homework went well.') } }],
  ...more,
});
const attachment = (value: Json) => ({ content: [{ attachment: value }] });

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  ehr.fhir('notes-only', method, path, { body, headers });

describe('interactions that are not offered', () => {
  it.each([
    ['POST', '/Task', task()],
    ['GET', '/Task', undefined],
    ['GET', '/Task/x', undefined],
    ['POST', '/CarePlan', { resourceType: 'CarePlan' }],
    ['PUT', '/Goal/sarah-speak-in-meetings', { resourceType: 'Goal' }],
    ['POST', '/QuestionnaireResponse', { resourceType: 'QuestionnaireResponse' }],
    ['POST', '/Communication', { resourceType: 'Communication' }],
    ['PUT', '/DocumentReference/x', note()],
    ['DELETE', '/Observation/x', undefined],
    ['PATCH', '/Observation/x', []],
    ['GET', '/Observation/x/_history', undefined],
    ['GET', '/Observation/x/_history/1', undefined],
    ['POST', '', { resourceType: 'Bundle', type: 'transaction' }],
  ])('%s %s → 405', async (method, path, body) => {
    const refused = await send(method, path, body);
    expect([refused.status, refused.body.resourceType]).toEqual([405, 'OperationOutcome']);
  });

  it('writes each attempt into the request log', async () => {
    await send('POST', '/CarePlan', { resourceType: 'CarePlan' }, { 'x-request-id': 'attempt-at-plan' });
    expect(ehr.requests().filter(({ requestId }) => requestId === 'attempt-at-plan')).toMatchObject([
      { face: 'notes-only', method: 'POST', type: 'CarePlan', status: 405 },
    ]);
  });
});

describe('Observation with limits', () => {
  it('takes a survey result, keeps its identifier, updates it', async () => {
    const identifier = [{ system: 'https://example.org/id', value: 'suds-1' }];
    const made = await send('POST', '/Observation', survey({ identifier }));
    expect([made.status, made.body.identifier]).toEqual([201, identifier]);
    const changed = await send(
      'PUT',
      `/Observation/${made.body.id}`,
      { ...made.body, status: 'amended' },
      { 'if-match': 'W/"1"' },
    );
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await send('PUT', `/Observation/${made.body.id}`, made.body, { 'if-match': 'W/"1"' })).status).toBe(412);
    expect((await send('PUT', '/Observation/not-there', { ...survey(), id: 'not-there' })).status).toBe(404);
    expect((await send('POST', '/Observation', survey(), { 'if-none-exist': 'code=suds' })).status).toBe(412);
  });

  it.each([
    ['preliminary', { status: 'preliminary' }, 'Observation.status'],
    ['a note of 255 characters', { note: [{ text: 'x'.repeat(255) }] }, 'Observation.note[0].text'],
    ['basedOn a CarePlan', { basedOn: [{ reference: 'CarePlan/1' }] }, 'Observation.basedOn[0]'],
    [
      'derivedFrom a QuestionnaireResponse',
      { derivedFrom: [{ reference: 'QuestionnaireResponse/1' }] },
      'Observation.derivedFrom[0]',
    ],
    ['focus on a Task', { focus: [{ type: 'Task', identifier: { value: '7' } }] }, 'Observation.focus[0]'],
  ])('%s → 422', async (_name, more, expression) => {
    const refused = await send('POST', '/Observation', survey(more));
    expect([refused.status, refused.body.issue.flatMap((issue: Json) => issue.expression)]).toEqual([
      422,
      [expression],
    ]);
  });

  it('another category → 422; 254 characters are taken', async () => {
    const category = [{ coding: [{ system: CATEGORY, code: 'therapy' }] }];
    expect((await send('POST', '/Observation', survey({ category }))).status).toBe(422);
    expect((await send('POST', '/Observation', survey({ note: [{ text: 'x'.repeat(254) }] }))).status).toBe(201);
  });

  it('searches by its own list of parameters only', async () => {
    const strict = { prefer: 'handling=strict' };
    const known =
      '/Observation?patient=sarah&category=survey&code=suds&date=2026-03-02&status=final&_lastUpdated=ge2020';
    expect((await send('GET', known, undefined, strict)).status).toBe(200);
    for (const query of ['identifier=x', 'derived-from=x', '_include=Observation:subject']) {
      expect((await send('GET', `/Observation?${query}`, undefined, strict)).status).toBe(400);
    }
  });
});

describe('clinical notes', () => {
  it('files the same note twice when it is sent twice', async () => {
    const first = await send('POST', '/DocumentReference', note());
    const second = await send('POST', '/DocumentReference', note());
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
    const found = await send('GET', '/DocumentReference?patient=sarah&date=ge2026-03-25&status=current');
    expect(found.body.total).toBe(2);
    expect(
      (await send('GET', '/DocumentReference?identifier=x', undefined, { prefer: 'handling=strict' })).status,
    ).toBe(400);
  });

  it.each([
    ['no docStatus', { docStatus: undefined }],
    ['docStatus amended', { docStatus: 'amended' }],
    ['HTML', attachment({ contentType: 'text/html', data: text('<p>') })],
    ['a link instead of the text', attachment({ contentType: 'text/plain', url: 'https://example.org/note.txt' })],
    ['data that is not base64', attachment({ contentType: 'text/plain', data: 'not base64!' })],
    ['two attachments', { content: [...note().content, ...note().content] }],
    ['a link to a Task', { context: { related: [{ reference: 'Task/1' }] } }],
  ])('%s → 422', async (_name, more) => {
    expect((await send('POST', '/DocumentReference', note(more))).status).toBe(422);
  });
});

it('the faces keep separate records of one seed', async () => {
  const mine = await send('POST', '/Observation', survey());
  expect((await ehr.fhir('native', 'GET', `/Observation/${mine.body.id}`)).status).toBe(404);
  expect((await ehr.fhir('native', 'GET', '/Patient/sarah')).body.birthDate).toBe('1991-06-14');
});
