import type { QuestionnaireResponse } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readResource } from '../../src/record/store/read-resource.ts';
import { acceptQuestionnaireResponse } from '../../src/record/use-cases/accept-questionnaire-response.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { responseEndpoint, verifyResponseEndpoint } from '../../src/record/use-cases/response-endpoint.ts';
import { countRows, openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let occurrenceId: string;
let planId: string;
let serial = 0;
beforeAll(async () => {
  test = await openTestRecord();
});
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  const { state } = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: `accept-${++serial}` });
  planId = state.plan.id;
  occurrenceId = state.occurrences[0]?.id ?? '';
  test.setTime('2026-03-02T16:00:00.000Z');
});
afterAll(() => test.close());

const filled: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'completed',
  subject: { reference: 'Patient/sarah' },
  source: { reference: 'Patient/sarah' },
  authored: '2026-03-02T10:05:00-05:00',
  item: [
    { linkId: 'situation', answer: [{ valueString: 'Monday team meeting' }] },
    { linkId: 'belief-before', answer: [{ valueInteger: 90 }] },
    { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 75 }] }] },
  ],
};
const accept = (part: Partial<QuestionnaireResponse> = {}) =>
  acceptQuestionnaireResponse(test.record, 'north', { occurrenceId, response: { ...filled, ...part } });

describe('acceptQuestionnaireResponse', () => {
  it('makes a log of exactly that occurrence, and the same response again makes no second one', async () => {
    const { log, created } = await accept();
    expect(created).toBe(true);
    expect(log).toMatchObject({
      occurrenceId,
      resolution: 'resolved',
      status: 'completed',
      performedAt: '2026-03-02T15:05:00.000Z',
      source: { type: 'patient' },
    });
    const again = await accept({ id: 'theirs', meta: { lastUpdated: '2026-03-02T15:06:00Z' } });
    expect([again.created, again.log.id]).toEqual([false, log.id]);
    expect((await getPlan(test.record, 'north', planId)).logs).toHaveLength(1);
    const { resource } = await readResource(test.record, 'north', { type: 'Observation', id: `${log.id}.suds-peak` });
    expect(resource).toMatchObject({ valueInteger: 75, effectiveDateTime: '2026-03-02T10:05:00-05:00' });
  });

  it('is closed once answered, and when the window is over', async () => {
    await accept();
    await expect(accept({ authored: '2026-03-02T10:06:00-05:00' })).rejects.toMatchObject({
      code: 'response-endpoint-closed',
      fields: { occurrenceId },
    });
    test.setTime('2026-03-01T15:00:00.000Z');
    const { state } = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: `expired-${serial}` });
    test.setTime('2026-03-20T15:00:00.000Z');
    const late = acceptQuestionnaireResponse(test.record, 'north', {
      occurrenceId: state.occurrences[0]?.id ?? '',
      response: filled,
    });
    await expect(late).rejects.toMatchObject({ code: 'response-endpoint-closed' });
    const none = acceptQuestionnaireResponse(test.record, 'north', { occurrenceId: 'none.1', response: filled });
    await expect(none).rejects.toMatchObject({ code: 'unknown-artefact' });
  });

  it.each<[string, Partial<QuestionnaireResponse>, object]>([
    [
      'another questionnaire',
      { questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|2.0.0' },
      { code: 'invalid-request', fields: { issues: [{ path: 'QuestionnaireResponse.questionnaire' }] } },
    ],
    [
      'another patient',
      { subject: { reference: 'Patient/ada' } },
      { code: 'invalid-request', fields: { issues: [{ path: 'QuestionnaireResponse.subject' }] } },
    ],
    [
      'a source that is a device',
      { source: { reference: 'Device/x' } },
      { code: 'invalid-request', fields: { issues: [{ path: 'QuestionnaireResponse.source' }] } },
    ],
    [
      'a status that a new log cannot have',
      { status: 'entered-in-error' },
      { code: 'invalid-request', fields: { issues: [{ path: 'QuestionnaireResponse.status' }] } },
    ],
    [
      'an answer out of bounds',
      { item: [...(filled.item ?? []).slice(0, 1), { linkId: 'belief-before', answer: [{ valueInteger: 900 }] }] },
      { code: 'invalid-answer', fields: { issues: [{ linkId: 'belief-before' }] } },
    ],
    [
      'a required answer missing',
      { item: [] },
      { code: 'invalid-answer', fields: { issues: [{ linkId: 'situation' }] } },
    ],
    [
      'a time that is none',
      { authored: 'noon' },
      { code: 'invalid-request', fields: { issues: [{ path: 'QuestionnaireResponse.authored' }] } },
    ],
  ])('refuses %s by name, and writes nothing', async (_name, part, error) => {
    const before = await countRows(test.database);
    await expect(accept(part)).rejects.toMatchObject(error);
    expect(await countRows(test.database)).toEqual(before);
  });

  it('keeps masked answers withheld', async () => {
    const masked = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
    };
    const item = [{ linkId: 'situation', answer: [{ _valueString: masked }] }, ...(filled.item ?? []).slice(1)];
    const { log } = await accept({ item });
    expect(log.withheld).toEqual(['situation']);
  });
});

describe('responseEndpoint', () => {
  it('is an address of one occurrence of one tenant, and of no other', () => {
    const url = new URL(responseEndpoint(test.record, 'north', occurrenceId));
    const [tenantId = '', , occurrence = '', signature = ''] = url.pathname.split('/').slice(2);
    expect([url.origin, tenantId, occurrence]).toEqual(['https://homework.example', 'north', occurrenceId]);
    const ok = (part: object) => verifyResponseEndpoint(test.record, { tenantId, occurrenceId, signature, ...part });
    expect(ok({})).toBe(true);
    for (const part of [
      { tenantId: 'south' },
      { occurrenceId: `${occurrenceId}0` },
      { signature: '' },
      { signature: `${signature}AA` },
      { signature: signature.slice(0, -2) },
      { signature: `${signature}=` },
    ]) {
      expect(ok(part)).toBe(false);
    }
    expect(verifyResponseEndpoint({ responseSecret: 'another' }, { tenantId, occurrenceId, signature })).toBe(false);
  });
});
