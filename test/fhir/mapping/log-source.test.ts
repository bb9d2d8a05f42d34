import { describe, expect, it } from 'vitest';
import { fromQuestionnaireResponse } from '../../../src/fhir/from-questionnaire-response.ts';
import { toQuestionnaireResponse } from '../../../src/fhir/to-questionnaire-response.ts';
import type { Log, LogSource, Plan } from '../../../src/homework/model.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import { testContext } from './test-context.ts';

const [version] = registeredKinds.kind('self-monitoring').versions;
const plan: Plan = {
  ...{ id: '7d0c9c0e-0000-4000-8000-000000000001', patientId: 'sarah', title: 'Speaking up', status: 'active' },
  ...{ timeZone: 'America/New_York', language: 'en-US', period: { start: '2026-03-01' }, addresses: [], goals: [] },
  createdAt: '2026-03-01T15:00:00.000Z',
};
const logFrom = (source: LogSource, via?: string): Log => ({
  ...{
    id: '7d0c9c0e-0000-4000-8000-00000000000c',
    planId: plan.id,
    patientId: 'sarah',
    source,
    items: [],
    withheld: [],
  },
  ...{ assignmentId: '7d0c9c0e-0000-4000-8000-00000000000a', resolution: 'ad-hoc', status: 'completed' },
  ...{ performedAt: '2026-03-09T14:00:00.000Z', authored: '2026-03-09T14:20:00.000Z' },
  questionnaire: `${version.questionnaire.url}|${version.questionnaire.version}`,
  ...(via === undefined ? {} : { via }),
});
const written = (log: Log) => toQuestionnaireResponse(log, { plan, view: 'shared' }, testContext);

const sarah = 'Patient/sarah';
const okafor = 'Practitioner/dr-okafor';
const aunt = 'RelatedPerson/aunt';

describe('who wrote a log, and whose answers they are', () => {
  it.each<[string, LogSource, { author: string; source: string; tagged: boolean }]>([
    ['the patient', { type: 'patient' }, { author: sarah, source: sarah, tagged: true }],
    // what is written down from paper the patient still said; who wrote it down is its author
    [
      'a clinician, from paper',
      { type: 'practitioner', reference: okafor },
      { author: okafor, source: sarah, tagged: false },
    ],
    [
      'a colleague in a role, from paper',
      { type: 'practitioner', reference: 'PractitionerRole/7' },
      { author: 'PractitionerRole/7', source: sarah, tagged: false },
    ],
    [
      'a relative, of what they saw',
      { type: 'related-person', reference: aunt },
      { author: aunt, source: aunt, tagged: true },
    ],
  ])('%s', (_who, source, { author, source: said, tagged }) => {
    for (const via of [undefined, 'product']) {
      const response = written(logFrom(source, via));
      expect(response.subject?.reference).toBe(sarah);
      expect([response.author?.reference, response.source?.reference]).toEqual([author, said]);
      expect(JSON.stringify(response.meta).includes('patient-supplied')).toBe(tagged);
      // and read back it is whose it was
      expect(fromQuestionnaireResponse(response, version.questionnaire).source).toEqual(source);
    }
  });
});
