import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { base64, message, note, reading, response, wordsOf } from '../../simulators/sarahs-things.ts';
import { personToken, type Send, sender } from '../../simulators/simulator-client.ts';
import type { Json } from '../open-sandbox.ts';

let open: OpenSimulator;
let clinician: Send;
let sarah: Send;
let marcus: Send;
beforeAll(async () => {
  open = await openSimulator('epic');
  const as = async (user: string, patient: string) =>
    sender(open.simulator, await personToken(open.simulator, open.service, { user, patient }));
  clinician = await as('Practitioner/dr-okafor', 'sarah');
  sarah = await as('Patient/sarah', 'sarah');
  marcus = await as('Patient/marcus-bell', 'marcus-bell');
});
afterAll(() => open?.close());

const heartRate = { system: 'http://loinc.org', code: '8867-4' };
const distress = { system: 'https://harbor-clinic.example/flowsheet-row', code: 'distress' };
let minute = 0;
/** Each reading of its own minute, so that none is the same as another. */
const moment = () => `2026-03-25T16:${String(minute++).padStart(2, '0')}:00-04:00`;
const pulse = (more: Json = {}) => reading(heartRate, 'vital-signs', { effectiveDateTime: moment(), ...more });
const numberIn = (outcome: Json) => outcome.issue[0].details?.coding?.[0].code;

describe('Observation: readings of built flowsheet rows', () => {
  it('takes one in an open encounter, finds it by identifier, corrects it', async () => {
    const identifier = [{ system: 'https://example.org/id', value: 'pulse-1' }];
    const made = await clinician('POST', '/Observation', pulse({ identifier }));
    expect(made.status).toBe(201);
    const found = await clinician('GET', '/Observation?identifier=https://example.org/id|pulse-1');
    expect(found.body.total).toBe(1);
    const corrected = { ...made.body, status: 'corrected', valueInteger: 70 };
    expect((await clinician('PUT', `/Observation/${made.body.id}`, corrected, { 'if-match': 'W/"1"' })).status).toBe(
      200,
    );
    expect((await clinician('PUT', `/Observation/${made.body.id}`, corrected, { 'if-match': 'W/"1"' })).status).toBe(
      412,
    );
  });

  it('59189: the same reading a second time', async () => {
    const once = pulse();
    expect((await clinician('POST', '/Observation', once)).status).toBe(201);
    const again = await clinician('POST', '/Observation', once);
    expect([again.status, numberIn(again.body), again.body.issue[0].details.text]).toEqual([
      422,
      '59189',
      'Reading already exists',
    ]);
  });

  it('59188: a code that no row was built for; a row that the site builds', async () => {
    const code = { coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/measures', code: 'belief' }] };
    const refused = await clinician('POST', '/Observation', pulse({ code }));
    expect([refused.status, numberIn(refused.body)]).toEqual([422, '59188']);
    await open.simulator.site({ observationRows: code.coding });
    expect((await clinician('POST', '/Observation', pulse({ code }))).status).toBe(201);
    await open.simulator.resetSite();
  });

  it('59187: a patient whom nobody asked to fill it in; one who was asked needs no encounter', async () => {
    const { encounter: _none, ...own } = reading(distress, 'survey', { effectiveDateTime: moment() });
    expect((await sarah('POST', '/Observation', own)).status).toBe(201);
    const subject = { reference: 'Patient/marcus-bell' };
    const refused = await marcus('POST', '/Observation', { ...own, subject });
    expect([refused.status, numberIn(refused.body)]).toEqual([422, '59187']);
  });

  it.each([
    ['not final', { status: 'preliminary' }, 'Observation.status'],
    ['a note of 255 characters', { note: [{ text: 'x'.repeat(255) }] }, 'Observation.note[0].text'],
    ['no encounter', { encounter: undefined }, 'Observation.encounter'],
    ['an encounter that is over', { encounter: { reference: 'Encounter/sarah-2026-03-11' } }, 'Observation.encounter'],
    [
      'another patient’s encounter',
      { encounter: { reference: 'Encounter/marcus-2026-03-24' } },
      'Observation.encounter',
    ],
  ])('refuses one with %s', async (_what, more, expression) => {
    const { status, body } = await clinician('POST', '/Observation', pulse(more));
    expect([status, body.issue[0].expression]).toEqual([422, [expression]]);
    expect(wordsOf(body)).toMatch(/^Epic: .*\(source: .*, Epic\)$/);
  });

  it('takes a note of 254 characters', async () => {
    expect((await clinician('POST', '/Observation', pulse({ note: [{ text: 'x'.repeat(254) }] }))).status).toBe(201);
  });
});

describe('DocumentReference: clinical notes', () => {
  it('files a replay a second time, whatever If-None-Exist says', async () => {
    const once = note({ identifier: [{ system: 'https://example.org/id', value: 'note-twice' }] });
    const condition = { 'if-none-exist': 'identifier=https://example.org/id|note-twice' };
    const answers = [
      await clinician('POST', '/DocumentReference', once, condition),
      await clinician('POST', '/DocumentReference', once, condition),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const found = await clinician('GET', '/DocumentReference?identifier=https://example.org/id|note-twice');
    expect(found.body.total).toBe(2);
    expect(open.simulator.commits().filter(({ identifier }) => identifier?.endsWith('note-twice'))).toHaveLength(2);
  });

  it('keeps the first attachment only, without a word', async () => {
    const second = { attachment: { contentType: 'application/pdf', data: base64('%PDF') } };
    const made = await clinician('POST', '/DocumentReference', note({ content: [...note().content, second] }));
    expect([made.status, made.body.content]).toEqual([201, note().content]);
  });

  it('takes a signed note and one in an encounter that is over', async () => {
    const context = { encounter: [{ reference: 'Encounter/sarah-2026-03-11' }] };
    expect((await clinician('POST', '/DocumentReference', note({ docStatus: 'final', context }))).status).toBe(201);
  });

  const attachment = (value: Json) => ({ content: [{ attachment: value }] });
  it.each([
    ['without an encounter', { context: undefined }, 'DocumentReference.context.encounter'],
    [
      'in another patient’s encounter',
      { context: { encounter: [{ reference: 'Encounter/marcus-2026-03-24' }] } },
      'DocumentReference.context.encounter',
    ],
    ['without docStatus', { docStatus: undefined }, 'DocumentReference.docStatus'],
    ['amended', { docStatus: 'amended' }, 'DocumentReference.docStatus'],
    [
      'in HTML',
      attachment({ contentType: 'text/html', data: base64('<p>') }),
      'DocumentReference.content[0].attachment.contentType',
    ],
    [
      'with a link in place of the text',
      attachment({ contentType: 'text/plain', url: 'https://example.org/note.txt' }),
      'DocumentReference.content[0].attachment.data',
    ],
  ])('refuses one %s', async (_what, more, expression) => {
    const { status, body } = await clinician('POST', '/DocumentReference', note(more));
    expect([status, body.issue[0].expression]).toEqual([422, [expression]]);
    expect(wordsOf(body)).toMatch(/^Epic: /);
  });

  it('updates a draft by the version that stands', async () => {
    const { body } = await clinician('POST', '/DocumentReference', note());
    const signed = { ...body, docStatus: 'final' };
    expect((await clinician('PUT', `/DocumentReference/${body.id}`, signed, { 'if-match': 'W/"1"' })).status).toBe(200);
    expect((await clinician('PUT', `/DocumentReference/${body.id}`, body, { 'if-match': 'W/"1"' })).status).toBe(412);
  });
});

describe('QuestionnaireResponse: what Epic assigned', () => {
  const url = 'https://epic.simulator.example/Questionnaire/mood-check';
  const subject = { identifier: { system: 'https://epic.simulator.example/id/assignment', value: 'mood-check-1' } };

  it('takes the answer to it, under the assignment’s identifier', async () => {
    const plans = await clinician('GET', '/CarePlan?patient=sarah');
    expect(plans.body.entry[0].resource.identifier).toEqual([subject.identifier]);
    const made = await clinician('POST', '/QuestionnaireResponse', response(`${url}|1`, 'sleep', { subject }));
    expect([made.status, made.body.subject.reference]).toEqual([201, 'Patient/sarah']);
  });

  it.each([
    ['to the patient directly', url, 'sleep', {}],
    ['to a questionnaire of ours', 'https://intersession.dev/fhir/Questionnaire/x|1', 'sleep', { subject }],
    ['with a linkId of ours', url, 'suds-before', { subject }],
  ])('refuses one %s', async (_what, questionnaire, linkId, more) => {
    const { status, body } = await clinician('POST', '/QuestionnaireResponse', response(questionnaire, linkId, more));
    expect(status).toBe(422);
    expect(wordsOf(body)).toMatch(/^Epic: /);
  });
});

describe('Task and Communication', () => {
  it('updates a task that Epic made, and no other', async () => {
    for (const [id, expected] of [
      ['epic-task-sarah', 200],
      ['community-task-sarah', 403],
    ] as const) {
      const { body } = await clinician('GET', `/Task/${id}`);
      const { status } = await clinician('PUT', `/Task/${id}`, { ...body, status: 'completed' });
      expect([id, status]).toEqual([id, expected]);
    }
  });

  it('takes a communication for a community referral, and no other', async () => {
    const category = [{ coding: [{ system: 'https://example.org/category', code: 'community-referral' }] }];
    expect((await clinician('POST', '/Communication', message({ category }))).status).toBe(201);
    const { status, body } = await clinician('POST', '/Communication', message());
    expect([status, body.issue[0].expression]).toEqual([422, ['Communication.category']]);
  });
});
