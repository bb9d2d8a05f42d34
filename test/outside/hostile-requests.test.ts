import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBytes, sendRequest, statusOf } from '../http/fuzz/send-raw.ts';
import { type Doors, openDoors } from '../http/open-doors.ts';
import { sendPlan } from '../http/sarah.ts';

let doors: Doors;
let token: string;
let endpoint: string;
beforeAll(async () => {
  doors = await openDoors({ bodySeconds: 0.5 });
  token = await doors.token('north');
  const plan = await sendPlan(doors, token);
  const { text } = await doors.call('GET', `/fhir/north/Task/${plan.occurrenceId('1')}`, { token });
  endpoint = new URL(/"(https:[^"]+\/response\/[^"]+)"/.exec(text)?.[1] ?? '').pathname;
});
afterAll(() => doors.close());

const search = async (query: string) => {
  const answer = await doors.call('GET', `/fhir/north/${query}`, { token });
  return { status: answer.status, text: answer.text };
};
const many = (count: number, make: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => make(n)).join('&');
const fhirJson = { 'content-type': 'application/fhir+json' };

describe('a search whose dates lie at the ends of the calendar', () => {
  it.each([
    ...['ap9999', 'ap0001', 'ap9999-12-31T23:59:59Z', 'ap0001-01-01', 'le9999-12-31T23:59:59.9999999Z', 'ne0001'],
    // seen at another server: the last millisecond there is
    ...['gt9999-12-31T23:59:59.999Z', 'eb0001-01-01T00:00:00Z'],
  ])('_lastUpdated=%s is answered', async (value) => {
    for (const name of ['_lastUpdated', 'authored-on']) {
      expect((await search(`Task?${name}=${encodeURIComponent(value)}`)).status, name).toBe(200);
    }
  });

  it.each([
    '2026-02-29',
    '0000-01-01',
    '+275760-09-13',
    '9999-12-31T23:59:59-14:00',
    '0-03-04T10:45:33',
    '20111111-03-04',
  ])('_lastUpdated=%s is refused by its name', async (value) => {
    const { status, text } = await search(`Task?_lastUpdated=${encodeURIComponent(value)}`);
    expect([status, text]).toEqual([400, expect.stringContaining('_lastUpdated')]);
  });
});

describe('a made-up cursor is refused', () => {
  const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
  it.each([
    ['none of ours', 'eyJ4IjoxfQ'],
    ['no instant', cursor(['x', 'y'])],
    ['a year that SQL has not', cursor(['+275760-09-13T00:00:00.000Z', 'y'])],
    ['a year of none', cursor(['0000-01-01T00:00:00.000Z', 'y'])],
    ['a day of none', cursor(['2026-02-31T00:00:00.000Z', 'y'])],
    ['an id with NUL', cursor(['2026-02-28T00:00:00.000Z', 'a\u0000'])],
    [
      'too deep',
      Buffer.from(`${'['.repeat(4000)}${']'.repeat(4000)}`)
        .toString('base64url')
        .slice(0, 7000),
    ],
  ])('with %s', async (_name, value) => {
    const { status, text } = await search(`Task?_cursor=${value}`);
    expect([status, text]).toEqual([400, expect.stringContaining('cursor')]);
  });
});

describe('a request line', () => {
  it.each([
    ['GET http://x:99999999/ HTTP/1.1', 404],
    ['GET http://x:99999999/health HTTP/1.1', 200],
    ['GET http://[/health HTTP/1.1', 200],
    ['GET HTTP://:@:/health?x=1 HTTP/1.1', 200],
    ['GET http://x:99999999/fhir/north/metadata HTTP/1.1', 200],
    ['GET http://x:99999999/fhir/north/Task?_format=json HTTP/1.1', 401],
    ['GET //x:99999999/fhir/north/metadata HTTP/1.1', 404],
    ['GET /fhir/north/metadata?_format=http://x:99999999/ HTTP/1.1', 406],
    ['GET http://x? HTTP/1.1', 404],
    ['OPTIONS * HTTP/1.1', 404],
    ['GET /%E0%A4%A HTTP/1.1', 404],
    ['GET /fhir/north/Task/%E0%A4%A HTTP/1.1', 400],
    ['PROPFIND /health HTTP/1.1', 405],
    ['QUERY /api/v1/plans HTTP/1.1', 405],
  ])('%s is answered %i', async (line, status) => {
    const answer = await sendBytes(doors.url, `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(statusOf(answer), answer).toBe(status);
  });

  it('that is too long is refused with the way that there is', async () => {
    const answer = await search(`Task?_id=${'x'.repeat(9_000)}`);
    expect([answer.status, answer.text]).toEqual([414, expect.stringContaining('_search')]);
  });
});

describe('a header outside ASCII', () => {
  it.each(['x-launch', 'authorization', 'if-none-match', 'prefer', 'accept', 'x-request-id', 'x-forwarded-for'])(
    '%s is no fault of ours',
    async (name) => {
      for (const path of ['/fhir/north/Task', '/api/v1/plans', '/health']) {
        const headers = { authorization: `Bearer ${token}`, [name]: 'é'.repeat(43) };
        const { status } = await sendRequest(doors.url, { method: 'GET', path, headers });
        expect(status, `${path} ${name}`).toBeLessThan(500);
      }
    },
  );
});

describe('a search that would hold the database is refused by name', () => {
  it.each([
    ['200 filters', `Task?${many(200, (n) => `status=s${n}`)}`, 'status'],
    ['33 filters of several names', `Task?${many(33, (n) => `${['code', 'owner', 'patient'][n % 3]}=s${n}`)}`, '32'],
    ['33 that we do not know', `Task?${many(33, (n) => `x${n}=1`)}`, '32'],
    ['17 inclusions', `Task?${many(17, () => '_include=Task:part-of')}`, '_include'],
    ['1,001 alternatives', `Task?status=${'a,'.repeat(1_000)}a`, '1000'],
  ])('%s', async (_name, query, word) => {
    const { status, text } = await search(query);
    expect([status, text]).toEqual([400, expect.stringContaining('too-costly')]);
    expect(text).toContain(word);
  });

  it('also when it comes in a body: 1,500 filters, 70,000 alternatives', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const raw of [many(900, (n) => `status=s${n}`), `_id=${'a,'.repeat(70_000)}a`]) {
      const answer = await doors.call('POST', '/fhir/north/Task/_search', { token, raw, headers });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('too-costly')]);
    }
    // more than a form may have at all
    const raw = many(1_500, (n) => `status=s${n}`);
    expect((await doors.call('POST', '/fhir/north/Task/_search', { token, raw, headers })).status).toBe(413);
  });

  it('and one within the bounds finds what it asks for', async () => {
    const totalOf = (text: string) => /"total":(\d+)/.exec(text)?.[1];
    const counted = await search('Task?status=ready,requested,draft,received&_summary=count');
    const all = await search(`Task?${many(31, () => 'status=ready,requested,draft,received')}&_summary=count`);
    expect([all.status, totalOf(all.text)]).toEqual([200, totalOf(counted.text)]);
    expect(Number(totalOf(counted.text))).toBeGreaterThan(5);
    const none = await search(`Task?${many(32, (n) => `status=${n % 2 ? 'draft' : 'completed'}`)}&_summary=count`);
    expect([none.status, totalOf(none.text)]).toEqual([200, '0']);
  });
});

describe('a body', () => {
  const levels = (count: number) => `${'{"linkId":"a","item":['.repeat(count)}${']}'.repeat(count)}`;
  it.each([
    ['nested ten thousand deep', `{"resourceType":"QuestionnaireResponse","item":[${levels(5_000)}]}`],
    ['of brackets alone', '['.repeat(100_000)],
  ])('%s is too costly at every door', async (_name, raw) => {
    for (const [path, headers] of [
      [endpoint, fhirJson],
      ['/api/v1/plans', { 'content-type': 'application/json' }],
      ['/sandbox/clock', { 'content-type': 'application/json' }],
    ] as const) {
      const answer = await doors.call('POST', path, { token, raw, headers });
      expect([answer.status, answer.text], path).toEqual([400, expect.stringContaining('too-costly')]);
    }
  });

  it.each([
    ['one long answer', [{ linkId: 'situation', answer: [{ valueString: 'x'.repeat(190_000) }] }]],
    [
      'thousands of answers',
      Array.from({ length: 3_500 }, () => ({ linkId: 'situation', answer: [{ valueString: 'y' }] })),
    ],
    ['a long name of an item', [{ linkId: 'z'.repeat(190_000) }]],
  ])('of 190 kB at the response endpoint is refused or taken: %s', async (_name, item) => {
    const raw = JSON.stringify({
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
      status: 'completed',
      authored: '2026-03-01T10:00:00-05:00',
      identifier: { value: 'i'.repeat(5_000) },
      item,
    });
    const { status, text } = await doors.call('POST', endpoint, { raw, headers: fhirJson });
    expect(status, text.slice(0, 300)).toBeLessThan(500);
  });

  it('sent drop by drop is given up on, with words and the connection', async () => {
    for (const path of ['/api/v1/plans', endpoint, '/smart/launch', '/oauth/north/token']) {
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n`;
      const type = path.startsWith('/oauth') ? 'application/x-www-form-urlencoded' : 'application/json';
      // what is answered without its body being read is not given up on: its connection is one that may be used again
      const close = path === '/smart/launch' ? 'Connection: close\r\n' : '';
      const bytes = `${head}${close}Content-Type: ${type}\r\nContent-Length: 100\r\n\r\n{"a":`;
      const answer = await sendBytes(doors.url, bytes);
      const expected = path === '/smart/launch' ? 405 : 408;
      expect([404, expected], answer).toContain(statusOf(answer));
      if (statusOf(answer) === 408) expect(answer).toMatch(/connection: close/i);
    }
  });
});
