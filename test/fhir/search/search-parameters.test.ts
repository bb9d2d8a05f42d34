import { describe, expect, it } from 'vitest';
import type { SearchParameterType } from '../../../src/fhir/search/search-parameter.ts';
import { isSearchableType, searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { searchedResources } from './searched-resources.ts';

type Row = readonly [name: string, type: SearchParameterType, targetsOrSystem: string, documentation: string];

/** What a client is told of each parameter. */
const stated: Readonly<Record<string, readonly Row[]>> = {
  CarePlan: [
    ['identifier', 'token', '', 'The plan’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose homework it is'],
    ['subject', 'reference', 'Patient', 'Whose homework it is'],
    ['status', 'token', 'http://hl7.org/fhir/request-status', 'Status of the plan'],
    ['intent', 'token', 'http://hl7.org/fhir/request-intent', 'Always `plan`'],
    ['category', 'token', '', 'Kind of plan'],
    ['date', 'date', '', 'Period of the plan'],
    ['goal', 'reference', 'Goal', 'What it works towards'],
    ['condition', 'reference', 'Condition', 'What it addresses'],
    ['encounter', 'reference', 'Encounter', 'Visit in which it was made'],
    ['activity-reference', 'reference', 'Task', 'An assignment of the plan'],
    ['instantiates-canonical', 'reference', 'PlanDefinition', 'The library plan it follows, with or without |version'],
  ],
  Task: [
    ['identifier', 'token', '', 'The assignment’s or occurrence’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose homework it is'],
    ['subject', 'reference', 'Patient', 'Whose homework it is'],
    ['owner', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who is to do it'],
    ['requester', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who asked for it'],
    ['status', 'token', 'http://hl7.org/fhir/task-status', 'Status of the Task'],
    ['business-status', 'token', '', 'Where it stands in homework’s own words'],
    ['code', 'token', '', 'Assignment, or complete-questionnaire for an occurrence'],
    ['intent', 'token', 'http://hl7.org/fhir/request-intent', 'Intent of the Task'],
    ['authored-on', 'date', '', 'When it was made'],
    ['modified', 'date', '', 'When it was last changed'],
    ['period', 'date', '', 'When it was worked on'],
    ['part-of', 'reference', 'Task', 'The assignment of an occurrence'],
    ['group-identifier', 'token', '', 'Identifier of the plan it belongs to'],
    ['focus', 'reference', 'Flag Task QuestionnaireResponse', 'What it acts upon'],
    ['encounter', 'reference', 'Encounter', 'Visit in which it was made'],
  ],
  QuestionnaireResponse: [
    ['identifier', 'token', '', 'The log’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose log it is'],
    ['subject', 'reference', 'Patient', 'Whose log it is'],
    ['source', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson', 'Who answered'],
    ['author', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who wrote it down'],
    ['authored', 'date', '', 'When it was last changed'],
    ['questionnaire', 'reference', 'Questionnaire', 'What it answers, with or without |version'],
    ['based-on', 'reference', 'CarePlan', 'The plan it was logged for'],
    ['status', 'token', 'http://hl7.org/fhir/questionnaire-answers-status', 'Status of the log'],
  ],
  Observation: [
    ['identifier', 'token', '', 'The measure’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose measure it is'],
    ['subject', 'reference', 'Patient', 'Whose measure it is'],
    ['code', 'token', '', 'What was measured'],
    ['category', 'token', '', '`survey` for measures, `therapy` for adherence'],
    ['status', 'token', 'http://hl7.org/fhir/observation-status', 'Status of the measure'],
    ['date', 'date', '', 'When it happened'],
    ['derived-from', 'reference', 'QuestionnaireResponse Observation', 'The log it was taken from'],
    ['based-on', 'reference', 'CarePlan', 'The plan it belongs to'],
    ['focus', 'reference', 'CarePlan Task', 'The plan or assignment it speaks of'],
    [
      'performer',
      'reference',
      'Patient Practitioner PractitionerRole RelatedPerson Organization',
      'Who rated or counted',
    ],
    ['value-concept', 'token', '', 'A coded value, e.g. a barrier'],
  ],
  Communication: [
    ['identifier', 'token', '', 'The message’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose homework it is about'],
    ['subject', 'reference', 'Patient', 'Whose homework it is about'],
    ['sender', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who wrote it'],
    ['recipient', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who it is for'],
    ['sent', 'date', '', 'When it was sent'],
    ['received', 'date', '', 'When it was delivered to the app'],
    ['status', 'token', 'http://hl7.org/fhir/event-status', 'Status of the message'],
    ['based-on', 'reference', 'CarePlan', 'The plan it belongs to'],
  ],
  Flag: [
    ['identifier', 'token', '', 'The safety signal’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose safety it is about'],
    ['subject', 'reference', 'Patient', 'Whose safety it is about'],
    ['date', 'date', '', 'From when it was raised to when a person closed it'],
    ['encounter', 'reference', 'Encounter', 'Never stated: a signal belongs to no visit'],
    ['author', 'reference', 'Patient Practitioner PractitionerRole Organization', 'Who raised it'],
  ],
  Goal: [
    ['identifier', 'token', '', 'The goal’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose goal it is'],
    ['subject', 'reference', 'Patient', 'Whose goal it is'],
    ['lifecycle-status', 'token', 'http://hl7.org/fhir/goal-status', 'Status of the goal'],
    ['start-date', 'date', '', 'When work on it begins'],
    ['target-date', 'date', '', 'When it is to be reached'],
  ],
  DocumentReference: [
    ['identifier', 'token', '', 'The report’s identifier'],
    ['patient', 'reference', 'Patient', 'Whose report it is'],
    ['subject', 'reference', 'Patient', 'Whose report it is'],
    ['type', 'token', '', 'Kind of document'],
    ['category', 'token', '', 'Category of the document'],
    ['date', 'date', '', 'When it was made'],
    ['period', 'date', '', 'What time it speaks of'],
    ['status', 'token', 'http://hl7.org/fhir/document-reference-status', 'Status of the reference'],
    ['author', 'reference', 'Patient Practitioner PractitionerRole RelatedPerson Organization', 'Who wrote it'],
  ],
  Provenance: [
    ['patient', 'reference', 'Patient', 'Whose homework it tells of'],
    [
      'target',
      'reference',
      'CarePlan Task QuestionnaireResponse Observation Communication DocumentReference Flag',
      'What was told',
    ],
    ['recorded', 'date', '', 'When it came'],
    [
      'agent',
      'reference',
      'Patient Practitioner PractitionerRole RelatedPerson Device Organization',
      'Whom the source system named',
    ],
  ],
  Questionnaire: [
    ['identifier', 'token', '', 'An identifier of the definition'],
    ['url', 'uri', '', 'Its canonical, with or without |version'],
    ['version', 'token', '', 'Its version'],
    ['name', 'string', '', 'Its name for computers'],
    ['title', 'string', '', 'Its name for people'],
    ['status', 'token', 'http://hl7.org/fhir/publication-status', 'Its status'],
    ['date', 'date', '', 'When it was last changed'],
  ],
};

describe('the parameters', () => {
  it.each(Object.keys(searchParameters).filter(isSearchableType))('of %s', (type) => {
    const isDefinition = type === 'PlanDefinition' || type === 'ActivityDefinition';
    const rows = searchParameters[type].map(({ name, type, targets, system, documentation }) => [
      name,
      type,
      targets?.join(' ') ?? system ?? '',
      documentation,
    ]);
    expect(rows).toEqual(stated[isDefinition ? 'Questionnaire' : type]);
  });

  it('are those of the types that we hold', () => {
    expect(Object.keys(searchParameters).toSorted()).toEqual(Object.keys(searchedResources).toSorted());
    expect(isSearchableType('CarePlan')).toBe(true);
    expect(isSearchableType('Patient')).toBe(false);
    expect(isSearchableType('toString')).toBe(false);
  });

  it.each(Object.entries(searchedResources))('read resources of their own type only: %s', (type, resource) => {
    const of = (other: string) =>
      isSearchableType(other) ? searchParameters[other].flatMap((parameter) => parameter.read(resource)) : [];
    for (const other of Object.keys(searchParameters)) if (other !== type) expect(of(other), other).toEqual([]);
    expect(of(type)).not.toEqual([]);
  });

  it.each([
    'CarePlan',
    'Task',
    'QuestionnaireResponse',
    'Observation',
    'Communication',
    'Flag',
    'Goal',
    'DocumentReference',
  ] as const)('of %s find no patient in another subject', (type) => {
    const of = (subject: object) => {
      const resource = JSON.parse(JSON.stringify({ ...searchedResources[type], subject, for: subject }));
      const patient = searchParameters[type].find(({ name }) => name === 'patient');
      return patient?.read(resource);
    };
    expect(of({ reference: 'Patient/ada' })).toEqual([{ reference: 'Patient/ada' }]);
    expect(of({ reference: 'Group/g' })).toEqual([undefined]);
    expect(of({ display: 'Ada' })).toEqual([undefined]);
  });

  it('of a Provenance find the patient of our extension', () => {
    const patient = searchParameters.Provenance.find(({ name }) => name === 'patient');
    expect(patient?.read(searchedResources.Provenance)).toEqual([{ reference: 'Patient/sarah' }, undefined, undefined]);
  });

  it('of a definition find it with and without its version', () => {
    const url = searchParameters.Questionnaire.find(({ name }) => name === 'url');
    const of = (more: object) => url?.read({ resourceType: 'Questionnaire', status: 'active', ...more });
    expect(of({})).toEqual([]);
    expect(of({ version: '1.0.0' })).toEqual([]);
    expect(of({ url: 'urn:q' })).toEqual(['urn:q']);
    expect(of({ url: 'urn:q', version: '1.0.0' })).toEqual(['urn:q', 'urn:q|1.0.0']);
  });
});
