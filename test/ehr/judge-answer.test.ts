import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../src/ehr/judge-answer.ts';
import { judgeRead } from '../../src/ehr/judge-read.ts';
import { type Answered, speaksFhir } from '../../src/ehr/speaks-fhir.ts';
import { sayStranger } from '../../src/ehr/stranger.ts';
import { readBoundedJson } from '../../src/foundation/bounded-json.ts';

const base = 'https://ehr.example/fhir';
const now = new Date('2026-03-02T15:00:00Z');
const html = '<!doctype html><html><head><title>404 Not Found</title></head><body>nginx</body></html>';
const refusal = JSON.stringify({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'processing', diagnostics: 'so it is' }],
});
const answered = (status: number, text: string, headers: Record<string, string> = {}): Answered => ({
  ...{ status, text, json: readBoundedJson(text) },
  header: (name) => headers[name],
});
const write = { nature: 'write', base, now } as const;
const read = { nature: 'read', base, now, asked: 'Patient/17' } as const;

describe('an answer speaks FHIR', () => {
  it.each([
    ['an OperationOutcome as plain JSON', refusal, 'application/json'],
    ['an OperationOutcome as what is no type at all', refusal, 'text/plain'],
    ['a FHIR media type and no body', '', 'application/fhir+json; charset=utf-8'],
    ['the media type of DSTU2', '', 'application/json+fhir'],
    ['a refusal in XML', '<OperationOutcome xmlns="http://hl7.org/fhir"/>', 'application/fhir+xml'],
  ])('with %s', (_what, text, type) => {
    expect(speaksFhir(answered(404, text, { 'content-type': type }))).toBe(true);
  });

  it.each([
    ['a page', html, 'text/html'],
    ['a page that says it were FHIR', html, 'application/fhir+json'],
    ['nothing', '', undefined],
    ['JSON of another kind', '{"error":"not found"}', 'application/json'],
    ['JSON of another kind that says it were FHIR', '{"error":"not found"}', 'application/fhir+json'],
    ['JSON that ends early', refusal.slice(0, 40), 'application/fhir+json'],
    ['a type that only begins so', '', 'application/fhir+jsonish'],
    ['XHTML as FHIR', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'application/fhir+xml'],
    ['a resourceType that is none', '{"resourceType":""}', 'application/json'],
  ])('not with %s', (_what, text, type) => {
    expect(speaksFhir(answered(404, text, type === undefined ? {} : { 'content-type': type }))).toBe(false);
  });
});

const statuses = [302, 303, 307, 308, 400, 403, 404, 405, 407, 410, 413, 422, 451, 500, 501, 502, 503, 504, 511];
describe('what is no FHIR is trouble of the connection, never a word about the resource', () => {
  it.each(statuses.flatMap((status) => [[status, html] as const, [status, ''] as const]))('%i %j', (status, text) => {
    const answer = answered(status, text, { location: 'https://login.example/sso?patient=17', 'retry-after': '9' });
    expect(judgeAnswer(answer, write)).toMatchObject({ status, disposition: 'unknown', retryAfterMs: 9000 });
    expect(judgeAnswer(answer, read)).toMatchObject({ status, disposition: 'retry', stranger: { status } });
  });

  it.each(statuses)('%i in FHIR is the EHR’s own', (status) => {
    const judged = judgeAnswer(answered(status, refusal, { 'content-type': 'application/json' }), write);
    expect(judged).toMatchObject({ status, outcome: 'processing: so it is' });
    expect(judged).not.toHaveProperty('stranger');
  });

  it.each<[number, string, Record<string, string>, string, boolean]>([
    [401, '', {}, 'refresh-token', false],
    [401, '{"error":"invalid_token"}', {}, 'refresh-token', false],
    [401, html, { 'www-authenticate': 'Bearer error="invalid_token"' }, 'refresh-token', false],
    [401, html, { 'www-authenticate': 'Basic realm="proxy"' }, 'unknown', true],
    [401, html, {}, 'unknown', true],
    [409, '', {}, 'conflict', false],
    [412, '', {}, 'conflict', false],
    [412, html, {}, 'unknown', true],
    [429, html, {}, 'retry', true],
  ])('a write that is answered %i %j %j: %s', (status, text, headers, disposition, stranger) => {
    const judged = judgeAnswer(answered(status, text, headers), write);
    expect([judged.disposition, judged.stranger !== undefined]).toEqual([disposition, stranger]);
  });

  it('a patient who is elsewhere in this EHR is its word; a login, or the same again, is not', () => {
    const to = (location: string) => judgeAnswer(answered(302, '', { location }), read).stranger === undefined;
    expect(to(`${base}/Patient/18`)).toBe(true);
    expect(to('Patient/18')).toBe(true);
    expect(to('/fhir/Patient/18')).toBe(true);
    for (const location of [
      'https://login.example/fhir/Patient/18',
      `${base}/Patient/17`,
      `${base}/login?next=/Patient/18`,
      '//login.example/fhir/Patient/18',
      `${base}/Practitioner/18`,
    ])
      expect([location, to(location)]).toEqual([location, false]);
  });
});

describe('what people are told of it', () => {
  it.each<[number, string, Record<string, string>, string]>([
    [
      404,
      html,
      { 'content-type': 'text/html; charset=utf-8' },
      `HTTP 404 text/html, not the EHR's answer ("404 Not Found")`,
    ],
    [
      302,
      '',
      { location: 'https://login.example/x?patient=17' },
      `HTTP 302 without a type, not the EHR's answer, which sends to login.example`,
    ],
    [
      503,
      'no healthy upstream',
      { 'content-type': 'text/plain' },
      `HTTP 503 text/plain, not the EHR's answer ("no healthy upstream")`,
    ],
    [
      500,
      '{"message":"Sarah Lindqvist"}',
      {},
      `HTTP 500 without a type, not the EHR's answer ("JSON that is no resource")`,
    ],
    [
      200,
      '{"resourceType":"Patient","name":[{"family":"Lind',
      {},
      `HTTP 200 without a type, not the EHR's answer ("JSON that ends early or cannot be read")`,
    ],
    [
      400,
      '<title>The request /fhir/Patient/sarah?name=Lindqvist for Sarah was blocked</title>',
      {},
      `HTTP 400 without a type, not the EHR's answer ("The request for was blocked")`,
    ],
    [
      400,
      '<script>Sarah()</script><h1>Access denied for 1970-01-31, sarah@example.org</h1>',
      {},
      `HTTP 400 without a type, not the EHR's answer ("Access denied for")`,
    ],
    [
      400,
      'x'.repeat(100_000),
      { 'content-type': `text/${'y'.repeat(500)}` },
      `HTTP 400 text/${'y'.repeat(60)}, not the EHR's answer`,
    ],
  ])('%i %j', (status, text, headers, words) => {
    const { stranger } = judgeAnswer(answered(status, text, headers), write);
    expect(stranger === undefined ? '' : sayStranger(stranger)).toBe(words);
  });
});

describe('a read', () => {
  const judge = (answer: Answered, type: string, asked?: string) => judgeRead(answer, type, { base, now, asked });
  it('gives the resource that was asked for, by whatever JSON type it comes', () => {
    const text = JSON.stringify({ resourceType: 'Task', id: '17', meta: { versionId: '4' } });
    expect(judge(answered(200, text, { 'content-type': 'application/json' }), 'Task', 'Task/17')).toMatchObject({
      ok: true,
      version: '4',
    });
  });

  it.each<[string, Answered, string, string | undefined]>([
    ['a page', answered(200, html), 'Bundle', undefined],
    ['nothing', answered(200, ''), 'Bundle', undefined],
    ['204', answered(204, ''), 'Bundle', undefined],
    ['what ends early', answered(200, '{"resourceType":"Bundle","entry":[{"resou'), 'Bundle', undefined],
    ['another type', answered(200, '{"resourceType":"Task","id":"17"}'), 'Bundle', undefined],
    ['another of its type', answered(200, '{"resourceType":"Task","id":"18"}'), 'Task', 'Task/17'],
    ['one without an id', answered(200, '{"resourceType":"Task"}'), 'Task', 'Task/17'],
    ['a login in place of a document', answered(200, html, { 'content-type': 'text/html' }), 'Binary', undefined],
    ['markup that says it were text', answered(200, html, { 'content-type': 'text/plain' }), 'Binary', undefined],
  ])('is asked again when it is answered with %s', (_what, answer, type, asked) => {
    const judged = judge(answer, type, asked);
    expect(judged).toMatchObject({ ok: false, failure: { disposition: 'retry', stranger: {} } });
  });

  it('takes a document’s own bytes for it', () => {
    const judged = judge(answered(200, 'a note', { 'content-type': 'text/plain' }), 'Binary');
    expect(judged).toMatchObject({ ok: true, resource: { data: Buffer.from('a note').toString('base64') } });
  });
});
