import type {
  CarePlan,
  Communication,
  DocumentReference,
  Flag,
  Goal,
  Observation,
  Provenance,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
  Task,
} from 'fhir/r4';
import { type Extra, parametersOf, type Row, type SearchParameter } from './search-parameter.ts';

const toPatient: Extra = { targets: ['Patient'] };
const toPeople: Extra = { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson', 'Organization'] };
/** R4 lets no Organization answer a form, and no RelatedPerson raise a Flag. */
const toAnswering: Extra = { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] };
const toFlagging: Extra = { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'Organization'] };
const codes = (system: string): Extra => ({ system });
const onlyPatient = (reference: Reference | undefined): Reference | undefined =>
  reference?.reference?.startsWith('Patient/') === true ? reference : undefined;

const carePlan: readonly Row<CarePlan>[] = [
  ['identifier', 'token', 'The plan’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose homework it is', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose homework it is', (r) => r.subject, toPatient],
  ['status', 'token', 'Status of the plan', (r) => r.status, codes('http://hl7.org/fhir/request-status')],
  ['intent', 'token', 'Always `plan`', (r) => r.intent, codes('http://hl7.org/fhir/request-intent')],
  ['category', 'token', 'Kind of plan', (r) => r.category],
  ['date', 'date', 'Period of the plan', (r) => r.period],
  ['goal', 'reference', 'What it works towards', (r) => r.goal, { targets: ['Goal'] }],
  ['condition', 'reference', 'What it addresses', (r) => r.addresses, { targets: ['Condition'] }],
  ['encounter', 'reference', 'Visit in which it was made', (r) => r.encounter, { targets: ['Encounter'] }],
  [
    'activity-reference',
    'reference',
    'An assignment of the plan',
    (r) => r.activity?.map((activity) => activity.reference),
    { targets: ['Task'] },
  ],
  [
    'instantiates-canonical',
    'reference',
    'The library plan it follows, with or without |version',
    (r) => r.instantiatesCanonical,
    { targets: ['PlanDefinition'] },
  ],
];

const task: readonly Row<Task>[] = [
  ['identifier', 'token', 'The assignment’s or occurrence’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose homework it is', (r) => onlyPatient(r.for), toPatient],
  ['subject', 'reference', 'Whose homework it is', (r) => r.for, toPatient],
  ['owner', 'reference', 'Who is to do it', (r) => r.owner, toPeople],
  ['requester', 'reference', 'Who asked for it', (r) => r.requester, toPeople],
  ['status', 'token', 'Status of the Task', (r) => r.status, codes('http://hl7.org/fhir/task-status')],
  ['business-status', 'token', 'Where it stands in homework’s own words', (r) => r.businessStatus],
  ['code', 'token', 'Assignment, or complete-questionnaire for an occurrence', (r) => r.code],
  ['intent', 'token', 'Intent of the Task', (r) => r.intent, codes('http://hl7.org/fhir/request-intent')],
  ['authored-on', 'date', 'When it was made', (r) => r.authoredOn],
  ['modified', 'date', 'When it was last changed', (r) => r.lastModified],
  ['period', 'date', 'When it was worked on', (r) => r.executionPeriod],
  ['part-of', 'reference', 'The assignment of an occurrence', (r) => r.partOf, { targets: ['Task'] }],
  ['group-identifier', 'token', 'Identifier of the plan it belongs to', (r) => r.groupIdentifier],
  ['focus', 'reference', 'What it acts upon', (r) => r.focus, { targets: ['Flag', 'Task', 'QuestionnaireResponse'] }],
  ['encounter', 'reference', 'Visit in which it was made', (r) => r.encounter, { targets: ['Encounter'] }],
];

const questionnaireResponse: readonly Row<QuestionnaireResponse>[] = [
  ['identifier', 'token', 'The log’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose log it is', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose log it is', (r) => r.subject, toPatient],
  ['source', 'reference', 'Who answered', (r) => r.source, toAnswering],
  ['author', 'reference', 'Who wrote it down', (r) => r.author, toPeople],
  ['authored', 'date', 'When it was last changed', (r) => r.authored],
  [
    'questionnaire',
    'reference',
    'What it answers, with or without |version',
    (r) => r.questionnaire,
    { targets: ['Questionnaire'] },
  ],
  ['based-on', 'reference', 'The plan it was logged for', (r) => r.basedOn, { targets: ['CarePlan'] }],
  ['status', 'token', 'Status of the log', (r) => r.status, codes('http://hl7.org/fhir/questionnaire-answers-status')],
];

const observation: readonly Row<Observation>[] = [
  ['identifier', 'token', 'The measure’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose measure it is', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose measure it is', (r) => r.subject, toPatient],
  ['code', 'token', 'What was measured', (r) => r.code],
  ['category', 'token', '`survey` for measures, `therapy` for adherence', (r) => r.category],
  ['status', 'token', 'Status of the measure', (r) => r.status, codes('http://hl7.org/fhir/observation-status')],
  ['date', 'date', 'When it happened', (r) => [r.effectiveDateTime, r.effectivePeriod, r.effectiveInstant]],
  [
    'derived-from',
    'reference',
    'The log it was taken from',
    (r) => r.derivedFrom,
    { targets: ['QuestionnaireResponse', 'Observation'] },
  ],
  ['based-on', 'reference', 'The plan it belongs to', (r) => r.basedOn, { targets: ['CarePlan'] }],
  ['focus', 'reference', 'The plan or assignment it speaks of', (r) => r.focus, { targets: ['CarePlan', 'Task'] }],
  ['performer', 'reference', 'Who rated or counted', (r) => r.performer, toPeople],
  ['value-concept', 'token', 'A coded value, e.g. a barrier', (r) => r.valueCodeableConcept],
];

const communication: readonly Row<Communication>[] = [
  ['identifier', 'token', 'The message’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose homework it is about', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose homework it is about', (r) => r.subject, toPatient],
  ['sender', 'reference', 'Who wrote it', (r) => r.sender, toPeople],
  ['recipient', 'reference', 'Who it is for', (r) => r.recipient, toPeople],
  ['sent', 'date', 'When it was sent', (r) => r.sent],
  ['received', 'date', 'When it was delivered to the app', (r) => r.received],
  ['status', 'token', 'Status of the message', (r) => r.status, codes('http://hl7.org/fhir/event-status')],
  ['based-on', 'reference', 'The plan it belongs to', (r) => r.basedOn, { targets: ['CarePlan'] }],
];

const flag: readonly Row<Flag>[] = [
  ['identifier', 'token', 'The safety signal’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose safety it is about', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose safety it is about', (r) => r.subject, toPatient],
  ['date', 'date', 'From when it was raised to when a person closed it', (r) => r.period],
  [
    'encounter',
    'reference',
    'Never stated: a signal belongs to no visit',
    (r) => r.encounter,
    { targets: ['Encounter'] },
  ],
  ['author', 'reference', 'Who raised it', (r) => r.author, toFlagging],
];

const provenance: readonly Row<Provenance>[] = [
  [
    'patient',
    'reference',
    'Whose homework it tells of',
    (r) => r.extension?.map(({ valueReference }) => onlyPatient(valueReference)),
    toPatient,
  ],
  [
    'target',
    'reference',
    'What was told',
    (r) => r.target,
    {
      targets: [
        'CarePlan',
        'Task',
        'QuestionnaireResponse',
        'Observation',
        'Communication',
        'DocumentReference',
        'Flag',
      ],
    },
  ],
  ['recorded', 'date', 'When it came', (r) => r.recorded],
  [
    'agent',
    'reference',
    'Whom the source system named',
    (r) => r.agent.map(({ who }) => who),
    { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson', 'Device', 'Organization'] },
  ],
];

const goal: readonly Row<Goal>[] = [
  ['identifier', 'token', 'The goal’s identifier', (r) => r.identifier],
  ['patient', 'reference', 'Whose goal it is', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose goal it is', (r) => r.subject, toPatient],
  [
    'lifecycle-status',
    'token',
    'Status of the goal',
    (r) => r.lifecycleStatus,
    codes('http://hl7.org/fhir/goal-status'),
  ],
  ['start-date', 'date', 'When work on it begins', (r) => r.startDate],
  ['target-date', 'date', 'When it is to be reached', (r) => r.target?.map((target) => target.dueDate)],
];

const documentReference: readonly Row<DocumentReference>[] = [
  ['identifier', 'token', 'The report’s identifier', (r) => [r.masterIdentifier, ...(r.identifier ?? [])]],
  ['patient', 'reference', 'Whose report it is', (r) => onlyPatient(r.subject), toPatient],
  ['subject', 'reference', 'Whose report it is', (r) => r.subject, toPatient],
  ['type', 'token', 'Kind of document', (r) => r.type],
  ['category', 'token', 'Category of the document', (r) => r.category],
  ['date', 'date', 'When it was made', (r) => r.date],
  ['period', 'date', 'What time it speaks of', (r) => r.context?.period],
  [
    'status',
    'token',
    'Status of the reference',
    (r) => r.status,
    codes('http://hl7.org/fhir/document-reference-status'),
  ],
  ['author', 'reference', 'Who wrote it', (r) => r.author, toPeople],
];

type Definition = Pick<Questionnaire, 'identifier' | 'url' | 'version' | 'name' | 'title' | 'status' | 'date'>;

/** A definition is found by its url, and by `url|version`. @see https://hl7.org/fhir/R4/search.html#uri */
function canonicals({ url, version }: Definition): readonly string[] {
  if (url === undefined) return [];
  return version === undefined ? [url] : [url, `${url}|${version}`];
}

const definition: readonly Row<Definition>[] = [
  ['identifier', 'token', 'An identifier of the definition', (r) => r.identifier],
  ['url', 'uri', 'Its canonical, with or without |version', (r) => canonicals(r)],
  ['version', 'token', 'Its version', (r) => r.version],
  ['name', 'string', 'Its name for computers', (r) => r.name],
  ['title', 'string', 'Its name for people', (r) => r.title],
  ['status', 'token', 'Its status', (r) => r.status, codes('http://hl7.org/fhir/publication-status')],
  ['date', 'date', 'When it was last changed', (r) => r.date],
];

/** Every search parameter that our endpoint answers, by resource type: `metadata`, the parser and the stored values read this one table. @see https://hl7.org/fhir/R4/searchparameter-registry.html */
export const searchParameters = {
  CarePlan: parametersOf('CarePlan', carePlan),
  Task: parametersOf('Task', task),
  QuestionnaireResponse: parametersOf('QuestionnaireResponse', questionnaireResponse),
  Observation: parametersOf('Observation', observation),
  Communication: parametersOf('Communication', communication),
  Flag: parametersOf('Flag', flag),
  Goal: parametersOf('Goal', goal),
  DocumentReference: parametersOf('DocumentReference', documentReference),
  Provenance: parametersOf('Provenance', provenance),
  Questionnaire: parametersOf('Questionnaire', definition),
  PlanDefinition: parametersOf('PlanDefinition', definition),
  ActivityDefinition: parametersOf('ActivityDefinition', definition),
} as const satisfies Record<string, readonly SearchParameter[]>;

export type SearchableType = keyof typeof searchParameters;

/** Whether our endpoint has resources of this type. */
export function isSearchableType(type: string): type is SearchableType {
  return Object.hasOwn(searchParameters, type);
}
