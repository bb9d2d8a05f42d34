import { describe, expect, it, test } from 'vitest';
import { type LogView, toQuestionnaireResponse } from '../../../src/fhir/to-questionnaire-response.ts';
import { fixtureContext } from '../../../src/fixtures/fixture.ts';
import { samplePlan } from '../../../src/fixtures/sample-plan.ts';
import type { Log, LogResolution, LogStatus } from '../../../src/homework/model.ts';
import {
  mentalHealth,
  metaOf,
  ourId,
  ourReference,
  ourUrl,
  patientAsserted,
  patientSupplied,
  redacted,
  sarah,
  suppliedMetaOf,
} from './spelled-out.ts';

const planId = 'a1f3c1de-0000-4000-8000-000000000001';
const assignmentId = 'a1f3c1de-0000-4000-8000-000000000003';
const id = 'a1f3c1de-0000-4000-8000-000000000004';
const questionnaire = 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0';
/** No more than a log must have: what is neither tied to an occurrence nor answers anything. */
const least: Log = {
  ...{ id, planId, assignmentId, patientId: 'sarah', resolution: 'ad-hoc', questionnaire, status: 'completed' },
  ...{ performedAt: '2026-03-07T15:00:00.000Z', authored: '2026-03-09T14:20:00.000Z', source: { type: 'patient' } },
  ...{ items: [], withheld: [] },
};
const full: Log = {
  ...least,
  ...{ occurrenceId: `${assignmentId}.1`, resolution: 'resolved' },
  items: [
    { linkId: 'belief-before', answers: [{ type: 'integer', value: 90 }], items: [] },
    { linkId: 'situation', answers: [{ type: 'string', value: 'the team meeting' }], items: [] },
    { linkId: 'prediction', answers: [{ type: 'string', value: 'They will laugh' }], items: [] },
  ],
  withheld: ['situation'],
  predicted: { at: '2026-03-07T14:30:00.000Z', linkIds: ['prediction', 'prediction-likelihood'] },
};
const written = (log: Log, view: LogView = 'shared') =>
  toQuestionnaireResponse(log, { plan: samplePlan, view }, fixtureContext);

const leastResponse = {
  resourceType: 'QuestionnaireResponse',
  id,
  meta: suppliedMetaOf('homework-log'),
  extension: [
    {
      url: ourUrl('log-context'),
      extension: [
        { url: 'assignment', valueReference: ourReference('Task', 'assignment', assignmentId) },
        { url: 'resolution', valueCode: 'ad-hoc' },
        { url: 'performedAt', valueDateTime: '2026-03-07T10:00:00-05:00' },
      ],
    },
  ],
  identifier: ourId('log', id),
  basedOn: [ourReference('CarePlan', 'plan', planId)],
  questionnaire,
  status: 'completed',
  subject: sarah,
  authored: '2026-03-09T10:20:00-04:00',
  author: sarah,
  source: sarah,
};
const fullResponse = {
  ...leastResponse,
  extension: [
    {
      url: ourUrl('log-context'),
      extension: [
        { url: 'assignment', valueReference: ourReference('Task', 'assignment', assignmentId) },
        { url: 'task', valueReference: ourReference('Task', 'occurrence', `${assignmentId}.1`) },
        { url: 'resolution', valueCode: 'resolved' },
        { url: 'performedAt', valueDateTime: '2026-03-07T10:00:00-05:00' },
        { url: 'predictedAt', valueDateTime: '2026-03-07T09:30:00-05:00' },
        { url: 'predicted', valueString: 'prediction' },
        { url: 'predicted', valueString: 'prediction-likelihood' },
        { url: 'withheld', valueString: 'situation' },
      ],
    },
  ],
};
// in the questionnaire's order, with its words
const situation = (answer: object) => ({ linkId: 'situation', text: 'What was the situation?', answer: [answer] });
const others = [
  {
    linkId: 'belief-before',
    text: 'Before it began: how strongly did you believe the thought that frightens you?',
    answer: [{ valueInteger: 90 }],
  },
  {
    linkId: 'prediction',
    text: 'What did you expect to happen, at the worst?',
    answer: [{ valueString: 'They will laugh' }],
  },
];
// a value that is there and not shared: the element without its value
const masked = {
  _valueString: {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
  },
};

describe('a log as a QuestionnaireResponse', () => {
  test('with no more than it must have, says nothing of the rest: no occurrence, no item', () => {
    expect(written(least)).toStrictEqual(leastResponse);
    expect(written(least, 'full')).toStrictEqual(leastResponse);
  });

  test('with every element, as everyone but the patient sees it: what is withheld is masked, and the copy says so', () => {
    expect(written(full)).toStrictEqual({
      ...fullResponse,
      meta: {
        profile: [ourUrl('homework-log')],
        security: [mentalHealth, redacted, patientAsserted],
        tag: [patientSupplied],
      },
      item: [situation(masked), ...others],
    });
  });

  test('with every element, as the patient sees it: all of it, and restricted', () => {
    const restricted = {
      ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' },
    };
    expect(written(full, 'full')).toStrictEqual({
      ...fullResponse,
      meta: {
        profile: [ourUrl('homework-log')],
        security: [mentalHealth, restricted, patientAsserted],
        tag: [patientSupplied],
      },
      item: [situation({ valueString: 'the team meeting' }), ...others],
    });
  });

  it.each<LogStatus>(['in-progress', 'completed', 'amended', 'stopped', 'entered-in-error'])('that is %s', (status) => {
    expect(written({ ...least, status })).toStrictEqual({ ...leastResponse, status });
  });

  it.each<LogResolution>(['resolved', 'late', 'ad-hoc', 'extra'])('that is tied to its step as %s', (resolution) => {
    const [context] = written({ ...least, resolution }).extension ?? [];
    expect(context?.extension?.[1]).toStrictEqual({ url: 'resolution', valueCode: resolution });
  });

  test('by a clinician from paper is not patient-supplied, and the patient still said it', () => {
    const source = { type: 'practitioner', reference: 'Practitioner/dr-okafor' } as const;
    expect(written({ ...least, source })).toStrictEqual({
      ...leastResponse,
      meta: metaOf('homework-log'),
      author: { reference: 'Practitioner/dr-okafor' },
    });
  });

  test('by a relative whom a source system named says that it was told', () => {
    const source = { type: 'related-person', reference: 'RelatedPerson/sister' } as const;
    const sister = {
      reference: 'RelatedPerson/sister',
      display: 'Relative, as told by Homework product (demo)',
    };
    expect(written({ ...least, source, via: 'homework-product' })).toStrictEqual({
      ...leastResponse,
      author: sister,
      source: sister,
    });
  });
});
