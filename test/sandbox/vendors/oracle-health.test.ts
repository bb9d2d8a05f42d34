import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { base64, message, note, reading, response, wordsOf } from '../../simulators/sarahs-things.ts';
import { personToken, type Send, sender, systemToken } from '../../simulators/simulator-client.ts';
import type { Json } from '../open-sandbox.ts';

let open: OpenSimulator;
let backend: Send;
let okafor: Send;
let lindqvist: Send;
beforeAll(async () => {
  open = await openSimulator('oracle-health');
  const { simulator, service } = open;
  const as = async (user: string) =>
    sender(simulator, await personToken(simulator, service, { user, patient: 'sarah' }));
  backend = sender(simulator, await systemToken(simulator, service));
  okafor = await as('Practitioner/dr-okafor');
  lindqvist = await as('Practitioner/dr-lindqvist');
});
afterAll(() => open?.close());

const pulse = (more: Json = {}, category = 'vital-signs') =>
  reading({ system: 'http://loinc.org', code: '8867-4' }, category, more);

describe('Observation', () => {
  it('leaves out what it does not support, without a word', async () => {
    const sent = pulse({
      derivedFrom: [{ reference: 'QuestionnaireResponse/social-history-sarah' }],
      method: { text: 'by hand' },
      meta: { tag: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags', code: 'patient-supplied' }] },
    });
    const made = await backend('POST', '/Observation', sent);
    expect(made.status).toBe(201);
    const { body } = await backend('GET', `/Observation/${made.body.id}`);
    expect(Object.keys(body).sort()).toEqual([
      'category',
      'code',
      'effectiveDateTime',
      'encounter',
      'id',
      'meta',
      'resourceType',
      'status',
      'subject',
      'valueInteger',
    ]);
    expect(Object.keys(body.meta).sort()).toEqual(['lastUpdated', 'versionId']);
    expect(open.simulator.commits().at(-1)).toMatchObject({ type: 'Observation', identifier: null });
  });

  it.each([
    ['vital-signs', 201],
    ['laboratory', 201],
    ['survey', 422],
    ['therapy', 422],
  ])('category %s → %i', async (category, expected) => {
    const { status, body } = await backend('POST', '/Observation', pulse({}, category));
    expect(status).toBe(expected);
    if (expected === 422) expect(wordsOf(body)).toMatch(/^Oracle Health: .*\(source: .*, Oracle Health\)$/);
  });

  it('takes it from a provider who treats the patient, and from no other', async () => {
    expect((await okafor('POST', '/Observation', pulse())).status).toBe(201);
    const refused = await lindqvist('POST', '/Observation', pulse());
    expect([refused.status, refused.body.issue[0].expression]).toEqual([403, ['Observation.subject']]);
    await open.simulator.beginVisit('sarah', 'Practitioner/dr-lindqvist');
    expect((await lindqvist('POST', '/Observation', pulse())).status).toBe(201);
  });

  it('answers a stale If-Match with 409', async () => {
    const { body } = await backend('POST', '/Observation', pulse());
    const change = { ...body, valueInteger: 80 };
    expect((await backend('PUT', `/Observation/${body.id}`, change, { 'if-match': 'W/"1"' })).status).toBe(200);
    expect((await backend('PUT', `/Observation/${body.id}`, body, { 'if-match': 'W/"1"' })).status).toBe(409);
  });
});

describe('everything', () => {
  it('refuses modifier extensions, nested ones too', async () => {
    const modifierExtension = [{ url: 'https://example.org/negated', valueBoolean: true }];
    for (const body of [note({ modifierExtension }), note({ context: { modifierExtension } })]) {
      expect((await backend('POST', '/DocumentReference', body)).status).toBe(422);
    }
    expect((await backend('POST', '/DocumentReference', note())).status).toBe(201);
  });

  it('takes a batch and no transaction', async () => {
    const entry = [{ resource: note(), request: { method: 'POST', url: 'DocumentReference' } }];
    const batch = await backend('POST', '', { resourceType: 'Bundle', type: 'batch', entry });
    expect([batch.status, batch.body.entry[0].response.status]).toEqual([200, '201 Created']);
    const transaction = await backend('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
    expect(transaction.status).toBe(405);
    expect(wordsOf(transaction.body)).toContain('Oracle Health’s CapabilityStatement');
  });
});

describe('DocumentReference', () => {
  it.each([
    ['application/pdf', 201],
    ['text/plain', 201],
    ['text/rtf', 201],
    ['text/html; charset=utf-8', 201],
    ['application/xml', 201],
    ['image/png', 422],
    ['application/fhir+json', 422],
  ])('%s → %i', async (contentType, expected) => {
    const content = [{ attachment: { contentType, data: base64('x') } }];
    expect((await backend('POST', '/DocumentReference', note({ content }))).status).toBe(expected);
  });
});

describe('QuestionnaireResponse', () => {
  it('updates the social history, and no other response', async () => {
    for (const [id, expected] of [
      ['social-history-sarah', 200],
      ['intake-sarah', 422],
    ] as const) {
      const { body } = await backend('GET', `/QuestionnaireResponse/${id}`);
      const answered = [{ linkId: 'work', answer: [{ valueString: 'Team lead' }] }];
      const { status } = await backend('PUT', `/QuestionnaireResponse/${id}`, { ...body, item: answered });
      expect([id, status]).toEqual([id, expected]);
    }
    const ours = response('https://intersession.dev/fhir/Questionnaire/x|1', 'a', { id: 'log-1' });
    expect((await backend('PUT', '/QuestionnaireResponse/log-1', ours)).status).toBe(404);
  });
});

describe('the rest', () => {
  it('never returns CarePlan.activity', async () => {
    const read = await backend('GET', '/CarePlan/clinic-plan-sarah');
    const found = await backend('GET', '/CarePlan?patient=sarah');
    expect([read.body.title, read.body.activity]).toEqual(['Outpatient plan', undefined]);
    expect(found.body.entry[0].resource.activity).toBeUndefined();
  });

  it('takes a Provenance of a measurement, and of nothing else', async () => {
    const of = (reference: string) => ({
      resourceType: 'Provenance',
      target: [{ reference }],
      recorded: '2026-03-25T15:00:00-04:00',
      agent: [{ who: { reference: 'Practitioner/dr-okafor' } }],
    });
    const { body } = await backend('POST', '/Observation', pulse());
    expect((await backend('POST', '/Provenance', of(`Observation/${body.id}`))).status).toBe(201);
    expect((await backend('POST', '/Provenance', of('QuestionnaireResponse/intake-sarah'))).status).toBe(422);
  });

  it('finds a Communication by what it offers only, and patches it', async () => {
    const made = await backend('POST', '/Communication', message());
    const strict = { prefer: 'handling=strict' };
    expect((await backend('GET', '/Communication?recipient=Patient/sarah', undefined, strict)).body.total).toBe(1);
    for (const query of ['patient=sarah', 'identifier=x', 'sent=2026-03-25']) {
      expect((await backend('GET', `/Communication?${query}`, undefined, strict)).status).toBe(400);
    }
    const patch = [{ op: 'replace', path: '/status', value: 'stopped' }];
    const patched = await backend('PATCH', `/Communication/${made.body.id}`, patch, { 'if-match': 'W/"1"' });
    expect([patched.status, patched.body.status, patched.headers.get('etag')]).toEqual([200, 'stopped', 'W/"2"']);
    expect((await backend('PATCH', `/Communication/${made.body.id}`, patch, { 'if-match': 'W/"1"' })).status).toBe(409);
    for (const wrong of [
      [{ op: 'replace', path: '/nowhere', value: 1 }],
      [{ op: 'replace', path: '/id', value: 'x' }],
      [{ op: 'add', path: '/__proto__/x', value: 1 }],
      {},
    ]) {
      expect((await backend('PATCH', `/Communication/${made.body.id}`, wrong)).status).toBe(400);
    }
    const test = [{ op: 'test', path: '/status', value: 'completed' }];
    expect((await backend('PATCH', `/Communication/${made.body.id}`, test)).status).toBe(422);
  });
});
