import { describe, expect, it, test } from 'vitest';
import { toBarrierObservation } from '../../../src/fhir/to-barrier-observation.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Barrier, BarrierCode } from '../../../src/homework/model.ts';
import { coded, metaOf, ourCode, ourId, ourReference, ourUrl, sarah, suppliedMetaOf } from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const id = 'a1f3c1de-0000-4000-8000-000000000005';
const least: Barrier = {
  ...{ id, planId, patientId: 'sarah', code: 'fear', saidBy: 'patient', recordedAt: '2026-03-02T15:00:00.000Z' },
};
const written = (different: Partial<Barrier>) =>
  toBarrierObservation({ ...least, ...different }, samplePlan, fixtureContext);

const leastObservation = {
  resourceType: 'Observation',
  id,
  meta: suppliedMetaOf('homework-barrier'),
  identifier: [ourId('barrier', id)],
  basedOn: [ourReference('CarePlan', 'plan', planId)],
  status: 'final',
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'survey', 'Survey')],
  code: ourCode('homework', 'homework-barrier', 'Barrier to homework'),
  subject: sarah,
  effectiveDateTime: '2026-03-02T10:00:00-05:00',
  performer: [sarah],
  valueCodeableConcept: ourCode('barrier', 'fear', 'Fear'),
};

describe('a barrier as an Observation', () => {
  test("with no more than it must have, in the patient's own name", () => {
    expect(written({})).toStrictEqual(leastObservation);
  });

  test('with every element: of which step, in whose words, and when it was talked over', () => {
    const { extension, focus, valueCodeableConcept, ...rest } = written({
      ...{ assignmentId, text: 'I was afraid that they would laugh', talkedOverAt: '2026-03-25T19:00:00.000Z' },
    });
    const { valueCodeableConcept: _value, ...expected } = leastObservation;
    expect(rest).toStrictEqual(expected);
    expect(extension).toStrictEqual([{ url: ourUrl('talked-over-at'), valueDateTime: '2026-03-25T15:00:00-04:00' }]);
    expect(focus).toStrictEqual([ourReference('Task', 'assignment', assignmentId)]);
    expect(valueCodeableConcept).toStrictEqual(
      ourCode('barrier', 'fear', 'Fear', 'I was afraid that they would laugh'),
    );
  });

  test('that a clinician wrote down is performed by them, and is not patient-supplied', () => {
    expect(written({ saidBy: 'Practitioner/dr-okafor' })).toStrictEqual({
      ...leastObservation,
      meta: metaOf('homework-barrier'),
      performer: [{ reference: 'Practitioner/dr-okafor' }],
    });
  });

  test('that a source system told says so beside the clinician, and the patient stays the patient', () => {
    const via = 'homework-product';
    expect(written({ saidBy: 'Practitioner/dr-okafor', via }).performer).toStrictEqual([
      { reference: 'Practitioner/dr-okafor', display: 'Clinician, as told by Homework product (demo)' },
    ]);
    expect(written({ via })).toStrictEqual(leastObservation);
  });

  it.each<[BarrierCode, string]>([
    ['fear', 'Fear'],
    ['too-hard', 'Too hard'],
    ['forgot', 'Forgot'],
    ['no-time', 'No time'],
    ['not-understood', 'Not understood'],
    ['no-point-seen', 'No point seen'],
    ['felt-too-bad', 'Felt too bad'],
    ['practical', 'Practical obstacle'],
    ['other', 'Other'],
  ])('%s is “%s”', (code, display) => {
    expect(written({ code }).valueCodeableConcept).toStrictEqual(ourCode('barrier', code, display));
  });
});
