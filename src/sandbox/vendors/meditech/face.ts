import { type Face, plainFace } from '../../faces.ts';
import { offers } from '../offers.ts';

const levels = ['patient', 'user', 'system'] as const;
const OBSERVATION = 'http://terminology.hl7.org/CodeSystem/observation-category';
const DOCUMENT = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category';

/** Scopes as its SMART configuration lists them: for Observation and DocumentReference more than its statement offers. */
const listed = (level: (typeof levels)[number]) => [
  `${level}/Binary.r`,
  `${level}/CarePlan.rs`,
  `${level}/CareTeam.rs`,
  `${level}/Communication.crs`,
  `${level}/Condition.rs`,
  `${level}/Device.rs`,
  `${level}/DocumentReference.crus`,
  `${level}/Encounter.rs`,
  `${level}/Goal.rs`,
  `${level}/Location.rs`,
  `${level}/Observation.crus`,
  `${level}/Organization.rs`,
  `${level}/Patient.crus`,
  `${level}/Practitioner.rs`,
  `${level}/PractitionerRole.rs`,
  `${level}/Provenance.rs`,
  `${level}/QuestionnaireResponse.crus`,
  `${level}/RelatedPerson.rs`,
  `${level}/Task.rs`,
];
const granular = (level: (typeof levels)[number]) => [
  `${level}/DocumentReference.crus?category=${DOCUMENT}|clinical-note`,
  `${level}/Observation.crus?category=${OBSERVATION}|survey`,
  `${level}/Observation.crus?category=${OBSERVATION}|vital-signs`,
];

/** Stands for MEDITECH: communications and questionnaire responses are taken; sending twice files twice. */
export const meditech: Face = {
  ...plainFace,
  name: 'meditech',
  title: 'MEDITECH',
  description: 'Stands for MEDITECH: communications and questionnaire responses; everything else is read-only.',
  statedBy: 'MEDITECH’s CapabilityStatement, 2026',
  types: offers({
    Patient: ['rs', '_id identifier name birthdate gender family email phone'],
    Practitioner: ['rs', '_id family given name identifier active'],
    PractitionerRole: ['rs', '_id specialty practitioner'],
    Organization: ['rs', '_id name address'],
    Location: ['rs', '_id name address address-city address-state address-postalcode'],
    Encounter: ['rs', '_id patient date class type status identifier'],
    Condition: ['rs', '_id patient category clinical-status code onset-date recorded-date'],
    Goal: ['rs', '_id patient lifecycle-status target-date'],
    CareTeam: ['rs', '_id patient status'],
    RelatedPerson: ['rs', '_id patient name'],
    Device: ['rs', '_id patient type'],
    CarePlan: ['rs', '_id patient category status'],
    Task: ['r'],
    QuestionnaireResponse: ['crus', '_id authored patient questionnaire status'],
    Observation: ['rs', '_id patient category code date'],
    DocumentReference: ['rs', '_id patient type period status encounter authenticator category date'],
    Communication: ['crs', '_id part-of patient recipient sender sent subject'],
    Provenance: ['r'],
    Binary: ['r'],
  }),
  system: [],
  updateCreate: false,
  includes: false,
  ifNoneExist: 'ignored',
  grants: { system: listed('system'), user: listed('user'), patient: listed('patient') },
  scopesSupported: [
    ...['profile', 'fhirUser', 'openid', 'online_access', 'offline_access'],
    ...['launch/patient', 'launch/encounter', 'launch', 'patient/*.read', 'user/*.*'],
    ...levels.flatMap((level) => [...listed(level), ...granular(level)]),
  ],
};
