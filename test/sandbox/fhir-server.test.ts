import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';

const identifier = (value: string) => [{ system: 'https://example.org/id', value }];
const query = (value: string) => `identifier=https://example.org/id|${value}`;

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

describe('health and capability', () => {
  it('names the product, the folder and the FHIR base of each face', async () => {
    const health = await (await fetch(`${ehr.url}/health`)).json();
    expect(health).toEqual({
      status: 'ok',
      product: 'intersession-sandbox-ehr',
      vendor: null,
      authUrl: ehr.authUrl,
      dataDir: ehr.dataDir,
      faces: { native: `${ehr.url}/fhir/native`, 'notes-only': `${ehr.url}/fhir/notes-only` },
    });
  });

  it('metadata is open and tells the truth of each face', async () => {
    const native = await (await fetch(`${ehr.base('native')}/metadata`)).json();
    const rest = native.rest[0];
    expect(rest.interaction).toEqual([{ code: 'transaction' }, { code: 'batch' }]);
    const nativeTask = rest.resource.find((entry: { type: string }) => entry.type === 'Task');
    expect(nativeTask).toMatchObject({ conditionalCreate: true, conditionalUpdate: true });
    const names = nativeTask.searchParam.map((parameter: { name: string }) => parameter.name);
    expect(names).toEqual(
      expect.arrayContaining(['authored-on', 'business-status', 'group-identifier', 'part-of', '_id']),
    );
    expect(names).not.toContain('due-date');

    const notes = await (await fetch(`${ehr.base('notes-only')}/metadata`)).json();
    expect(notes.rest[0].interaction).toBeUndefined();
    const types = new Map(notes.rest[0].resource.map((entry: { type: string }) => [entry.type, entry]));
    expect(types.has('Task')).toBe(false);
    expect(types.get('CarePlan')).toMatchObject({ interaction: [{ code: 'read' }, { code: 'search-type' }] });
    expect(types.get('Observation')).toMatchObject({ conditionalCreate: false });
  });
});

describe('create, read, update, delete', () => {
  it('gives the id, the version and their headers', async () => {
    const made = await ehr.fhir('native', 'POST', '/Task', { body: task({ id: 'mine' }) });
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe('mine');
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.headers.get('location')).toBe(`${ehr.base('native')}/Task/${made.body.id}/_history/1`);
    const read = await ehr.fhir('native', 'GET', `/Task/${made.body.id}`);
    expect(read.body).toEqual(made.body);
    expect(read.headers.get('last-modified')).not.toBeNull();
    const unchanged = await ehr.fhir('native', 'GET', `/Task/${made.body.id}`, {
      headers: { 'if-none-match': 'W/"1"' },
    });
    expect(unchanged.status).toBe(304);
  });

  it('refuses a stale If-Match, keeps every version, makes no version of the same content', async () => {
    const { body: first } = await ehr.fhir('native', 'POST', '/Task', { body: task() });
    const second = { ...first, status: 'in-progress' };
    const updated = await ehr.fhir('native', 'PUT', `/Task/${first.id}`, {
      body: second,
      headers: { 'if-match': 'W/"1"' },
    });
    expect([updated.status, updated.headers.get('etag')]).toEqual([200, 'W/"2"']);
    const stale = await ehr.fhir('native', 'PUT', `/Task/${first.id}`, {
      body: first,
      headers: { 'if-match': 'W/"1"' },
    });
    expect(stale.status).toBe(412);
    const before = ehr.commits().length;
    const same = await ehr.fhir('native', 'PUT', `/Task/${first.id}`, { body: second });
    expect([same.status, same.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect(ehr.commits()).toHaveLength(before);
    const old = await ehr.fhir('native', 'GET', `/Task/${first.id}/_history/1`);
    expect(old.body.status).toBe('requested');
    const history = await ehr.fhir('native', 'GET', `/Task/${first.id}/_history`);
    expect(history.body.entry.map((entry: { resource: { status: string } }) => entry.resource.status)).toEqual([
      'in-progress',
      'requested',
    ]);
  });

  it('answers 410 for what was deleted and 409 for deleting what others refer to', async () => {
    const { body: parent } = await ehr.fhir('native', 'POST', '/Task', { body: task() });
    const { body: child } = await ehr.fhir('native', 'POST', '/Task', {
      body: task({ partOf: [{ reference: `Task/${parent.id}` }] }),
    });
    expect((await ehr.fhir('native', 'DELETE', `/Task/${parent.id}`)).status).toBe(409);
    expect((await ehr.fhir('native', 'DELETE', `/Task/${child.id}`)).status).toBe(204);
    expect((await ehr.fhir('native', 'GET', `/Task/${child.id}`)).status).toBe(410);
    expect((await ehr.fhir('native', 'GET', '/Task/never-was')).status).toBe(404);
    expect((await ehr.fhir('native', 'DELETE', `/Task/${parent.id}`)).status).toBe(204);
  });
});

describe('refusals', () => {
  const cases: [string, number, string, { body?: unknown; headers?: Record<string, string> }, string?][] = [
    ['malformed JSON', 400, '/Task', { body: '{"resourceType":' }],
    ['another resource type', 400, '/Task', { body: survey() }],
    ['not a resource', 400, '/Task', { body: [] }],
    ['XML', 415, '/Task', { body: '<Task/>', headers: { 'content-type': 'application/fhir+xml' } }],
    ['a body over 1 MB', 413, '/Task', { body: task({ description: 'x'.repeat(1_100_000) }) }],
    ['an element that R4 has not', 422, '/Task', { body: task({ surprise: true }) }, 'Task.surprise'],
    ['a missing required element', 422, '/Observation', { body: survey({ status: undefined }) }, 'Observation.status'],
    ['a code outside a required binding', 422, '/Task', { body: task({ status: 'sleeping' }) }, 'Task.status'],
    ['a reference to nothing', 422, '/Task', { body: task({ for: { reference: 'Patient/nobody' } }) }, 'Task.for'],
    [
      'a reference to a wrong type',
      422,
      '/Observation',
      { body: survey({ subject: { reference: 'Goal/sarah-speak-in-meetings' } }) },
      'Observation.subject',
    ],
    [
      'an unresolved urn:uuid',
      422,
      '/Task',
      { body: task({ focus: { reference: 'urn:uuid:1b1a63d8-2bd4-4bd1-9f7b-7f5d6bf0c1d1' } }) },
      'Task.focus',
    ],
    ['an unknown type', 404, '/Spaceship', { body: task() }],
    ['an operation', 405, '/Task/$validate', { body: task() }],
  ];
  it.each(cases)('%s → %i', async (_name, status, path, options, expression) => {
    const before = ehr.commits().length;
    const refused = await ehr.fhir('native', 'POST', path, options);
    expect(refused.status).toBe(status);
    expect(refused.body.resourceType).toBe('OperationOutcome');
    if (expression) expect(refused.body.issue[0].expression).toContain(expression);
    expect(ehr.commits()).toHaveLength(before);
  });

  it('an id in the body that is not the one in the URL → 400', async () => {
    const { body } = await ehr.fhir('native', 'POST', '/Task', { body: task() });
    expect((await ehr.fhir('native', 'PUT', `/Task/${body.id}`, { body: { ...body, id: 'other' } })).status).toBe(400);
  });
});

describe('conditional writes', () => {
  it('If-None-Exist: none → 201, one → 200 without a second copy, several → 412, unknown criteria → 400', async () => {
    const headers = { 'if-none-exist': query('if-none-exist') };
    const body = task({ identifier: identifier('if-none-exist') });
    const first = await ehr.fhir('native', 'POST', '/Task', { body, headers });
    const before = ehr.commits().length;
    const again = await ehr.fhir('native', 'POST', '/Task', { body, headers });
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id]);
    expect(ehr.commits()).toHaveLength(before);
    await ehr.fhir('native', 'POST', '/Task', { body });
    expect((await ehr.fhir('native', 'POST', '/Task', { body, headers })).status).toBe(412);
    const unknown = await ehr.fhir('native', 'POST', '/Task', { body, headers: { 'if-none-exist': 'colour=red' } });
    expect(unknown.status).toBe(400);
  });

  it('PUT with a condition: none → 201, one → 200, several → 412', async () => {
    const body = task({ identifier: identifier('conditional-put') });
    const path = `/Task?${query('conditional-put')}`;
    const made = await ehr.fhir('native', 'PUT', path, { body });
    const changed = await ehr.fhir('native', 'PUT', path, { body: { ...body, status: 'received' } });
    expect([made.status, changed.status, changed.body.id]).toEqual([201, 200, made.body.id]);
    await ehr.fhir('native', 'POST', '/Task', { body });
    expect((await ehr.fhir('native', 'PUT', path, { body })).status).toBe(412);
  });
});
