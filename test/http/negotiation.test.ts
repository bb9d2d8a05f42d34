import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doors, openDoors } from './open-doors.ts';
import { type SentPlan, sendPlan } from './sarah.ts';

/** In which form the FHIR endpoint answers and is written to. */
let doors: Doors;
let token: string;
let plan: SentPlan;

beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  const title = 'Speak <script>alert(1)</script> & "listen"';
  plan = await sendPlan(doors, token, { title });
});
afterAll(() => doors.close());

const chrome = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8';
const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const java = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2';
const get = (path: string, headers: Record<string, string> = {}) =>
  doors.call('GET', `/fhir/north/${path}`, { token, headers });

describe('Accept', () => {
  it.each([
    'application/fhir+json; fhirVersion=4.0',
    'application/fhir+json;fhirVersion=4.0;charset=utf-8',
    'application/fhir+json; fhirVersion="4.0"',
    'application/fhir+json; FHIRVERSION=4.0.1',
    'application/fhir+json;charset=UTF-8',
    'application/fhir+xml;q=0.9, application/fhir+json;q=0.8',
    'application/fhir+json, application/fhir+json; fhirVersion=5.0',
    'application/fhir+json; fhirVersion=5.0, */*;q=0.1',
    'application/json+fhir',
    'application/json',
    'application/json; profile="a, b;q=0"',
    'text/json',
    'text/*',
    'APPLICATION/FHIR+JSON',
    'application/*',
    'application/json, text/plain, */*',
    '*/*',
    '*',
    '*/*;q=0.1',
    '',
    java,
    'text/html, application/fhir+json;q=0.1',
  ])('%s is answered with FHIR JSON', async (accept) => {
    const answer = await get(`CarePlan/${plan.planId}`, { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    expect(answer.body).toMatchObject({ resourceType: 'CarePlan' });
  });

  it.each([
    'application/fhir+xml',
    'application/xml, text/turtle',
    'application/fhir+json;q=0',
    'image/png',
    'nonsense',
  ])('%s is refused', async (accept) => {
    const answer = await get('Task', { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([406, 'application/fhir+json; charset=utf-8']);
    expect(answer.body).toMatchObject({ issue: [{ code: 'not-supported' }] });
  });

  it.each(['5.0', '3.0', '4.3', '4.00'])('another FHIR version, %s, is refused by name', async (version) => {
    const answer = await get('Task', { accept: `application/fhir+json; fhirVersion=${version}` });
    expect(answer.status).toBe(406);
    expect(answer.text).toContain('fhirVersion');
  });

  it.each([chrome, firefox, 'text/html'])('a person who follows a link reads a page: %s', async (accept) => {
    const answer = await get(`CarePlan/${plan.planId}`, { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).not.toContain('<script');
  });

  it('the page shows the resource and runs nothing; an error is one too', async () => {
    const answer = await get(`CarePlan/${plan.planId}`, { accept: chrome });
    expect(answer.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; \\&quot;listen');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const anonymous = await doors.call('GET', '/fhir/north/Task', { headers: { accept: chrome } });
    expect([anonymous.status, anonymous.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(anonymous.text).toContain('A valid access token is needed');
  });
});

describe('_format', () => {
  it('wins over Accept', async () => {
    const type = async (path: string, accept: string) => (await get(path, { accept })).headers.get('content-type');
    expect(await type('Task?_format=json', 'application/fhir+xml')).toContain('application/fhir+json');
    expect(await type('Task?_format=html', 'application/fhir+json')).toContain('text/html');
    expect(await type('metadata?_format=application/fhir%2Bjson%3BfhirVersion%3D4.0', chrome)).toContain('fhir+json');
    expect((await get('Task?_format=xml', { accept: 'application/fhir+json' })).status).toBe(406);
  });

  it.each(['json', 'application/json', 'application/fhir+json', 'text/json', 'JSON', ''])(
    'takes "%s"',
    async (format) => {
      expect((await get(`Task?_format=${format}`)).status).toBe(200);
    },
  );

  it.each([
    'xml',
    'ttl',
    'application/fhir%2Bxml',
    'text/turtle',
    'constructor',
    '__proto__',
    'application/fhir%2Bjson;fhirVersion=5.0',
  ])('refuses "%s"', async (format) => {
    const answer = await get(`Task?_format=${format}`);
    expect([answer.status, answer.body]).toEqual([406, expect.objectContaining({ resourceType: 'OperationOutcome' })]);
  });

  it('counts in a form as well, and _pretty with it', async () => {
    const post = (raw: string) =>
      doors.call('POST', '/fhir/north/Task/_search', { token, raw: new URLSearchParams(raw) });
    expect((await post('_format=xml')).status).toBe(406);
    expect((await post('_format=json&_pretty=true&_count=1')).text).toContain('\n  "resourceType": "Bundle"');
  });
});

it('_pretty indents a read and a search, and does nothing else', async () => {
  const plain = await get(`CarePlan/${plan.planId}`);
  const pretty = await get(`CarePlan/${plan.planId}?_pretty=true`);
  expect(pretty.text).toContain('\n  "resourceType"');
  expect(plain.text).not.toContain('\n');
  expect(pretty.body).toEqual(plain.body);
  expect((await get('Task?_pretty=false&_count=1')).text).not.toContain('\n');
});
