import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';

const SYSTEM = 'https://example.org/id';
const A = 'urn:uuid:0a6f5e1c-6f0f-4f5e-8d0e-6f3a3f3d0001';
const B = 'urn:uuid:0a6f5e1c-6f0f-4f5e-8d0e-6f3a3f3d0002';

const post = (fullUrl: string, resource: Json, more: Json = {}): Json => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
});
const carePlan = (more: Json = {}): Json => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/sarah' },
  ...more,
});

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const send = (type: string, entry: Json[], headers: Record<string, string> = {}) =>
  ehr.fhir('native', 'POST', '', { body: { resourceType: 'Bundle', type, entry }, headers });
const count = async (search: string) => (await ehr.fhir('native', 'GET', `${search}&_summary=count`)).body.total;

describe('transaction', () => {
  it('resolves urn:uuid references in both directions, cycles included', async () => {
    const plan = carePlan({ activity: [{ reference: { reference: B } }] });
    const answer = await send('transaction', [post(A, plan), post(B, task({ basedOn: [{ reference: A }] }))]);
    expect(answer.body.entry.map((entry: Json) => entry.response.status)).toEqual(['201 Created', '201 Created']);
    const [planPath, taskPath] = answer.body.entry.map((entry: Json) =>
      entry.response.location.split('/').slice(-4, -2).join('/'),
    );
    const storedPlan = await ehr.fhir('native', 'GET', `/${planPath}`);
    const storedTask = await ehr.fhir('native', 'GET', `/${taskPath}`);
    expect(storedPlan.body.activity[0].reference.reference).toBe(taskPath);
    expect(storedTask.body.basedOn[0].reference).toBe(planPath);
  });

  it('leaves an identifier alone that looks like an entry address', async () => {
    const identifier = [{ system: 'urn:ietf:rfc:3986', value: A }];
    const answer = await send('transaction', [post(A, task({ identifier }))], { prefer: 'return=representation' });
    expect(answer.body.entry[0].resource.identifier).toEqual(identifier);
  });

  it('writes nothing at all when the last entry cannot be done, and says which entry it was', async () => {
    const identifier = [{ system: SYSTEM, value: 'atomic' }];
    const before = ehr.commits().length;
    const good = post(A, task({ identifier }));
    const bad = post(B, task({ for: { reference: 'Patient/nobody' } }));
    const answer = await send('transaction', [good, bad]);
    expect(answer.status).toBe(422);
    expect(answer.body.issue[0].expression).toEqual(['Bundle.entry[1]', 'Task.for']);
    expect(await count(`/Task?identifier=${SYSTEM}|atomic`)).toBe(0);
    expect(ehr.commits()).toHaveLength(before);
  });

  it('resolves conditional references, and fails when they match nothing', async () => {
    const reference = (mrn: string) => ({
      for: { reference: `Patient?identifier=https://harbor-clinic.example/id/mrn|${mrn}` },
    });
    const found = await send('transaction', [post(A, task(reference('4470021')))], { prefer: 'return=representation' });
    expect(found.body.entry[0].resource.for.reference).toBe('Patient/sarah');
    expect((await send('transaction', [post(A, task(reference('none')))])).status).toBe(412);
  });

  it('honours ifNoneExist: the second run makes no copy and points at the first', async () => {
    const identifier = [{ system: SYSTEM, value: 'rerun' }];
    const entries = [
      post(A, task({ identifier }), { ifNoneExist: `identifier=${SYSTEM}|rerun` }),
      post(B, task({ identifier: [{ system: SYSTEM, value: 'rerun-child' }], partOf: [{ reference: A }] }), {
        ifNoneExist: `identifier=${SYSTEM}|rerun-child`,
      }),
    ];
    const first = await send('transaction', entries);
    const before = ehr.commits().length;
    const second = await send('transaction', entries);
    expect(second.body.entry.map((entry: Json) => entry.response.status)).toEqual(['200 OK', '200 OK']);
    expect(second.body.entry[0].response.location).toBe(first.body.entry[0].response.location);
    expect(ehr.commits()).toHaveLength(before);
  });

  it('refuses two entries for one resource', async () => {
    const condition = { ifNoneExist: `identifier=${SYSTEM}|twice` };
    expect((await send('transaction', [post(A, task(), condition), post(B, task(), condition)])).status).toBe(400);
    expect((await send('transaction', [post(A, task()), post(A, task())])).status).toBe(400);
    const put = { resource: { ...task(), id: 'same' }, request: { method: 'PUT', url: 'Task/same' } };
    expect((await send('transaction', [put, put])).status).toBe(400);
    expect(await count('/Task?_id=same')).toBe(0);
  });

  it('writes one log line an entry, under the id of the request', async () => {
    const before = ehr.commits().length;
    await send('transaction', [post(A, task()), post(B, survey())], { 'x-request-id': 'attempt-7' });
    expect(ehr.commits().slice(before)).toMatchObject([
      { face: 'native', interaction: 'create', type: 'Task', version: 1, requestId: 'attempt-7' },
      { face: 'native', interaction: 'create', type: 'Observation', version: 1, requestId: 'attempt-7' },
    ]);
    const lines = ehr.requests().filter(({ requestId }) => requestId === 'attempt-7');
    expect(lines.map(({ type, status }) => [type, status])).toEqual([
      ['Task', 201],
      ['Observation', 201],
      ['Bundle', 200],
    ]);
  });

  it('checks If-Match of an entry', async () => {
    const { body } = await ehr.fhir('native', 'POST', '/Task', { body: task() });
    const put = (ifMatch: string) => ({
      resource: { ...body, status: 'received' },
      request: { method: 'PUT', url: `Task/${body.id}`, ifMatch },
    });
    expect((await send('transaction', [put('W/"9"')])).status).toBe(412);
    expect((await send('transaction', [put('W/"1"')])).status).toBe(200);
  });

  it('deletes resources that refer to each other', async () => {
    const plan = carePlan({ activity: [{ reference: { reference: B } }] });
    const made = await send('transaction', [post(A, plan), post(B, task({ basedOn: [{ reference: A }] }))]);
    const urls: string[] = made.body.entry.map((entry: Json) =>
      entry.response.location.split('/').slice(-4, -2).join('/'),
    );
    const remove = urls.map((url) => ({ request: { method: 'DELETE', url } }));
    expect((await send('transaction', remove.slice(0, 1))).status).toBe(409);
    expect((await send('transaction', remove)).status).toBe(200);
  });
});

describe('batch', () => {
  it('takes each entry for itself', async () => {
    const answer = await send('batch', [
      post(A, task()),
      post(B, task({ status: 'sleeping' })),
      { request: { method: 'GET', url: 'Patient/sarah' } },
      { request: { method: 'GET', url: 'Patient/nobody' } },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.entry.map((entry: Json) => entry.response.status.slice(0, 3))).toEqual([
      '201',
      '422',
      '200',
      '404',
    ]);
    expect(answer.body.entry[1].response.outcome.resourceType).toBe('OperationOutcome');
    expect(answer.body.entry[2].resource.id).toBe('sarah');
  });
});

it('refuses a Bundle of another type', async () => {
  expect((await send('collection', [])).status).toBe(400);
});
