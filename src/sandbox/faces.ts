import { checkNoteLimits } from './fhir/check-note-limits.ts';
import type { FhirResource } from './resource.ts';

/** RESTful interactions on a type, by their codes in the CapabilityStatement. */
export type TypeInteraction = 'read' | 'vread' | 'update' | 'delete' | 'history-instance' | 'create' | 'search-type';

/** The two names this EHR answers under. */
export type FaceName = 'native' | 'notes-only';

/** What a face offers for one resource type. */
export interface TypeOffer {
  interactions: readonly TypeInteraction[];
  /** Search parameters offered; `'all'` = every one R4 defines for the type. */
  searchParameters: 'all' | readonly string[];
  conditional: boolean;
}

/** One behaviour of this EHR: what it offers, and which limits it puts on writes. */
export interface Face {
  name: FaceName;
  title: string;
  description: string;
  types: ReadonlyMap<string, TypeOffer>;
  /** system-level interactions. */
  system: readonly ('transaction' | 'batch')[];
  /** PUT to an id that does not exist makes the resource. */
  updateCreate: boolean;
  includes: boolean;
  /** @throws FhirError 422 when a structurally valid resource is not one this face keeps. */
  checkWrite(resource: FhirResource): void;
}

/** Every resource type this EHR knows. */
export const servedTypes = [
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Encounter',
  'Condition',
  'Goal',
  'CareTeam',
  'RelatedPerson',
  'Device',
  'CarePlan',
  'Task',
  'Questionnaire',
  'QuestionnaireResponse',
  'Observation',
  'DocumentReference',
  'Communication',
  'Flag',
  'Provenance',
] as const;

const everything: TypeOffer = {
  interactions: ['read', 'vread', 'update', 'delete', 'history-instance', 'create', 'search-type'],
  searchParameters: 'all',
  conditional: true,
};

const native: Face = {
  name: 'native',
  title: 'Full record',
  description: 'Keeps every resource type as it is sent: transactions, conditional writes, all R4 search parameters.',
  types: new Map(servedTypes.map((type) => [type, everything])),
  system: ['transaction', 'batch'],
  updateCreate: true,
  includes: true,
  checkWrite: () => {},
};

const readOnly = (...searchParameters: string[]): TypeOffer => ({
  interactions: ['read', 'search-type'],
  searchParameters,
  conditional: false,
});

const notesOnly: Face = {
  name: 'notes-only',
  title: 'Notes and observations',
  description: 'Takes observations (with limits) and plain-text clinical notes; care plans and the rest are read-only.',
  types: new Map<string, TypeOffer>([
    ['Patient', readOnly('_id', 'identifier', 'family', 'given', 'name', 'birthdate', 'gender')],
    ['Practitioner', readOnly('_id', 'identifier', 'family', 'given', 'name')],
    ['PractitionerRole', readOnly('_id', 'practitioner', 'organization', 'role')],
    ['Organization', readOnly('_id', 'name')],
    ['Location', readOnly('_id', 'name')],
    ['Encounter', readOnly('_id', 'patient', 'date', 'status')],
    ['Condition', readOnly('_id', 'patient', 'category', 'clinical-status')],
    ['Goal', readOnly('_id', 'patient', 'lifecycle-status')],
    ['CareTeam', readOnly('_id', 'patient', 'status')],
    ['RelatedPerson', readOnly('_id', 'patient', 'name')],
    ['Device', readOnly('_id', 'patient', 'type')],
    ['CarePlan', readOnly('_id', 'patient', 'category', 'status')],
    ['Questionnaire', readOnly('_id', 'url', 'name', 'status')],
    ['QuestionnaireResponse', readOnly('_id', 'patient')],
    [
      'Observation',
      {
        interactions: ['read', 'search-type', 'create', 'update'],
        searchParameters: ['_id', '_lastUpdated', 'patient', 'subject', 'category', 'code', 'date', 'status'],
        conditional: false,
      },
    ],
    [
      'DocumentReference',
      {
        interactions: ['read', 'search-type', 'create'],
        searchParameters: ['_id', 'patient', 'type', 'category', 'date', 'status', 'period'],
        conditional: false,
      },
    ],
    ['Communication', readOnly('_id', 'patient', 'sent', 'status')],
    ['Flag', readOnly('_id', 'patient')],
    ['Provenance', readOnly('_id', 'target')],
  ]),
  system: [],
  updateCreate: false,
  includes: false,
  checkWrite: checkNoteLimits,
};

/** The faces of this EHR, in the order the chart page offers them. */
export const faces: readonly Face[] = [native, notesOnly];
