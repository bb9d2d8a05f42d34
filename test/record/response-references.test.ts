import type { QuestionnaireResponse, Reference } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptQuestionnaireResponse } from '../../src/record/use-cases/accept-questionnaire-response.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { countRows, openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsPlan } from './sarah-case.ts';

/** Whose a response is, told by every reference in it. */
const ehrBase = 'https://ehr.example/fhir';
const own = 'https://homework.example/fhir/north';
const mrn = 'https://harbor-clinic.example/id/mrn';
let test: TestRecord;
let occurrenceId: string;
let planId: string;
let othersPlanId: string;
let serial = 0;

beforeAll(async () => {
  test = await openTestRecord();
  const { state } = await createPlan(test.record, 'north', { ...sarahsPlan, patientId: 'ada', sourceId: 'ada-1' });
  othersPlanId = state.plan.id;
});
beforeEach(async () => {
  test.setTime('2026-03-01T15:00:00.000Z');
  test.identifiers.clear();
  const { state } = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: `whose-${++serial}` });
  planId = state.plan.id;
  occurrenceId = state.occurrences[0]?.id ?? '';
  test.setTime('2026-03-02T16:00:00.000Z');
});
afterAll(() => test.close());

const filled: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'completed',
  item: [
    { linkId: 'situation', answer: [{ valueString: 'Monday team meeting' }] },
    { linkId: 'belief-before', answer: [{ valueInteger: 90 }] },
    { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 75 }] }] },
  ],
};
const accept = (part: Partial<QuestionnaireResponse>) =>
  acceptQuestionnaireResponse(test.record, 'north', { occurrenceId, response: { ...filled, ...part }, ehrBase });
async function refused(part: Partial<QuestionnaireResponse>, element: string): Promise<void> {
  const before = await countRows(test.database);
  await expect(accept(part)).rejects.toMatchObject({
    code: 'invalid-request',
    fields: { issues: [{ path: `QuestionnaireResponse.${element}` }] },
  });
  expect(await countRows(test.database)).toEqual(before);
}

describe('a response about the patient of the Task', () => {
  it.each<[string, Reference | undefined]>([
    ['that names nobody', undefined],
    ['relative', { reference: 'Patient/sarah' }],
    ['in a version', { reference: 'Patient/sarah/_history/3' }],
    ['under the EHR’s address', { reference: `${ehrBase}/Patient/sarah` }],
    [
      'under the EHR’s address with its port, in a version',
      { reference: 'https://EHR.example:443/fhir/Patient/sarah/_history/1' },
    ],
    ['under our address', { reference: `${own}/Patient/sarah` }],
    ['with words and a number beside it', { reference: 'Patient/sarah', display: 'Sarah', identifier: { value: '1' } }],
  ])('is taken %s', async (_name, subject) => {
    const { log } = await accept(subject === undefined ? {} : { subject, source: subject });
    expect(log).toMatchObject({ patientId: 'sarah', source: { type: 'patient' } });
  });

  it('is taken by an identifier that the EHR says they bear', async () => {
    test.identifiers.set('sarah', [{ system: mrn, value: '4470051' }]);
    const { log } = await accept({ subject: { type: 'Patient', identifier: { system: mrn, value: '4470051' } } });
    expect(log.patientId).toBe('sarah');
  });

  it('keeps who answered, without server and version', async () => {
    const { log } = await accept({ source: { reference: `${ehrBase}/RelatedPerson/mother/_history/2` } });
    expect(log.source).toEqual({ type: 'related-person', reference: 'RelatedPerson/mother' });
  });

  it('may name its own plan, and what nobody here holds', async () => {
    const { created } = await accept({
      basedOn: [
        { reference: `CarePlan/${planId}` },
        { reference: 'ServiceRequest/4' },
        { reference: `${ehrBase}/CarePlan/${othersPlanId}` },
      ],
      author: { reference: 'https://forms.example/fhir/Device/renderer' },
      encounter: { reference: 'Encounter/7' },
    });
    expect(created).toBe(true);
  });
});

describe('a response about somebody else is refused by the name of the element', () => {
  it.each<[string, Reference]>([
    ['another patient', { reference: 'Patient/ada' }],
    ['the same id on another server', { reference: 'https://other-hospital.example/fhir/Patient/sarah' }],
    ['the same id on a server whose name begins the same', { reference: `${ehrBase}2/Patient/sarah` }],
    ['the same id at another tenant', { reference: 'https://homework.example/fhir/south/Patient/sarah' }],
    ['another type', { reference: 'RelatedPerson/sarah' }],
    ['a group', { reference: 'Patient/sarah', type: 'Group' }],
    ['a bare id', { reference: 'sarah' }],
    ['what is inside the response', { reference: '#sarah' }],
    ['a resource of a Bundle', { reference: 'urn:uuid:6b6a3c0e-1d1d-4e51-9fb5-0f4dbd3d0a11' }],
    ['words', { display: 'Sarah Whitfield' }],
    ['nothing', {}],
    ['a number without its system', { identifier: { value: '4470051' } }],
    ['another patient’s number', { identifier: { system: mrn, value: '4470052' } }],
    ['the number of another system', { identifier: { system: 'https://lab.example/id', value: '4470051' } }],
    [
      'the right reference with another’s number',
      { reference: 'Patient/sarah', identifier: { system: mrn, value: '4470052' } },
    ],
  ])('as subject: %s', async (_name, subject) => {
    test.identifiers.set('sarah', [{ system: mrn, value: '4470051' }]);
    await refused({ subject }, 'subject');
  });

  it('as subject: a number while the EHR does not say whose it is', async () => {
    await refused({ subject: { identifier: { system: mrn, value: '4470051' } } }, 'subject');
  });

  it.each<[string, Reference]>([
    ['another patient', { reference: 'Patient/ada' }],
    ['another server’s patient of the same id', { reference: 'https://other.example/fhir/Patient/sarah' }],
    ['another server’s practitioner', { reference: 'https://other.example/fhir/Practitioner/dr-okafor' }],
    ['another tenant’s practitioner', { reference: 'https://homework.example/fhir/south/Practitioner/dr-okafor' }],
    ['a practitioner by number', { type: 'Practitioner', identifier: { system: 'http://npi.example', value: '1' } }],
    ['an organisation', { reference: 'Organization/clinic' }],
    ['a practitioner inside', { reference: '#p' }],
  ])('as source: %s', async (_name, source) => {
    await refused({ source }, 'source');
  });

  it('as author, in a plan, or in the words of our own extension', async () => {
    await refused({ author: { reference: 'Patient/ada' } }, 'author');
    await refused({ author: { reference: 'https://other.example/fhir/Patient/sarah' } }, 'author');
    await refused(
      { basedOn: [{ reference: `CarePlan/${planId}` }, { reference: `CarePlan/${othersPlanId}` }] },
      'basedOn[1]',
    );
    await refused({ basedOn: [{ reference: `${own}/CarePlan/${othersPlanId}/_history/1` }] }, 'basedOn[0]');
    await refused(
      {
        basedOn: [
          { reference: 'CarePlan/17', identifier: { system: 'https://intersession.dev/id/plan', value: othersPlanId } },
        ],
      },
      'basedOn[0]',
    );
    const { rows } = await test.database.query<{ id: string }>('select id from occurrence where plan_id = $1', [
      othersPlanId,
    ]);
    const extension = [
      {
        url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
        extension: [{ url: 'task', valueReference: { reference: `Task/${rows[0]?.id}` } }],
      },
    ];
    await refused({ extension }, 'extension(log-context).task');
  });

  it('as author, basedOn or partOf, by a number that is another patient’s; their own is taken', async () => {
    test.identifiers.set('sarah', [{ system: mrn, value: '4470051' }]);
    const others: Reference = { type: 'Patient', identifier: { system: mrn, value: '4470052' } };
    await refused({ author: others }, 'author');
    await refused({ basedOn: [others] }, 'basedOn[0]');
    await refused({ partOf: [{ reference: 'Procedure/1' }, others] }, 'partOf[1]');
    const { created } = await accept({ author: { type: 'Patient', identifier: { system: mrn, value: '4470051' } } });
    expect(created).toBe(true);
  });

  it('nobody’s name or number stands in the error', async () => {
    const subject = { reference: 'Patient/ada-lovelace', display: 'Ada', identifier: { system: mrn, value: '99887' } };
    const error: unknown = await accept({ subject }).catch((value: unknown) => value);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/ada|99887/i);
  });
});
