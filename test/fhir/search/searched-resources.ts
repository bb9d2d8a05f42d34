import type {
  ActivityDefinition,
  CarePlan,
  Communication,
  DocumentReference,
  FhirResource,
  Flag,
  Goal,
  Observation,
  PlanDefinition,
  Provenance,
  Questionnaire,
  QuestionnaireResponse,
  Task,
} from 'fhir/r4';
import type { SearchableType } from '../../../src/fhir/search/search-parameters.ts';

const about = { reference: 'Patient/sarah' };
const concept = (code: string) => ({ coding: [{ system: 'urn:codes', code }], text: code });
const identifier = [{ system: 'urn:ids', value: '1' }, { value: '2' }];
const period = { start: '2026-03-02T10:00:00-05:00', end: '2026-04-12' };
const to = (...references: string[]) => references.map((reference) => ({ reference }));
const definition = {
  identifier,
  url: 'https://example.org/fhir/D/one',
  version: '1.2.0',
  name: 'One',
  title: 'The one',
  status: 'active',
  date: '2026-03-01',
} as const;

const carePlan: CarePlan = {
  resourceType: 'CarePlan',
  identifier,
  instantiatesCanonical: [
    'https://example.org/fhir/PlanDefinition/a|1.0.0',
    'https://example.org/fhir/PlanDefinition/b',
  ],
  status: 'active',
  intent: 'plan',
  category: [concept('homework'), concept('assess-plan')],
  subject: about,
  encounter: { reference: 'Encounter/e1' },
  period,
  addresses: to('Condition/c1', 'Condition/c2'),
  goal: to('Goal/g1', 'Goal/g2'),
  activity: [
    { reference: { reference: 'Task/a' } },
    { detail: { status: 'in-progress' } },
    { reference: { reference: 'Task/b' } },
  ],
};

const task: Task = {
  resourceType: 'Task',
  identifier,
  partOf: to('Task/a'),
  groupIdentifier: { system: 'urn:ids', value: 'group' },
  status: 'requested',
  businessStatus: concept('assigned'),
  intent: 'order',
  code: concept('homework-assignment'),
  focus: { reference: 'Flag/f1' },
  for: about,
  encounter: { reference: 'Encounter/e1' },
  executionPeriod: period,
  authoredOn: '2026-03-01T10:00:00Z',
  lastModified: '2026-03-04T10:00:00Z',
  requester: { reference: 'Practitioner/p1' },
  owner: { reference: 'RelatedPerson/r1' },
};

const questionnaireResponse: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  identifier: { system: 'urn:ids', value: '1' },
  basedOn: to('CarePlan/p', 'CarePlan/q'),
  questionnaire: 'https://example.org/fhir/Questionnaire/q|1.0.0',
  status: 'completed',
  subject: about,
  authored: '2026-03-02T10:00:00Z',
  author: { reference: 'Practitioner/p1' },
  source: { reference: 'RelatedPerson/r1' },
};

const observation: Observation = {
  resourceType: 'Observation',
  identifier,
  basedOn: to('CarePlan/p'),
  status: 'final',
  category: [concept('survey'), concept('therapy')],
  code: concept('suds-peak'),
  subject: about,
  focus: to('Task/a', 'CarePlan/p'),
  effectiveDateTime: '2026-03-02T10:00:00Z',
  performer: to('Patient/sarah', 'Practitioner/p1'),
  valueCodeableConcept: concept('fear'),
  derivedFrom: to('QuestionnaireResponse/l1'),
};

const communication: Communication = {
  resourceType: 'Communication',
  identifier,
  basedOn: to('CarePlan/p'),
  status: 'completed',
  subject: about,
  sent: '2026-03-02T10:00:00Z',
  received: '2026-03-02T10:05:00Z',
  recipient: to('Patient/sarah', 'RelatedPerson/r1'),
  sender: { reference: 'Practitioner/p1' },
};

const flag: Flag = {
  resourceType: 'Flag',
  identifier,
  status: 'active',
  code: concept('self-harm-thoughts'),
  subject: about,
  period,
  encounter: { reference: 'Encounter/e1' },
  author: { reference: 'Practitioner/p1' },
};

const goal: Goal = {
  resourceType: 'Goal',
  identifier,
  lifecycleStatus: 'active',
  description: { text: 'Speak up' },
  subject: about,
  startDate: '2026-03-02',
  target: [{ dueDate: '2026-04-12' }, { detailString: 'ten times' }, { dueDate: '2026-05-01' }],
};

const documentReference: DocumentReference = {
  resourceType: 'DocumentReference',
  masterIdentifier: { system: 'urn:ids', value: 'master' },
  identifier,
  status: 'current',
  type: concept('homework-report'),
  category: [concept('clinical-note')],
  subject: about,
  date: '2026-03-02T10:00:00Z',
  author: to('Organization/o1', 'Practitioner/p1'),
  content: [],
  context: { period },
};

const provenance: Provenance = {
  resourceType: 'Provenance',
  extension: [
    { url: 'https://intersession.dev/fhir/StructureDefinition/provenance-patient', valueReference: about },
    { url: 'urn:other', valueReference: { reference: 'Group/g' } },
    { url: 'urn:words', valueString: 'x' },
  ],
  target: to('QuestionnaireResponse/l1', 'Observation/o1'),
  recorded: '2026-03-02T10:00:00Z',
  agent: [{ who: { reference: 'Practitioner/p1' } }, { who: { reference: 'Device/d1' } }],
};

const questionnaire: Questionnaire = { resourceType: 'Questionnaire', ...definition };
const planDefinition: PlanDefinition = { resourceType: 'PlanDefinition', ...definition };
const activityDefinition: ActivityDefinition = { resourceType: 'ActivityDefinition', ...definition };

/** One of each type, in which every parameter of ours has something to find. */
export const searchedResources: Readonly<Record<SearchableType, FhirResource>> = {
  CarePlan: carePlan,
  Task: task,
  QuestionnaireResponse: questionnaireResponse,
  Observation: observation,
  Communication: communication,
  Flag: flag,
  Goal: goal,
  DocumentReference: documentReference,
  Provenance: provenance,
  Questionnaire: questionnaire,
  PlanDefinition: planDefinition,
  ActivityDefinition: activityDefinition,
};
