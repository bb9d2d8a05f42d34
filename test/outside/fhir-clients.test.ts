import type { Reference } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { responseEndpoint } from '../../src/record/use-cases/response-endpoint.ts';
import rendererResponse from '../fixtures/outside/response-from-a-form-renderer.json' with { type: 'json' };
import foreignSubjects from '../fixtures/outside/responses-about-somebody-else.json' with { type: 'json' };
import { type Doors, ehrBase, openDoors, publicUrl } from '../http/open-doors.ts';
import { type SentPlan, sendPlan } from '../http/sarah.ts';

/** What FHIR clients and form fillers of others send, replayed against our doors. Each is named after where it was seen. */
let doors: Doors;
let token: string;
let plan: SentPlan;
let serial = 0;
const origin = 'https://forms.example';
const mrn = 'https://harbor-clinic.example/id/mrn';

beforeAll(async () => {
  doors = await openDoors({}, () => ({ fhirOrigins: [origin] }));
});
beforeEach(async () => {
  doors.test.setTime('2026-03-01T15:00:00.000Z');
  token = await doors.token('north');
  plan = await sendPlan(doors, token, { sourceId: `outside-${++serial}` });
  doors.test.setTime('2026-03-03T15:00:00.000Z');
  token = await doors.token('north');
});
afterAll(() => doors.close());

const log = z.looseObject({ resourceType: z.literal('QuestionnaireResponse'), id: z.string() });
/** The renderer's response, whose note is ours and was never sent. */
const { _note: _ours, ...rendered } = rendererResponse;
async function send(part: object, headers: Record<string, string> = { 'content-type': 'application/fhir+json' }) {
  const url = responseEndpoint(doors.test.record, 'north', plan.occurrenceId('1'));
  const raw = new TextEncoder().encode(JSON.stringify({ ...rendered, ...part }));
  return doors.call('POST', url.slice(publicUrl.length), { raw, headers: { origin, ...headers } });
}
const get = (path: string, headers: Record<string, string> = {}) =>
  doors.call('GET', `/fhir/north/${path}`, { token, headers });

describe('a form filler’s response is taken', () => {
  const { item } = rendered;
  it.each<[string, object]>([
    ['as a renderer with react hooks makes it: no |version, ids on items, groups not answered yet', {}],
    ['with our note on it, which is an element of nobody', { _note: rendererResponse._note }],
    ['about Patient/x/_history/3', { subject: { reference: 'Patient/sarah/_history/3' } }],
    ['about the patient under the EHR’s address', { subject: { reference: `${ehrBase}/Patient/sarah` } }],
    ['with the version of its questionnaire', { questionnaire: `${rendered.questionnaire}|1.0.0` }],
    ['written on a day', { authored: '2026-03-02' }],
    ['written in a month', { authored: '2026-03' }],
    ['with an offset and a fraction', { authored: '2026-03-02T23:59:59.9999999+05:30' }],
    ['without a time', { authored: undefined }],
    [
      'with the questionnaire inside',
      {
        questionnaire: '#q',
        contained: [
          { resourceType: 'Questionnaire', id: 'q', status: 'active', url: rendered.questionnaire, version: '1.0.0' },
        ],
      },
    ],
    [
      'with items that are there without an answer (matchbox-formfiller 106)',
      {
        item: [
          ...item,
          { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [] }] },
          { linkId: 'after', item: [] },
        ],
      },
    ],
    [
      'with texts, an extension and elements of others',
      {
        id: 'local-1',
        language: 'en',
        meta: { profile: ['http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaireresponse'] },
        extension: [{ url: 'https://renderer.example/signed', valueBoolean: true }],
        item: item.map((entry) => ({ ...entry, text: 'Shown to the patient', definition: 'https://x.example/#a' })),
      },
    ],
  ])('%s', async (_name, part) => {
    const answer = await send(part);
    expect(answer.status, answer.text.slice(0, 600)).toBe(201);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const stored = log.parse(answer.body);
    expect(stored).toMatchObject({
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
      subject: { reference: `${ehrBase}/Patient/sarah` },
      status: 'completed',
    });
    expect(answer.headers.get('location')).toBe(
      `${publicUrl}/fhir/north/QuestionnaireResponse/${stored.id}/_history/1`,
    );
  });

  it.each([
    'application/fhir+json; charset=UTF-8; fhirVersion=4.0',
    'application/fhir+json;fhirVersion="4.0"',
    'application/json;charset=utf-8',
    'application/json+fhir',
    'text/json',
    'Application/FHIR+JSON',
    '',
  ])('sent as "%s"', async (type) => {
    expect((await send({}, type === '' ? {} : { 'content-type': type })).status).toBe(201);
  });

  it.each([
    ['application/fhir+xml', 'application/fhir+json'],
    ['text/plain;charset=UTF-8', 'application/fhir+json'],
    ['application/fhir+json; fhirVersion=5.0', 'fhirVersion'],
    ['application/fhir+json; charset=iso-8859-1', 'charset'],
  ])('and not as "%s"', async (type, words) => {
    const answer = await send({}, { 'content-type': type });
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining(words)]);
  });
});

describe('a response about somebody or something else is refused by the name of the element', () => {
  const subjects: [string, Reference][] = foreignSubjects.map(({ label, subject }) => [
    label,
    JSON.parse(JSON.stringify(subject).replaceAll('PATIENT', 'sarah')),
  ]);
  it.each<[string, object, string]>([
    ...subjects.map(([label, subject]): [string, object, string] => [label, { subject }, 'subject']),
    ['another patient’s newest version', { subject: { reference: 'Patient/ada/_history/1' } }, 'subject'],
    [
      'their MRN beside the right reference',
      { subject: { reference: 'Patient/sarah', identifier: { system: mrn, value: '4470052' } } },
      'subject',
    ],
    [
      'another server’s practitioner as source',
      { source: { reference: 'https://other.example/fhir/Practitioner/dr-okafor' } },
      'source',
    ],
    ['another questionnaire', { questionnaire: 'https://forms.example/Questionnaire/phq-9' }, 'questionnaire'],
    ['another version', { questionnaire: `${rendered.questionnaire}|2.0.0` }, 'questionnaire'],
    ['a longer name', { questionnaire: `${rendered.questionnaire}-2` }, 'questionnaire'],
    [
      'a questionnaire inside that is another',
      {
        questionnaire: '#q',
        contained: [{ resourceType: 'Questionnaire', id: 'q', status: 'active', url: 'https://forms.example/q' }],
      },
      'questionnaire',
    ],
    ['a questionnaire inside that is not there', { questionnaire: '#q' }, 'questionnaire'],
  ])('%s', async (_name, part, element) => {
    doors.test.identifiers.set('sarah', [{ system: mrn, value: '4470051' }]);
    const answer = await send(part);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ issue: [{ expression: [`QuestionnaireResponse.${element}`] }] });
    expect((await send({})).status).toBe(201);
  });
});

describe('a browser', () => {
  it.each([
    ['clinFHIR asks for Authorization (hapi-fhir 2130)', 'GET', 'authorization'],
    ['fhir.js asks for Prefer (fhir.js 89)', 'POST', 'content-type,prefer'],
    ['jQuery asks for Cache-Control (fhir-server 215)', 'GET', 'accept,cache-control'],
  ])('%s', async (_name, method, headers) => {
    const path = method === 'GET' ? '/fhir/north/Task' : '/fhir/north/Task/_search';
    const asked = await doors.call('OPTIONS', path, {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    const allowed = (asked.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',');
    for (const header of headers.split(',')) expect(allowed).toContain(header);
  });

  it('learns of a Location and an ETag that it may read (hapi-fhir 2130)', async () => {
    const exposed = (await send({})).headers.get('access-control-expose-headers') ?? '';
    expect(exposed.split(',')).toEqual(expect.arrayContaining(['ETag', 'Location', 'Last-Modified']));
  });
});

describe('a FHIR client', () => {
  it('_format wins over Accept (FHIRsmith 85)', async () => {
    expect((await get('Task?_format=json', { accept: 'application/fhir+xml' })).status).toBe(200);
    expect((await get('Task?_format=xml', { accept: 'application/fhir+json' })).status).toBe(406);
  });

  it('fhirVersion of another FHIR is refused, of this one not (FHIR 896)', async () => {
    expect((await get('Task', { accept: 'application/fhir+json; fhirVersion=4.0' })).status).toBe(200);
    expect((await get('Task', { accept: 'application/fhir+json; fhirVersion=3.0' })).status).toBe(406);
  });

  it('client-py’s and a Java client’s Accept', async () => {
    const python = await get('Task', { accept: 'application/json+fhir' });
    const java = await get('Task', { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' });
    expect([python.status, java.status, java.headers.get('content-type')]).toEqual([
      200,
      200,
      expect.stringContaining('fhir+json'),
    ]);
  });

  it('next keeps _summary (hapi-fhir 5599) and _elements (hapi-fhir 750); the tag is on each resource (FHIR 3643)', async () => {
    for (const subset of ['_summary=true', '_elements=for']) {
      const shape = z.looseObject({
        meta: z.unknown().optional(),
        link: z.array(z.object({ relation: z.string(), url: z.string() })),
        entry: z.array(
          z.object({
            resource: z.looseObject({
              status: z.string(),
              meta: z.looseObject({ tag: z.array(z.object({ code: z.string() })) }),
            }),
          }),
        ),
      });
      const first = shape.parse((await get(`Task?_count=1&${subset}`)).body);
      const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
      const second = shape.parse((await doors.call('GET', next.slice(publicUrl.length), { token })).body);
      for (const { meta, entry } of [first, second]) {
        expect(meta).toBeUndefined();
        expect(entry[0]?.resource.meta.tag).toEqual([expect.objectContaining({ code: 'SUBSETTED' })]);
      }
    }
  });

  it('mandatory elements are there unasked (fhir-server 1256)', async () => {
    expect((await get('Observation?_elements=id')).status).toBe(200);
    expect((await get(`CarePlan/${plan.planId}?_elements=id`)).body).toMatchObject({
      status: 'active',
      intent: 'plan',
    });
  });

  it('equal dates come once each, page by page (fhir-server 1792)', async () => {
    const seen: string[] = [];
    let path = `/fhir/north/Task?_sort=authored-on&_count=2&group-identifier=${plan.planId}`;
    while (path !== '') {
      const page = z
        .object({
          link: z.array(z.object({ relation: z.string(), url: z.string() })),
          entry: z.array(z.object({ resource: z.looseObject({ id: z.string() }) })).default([]),
        })
        .parse((await doors.call('GET', path, { token })).body);
      seen.push(...page.entry.map(({ resource }) => resource.id));
      path = page.link.find(({ relation }) => relation === 'next')?.url.slice(publicUrl.length) ?? '';
    }
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('an absolute reference to the EHR is as good as a relative one (FHIR 1375), to another server it is not (fhirserver 44)', async () => {
    const found = async (patient: string): Promise<unknown> =>
      z.object({ total: z.number() }).parse((await get(`CarePlan?_total=accurate&_count=1&patient=${patient}`)).body)
        .total;
    const own = await found('Patient/sarah');
    expect(own).toBeGreaterThan(0);
    expect(await found(`${ehrBase}/Patient/sarah`)).toBe(own);
    expect(await found('https://EHR.example:443/fhir/Patient/sarah')).toBe(own);
    for (const other of [
      'https://other-hospital.example/fhir',
      `${ehrBase}2`,
      'http://ehr.example/fhir',
      'https://ehr.example',
    ]) {
      expect(await found(`${other}/Patient/sarah`)).toBe(0);
    }
    expect(await found('urn:uuid:6b6a3c0e-1d1d-4e51-9fb5-0f4dbd3d0a11')).toBe(0);
    expect(await found('%23sarah')).toBe(0);
  });
});
