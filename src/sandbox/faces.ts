import type { ScopeLevel } from './auth/scopes.ts';
import type { FaceName } from './face-name.ts';
import { checkNoteLimits } from './fhir/check-note-limits.ts';
import type { FhirResource, StoredResource } from './resource.ts';
import type { ResourceReader } from './store/resource-store.ts';
/** RESTful interactions on a type, by their codes in the CapabilityStatement. */
export const typeInteractions = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'create',
  'search-type',
] as const;
export type TypeInteraction = (typeof typeInteractions)[number];

/** What a face offers for one resource type. */
export interface TypeOffer {
  interactions: readonly TypeInteraction[];
  /** Search parameters offered; `'all'` = every one R4 defines for the type. */
  searchParameters: 'all' | readonly string[];
  /** Conditional create and update; undefined: not offered, and the statement does not speak of it. */
  conditional?: boolean;
}

/** A row of a flowsheet as the customer built it: the codes that observations may be filed under. */
export interface ObservationRow {
  system: string;
  code: string;
  /** Ids of the patients who were asked to fill it in themselves. */
  patientEntered?: readonly string[] | undefined;
}

/** A create, update or patch on its way in, its structure already checked. */
export interface IncomingWrite {
  interaction: 'create' | 'update';
  resource: FhirResource;
  /** What stands there now; undefined for a create. */
  before: StoredResource | undefined;
  /** `Practitioner/<id>` or `Patient/<id>`; undefined: a backend app. */
  user: string | undefined;
  records: ResourceReader;
  rows: readonly ObservationRow[];
}

/** One behaviour of this EHR: what it offers, and which limits it puts on writes. */
export interface Face {
  name: FaceName;
  title: string;
  description: string;
  /** Where it is known from what is offered, for refusals; undefined: this EHR is its own source. */
  statedBy?: string;
  types: ReadonlyMap<string, TypeOffer>;
  /** system-level interactions. */
  system: readonly ('transaction' | 'batch')[];
  /** PUT to an id that does not exist makes the resource. */
  updateCreate: boolean;
  includes: boolean;
  /** What happens to If-None-Exist where conditional create is not offered. */
  ifNoneExist: 'refused' | 'ignored';
  /** What a stale If-Match is answered with. */
  staleStatus: 409 | 412;
  /** Scopes on resources that apps may have, by level. */
  grants: Readonly<Record<ScopeLevel, readonly string[]>>;
  /** `scopes_supported` of the SMART configuration; `none`: it has no such element. */
  scopesSupported: 'as-granted' | 'none' | readonly string[];
  /** Rows that observations may be filed under, where that matters. */
  rows: readonly ObservationRow[];
  /** What stands in the record from the start besides what every face holds. */
  seed: readonly FhirResource[];
  /**
   * Checks a write against this face's own limits.
   * @returns what is to be kept of it
   * @throws FhirError
   */
  receive(write: IncomingWrite): FhirResource;
  /** A stored resource as it is shown to apps. */
  show(resource: StoredResource): StoredResource;
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

/** Resource types that some vendors let apps read though this EHR keeps none. */
export const derivedTypes = ['Binary'] as const;

const everything: TypeOffer = {
  interactions: ['read', 'vread', 'update', 'delete', 'history-instance', 'create', 'search-type'],
  searchParameters: 'all',
  conditional: true,
};

/** Everywhere alike unless a face says otherwise. */
export const plainFace = {
  ifNoneExist: 'refused',
  staleStatus: 412,
  scopesSupported: 'as-granted',
  rows: [],
  seed: [],
  receive: ({ resource }) => resource,
  show: (resource) => resource,
} as const satisfies Partial<Face>;

const native: Face = {
  ...plainFace,
  name: 'native',
  title: 'Full record',
  description: 'Keeps every resource type as it is sent: transactions, conditional writes, all R4 search parameters.',
  types: new Map(servedTypes.map((type) => [type, everything])),
  system: ['transaction', 'batch'],
  updateCreate: true,
  includes: true,
  grants: { system: ['system/*.cruds'], user: ['user/*.cruds'], patient: ['patient/*.cruds'] },
};

const notesOnlyGrants = (level: ScopeLevel): string[] => [
  `${level}/*.rs`,
  `${level}/Observation.crus?category=http://terminology.hl7.org/CodeSystem/observation-category|survey`,
  `${level}/DocumentReference.crs`,
];

const readOnly = (...searchParameters: string[]): TypeOffer => ({
  interactions: ['read', 'search-type'],
  searchParameters,
  conditional: false,
});

const notesOnly: Face = {
  ...plainFace,
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
  grants: {
    system: notesOnlyGrants('system'),
    user: notesOnlyGrants('user'),
    patient: notesOnlyGrants('patient'),
  },
  receive: ({ resource }) => {
    checkNoteLimits(resource);
    return resource;
  },
};

/** The faces of this EHR when it stands for no vendor, in the order the chart page offers them. */
export const faces: readonly Face[] = [native, notesOnly];
