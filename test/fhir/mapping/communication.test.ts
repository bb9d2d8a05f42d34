import { describe, expect, test } from 'vitest';
import { toCommunication } from '../../../src/fhir/to-communication.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Feedback } from '../../../src/homework/model.ts';
import { metaOf, ourCode, ourId, ourReference, ourUrl, sarah, suppliedMetaOf } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const logId = 'a1f3c1de-0000-4000-8000-000000000004';
const id = 'a1f3c1de-0000-4000-8000-000000000006';
const least: Feedback = {
  ...{ id, planId, patientId: 'sarah', author: 'Practitioner/dr-okafor', text: 'Nobody laughed. Well done & thanks' },
  sentAt: '2026-03-02T15:00:00.000Z',
};
const written = (different: Partial<Feedback>) =>
  toCommunication({ ...least, ...different }, samplePlan, fixtureContext);

const leastCommunication = {
  resourceType: 'Communication',
  id,
  meta: metaOf('homework-feedback'),
  identifier: [ourId('feedback', id)],
  basedOn: [ourReference('CarePlan', 'plan', planId)],
  status: 'completed',
  category: [ourCode('homework', 'homework-feedback', 'Feedback on homework')],
  subject: sarah,
  sent: '2026-03-02T10:00:00-05:00',
  recipient: [sarah],
  sender: { reference: 'Practitioner/dr-okafor' },
  payload: [{ contentString: 'Nobody laughed. Well done & thanks' }],
};

describe('a message about homework as a Communication', () => {
  test("a clinician's, with no more than it must have", () => {
    expect(written({})).toStrictEqual(leastCommunication);
  });

  test("a clinician's, with every element: about what, in answer to what, when it reached the patient and was read", () => {
    const times = { deliveredAt: '2026-03-02T15:01:00.000Z', readAt: '2026-03-08T18:30:00.000Z' };
    expect(written({ assignmentId, logId, inResponseTo: 'f-0', ...times })).toStrictEqual({
      ...leastCommunication,
      extension: [{ url: ourUrl('read-at'), valueDateTime: '2026-03-08T14:30:00-04:00' }],
      inResponseTo: [ourReference('Communication', 'feedback', 'f-0')],
      about: [ourReference('Task', 'assignment', assignmentId), ourReference('QuestionnaireResponse', 'log', logId)],
      received: '2026-03-02T10:01:00-05:00',
    });
  });

  test('about a log alone, or a step alone, names that', () => {
    expect(written({ logId }).about).toStrictEqual([ourReference('QuestionnaireResponse', 'log', logId)]);
    expect(written({ assignmentId }).about).toStrictEqual([ourReference('Task', 'assignment', assignmentId)]);
  });

  test("a patient's is theirs by category, sender and labels; to whom it goes is not recorded, so it is not said", () => {
    const { recipient: _recipient, ...rest } = leastCommunication;
    const theirs = {
      ...rest,
      meta: suppliedMetaOf('homework-feedback'),
      category: [ourCode('homework', 'homework-reply', "Patient's message about homework")],
      sender: sarah,
    };
    expect(written({ author: 'patient' })).toStrictEqual(theirs);
    expect(written({ author: 'patient', via: 'homework-product' })).toStrictEqual(theirs);
  });

  test('whose author a source system named says so', () => {
    expect(written({ via: 'homework-product' })).toStrictEqual({
      ...leastCommunication,
      sender: { reference: 'Practitioner/dr-okafor', display: 'Clinician, as told by Homework product (demo)' },
    });
  });
});
