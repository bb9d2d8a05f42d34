import { type Face, plainFace } from '../../faces.ts';
import { offers } from '../offers.ts';

/** Stands for Veradigm: the widest surface, for people's tokens only. */
export const veradigm: Face = {
  ...plainFace,
  name: 'veradigm',
  title: 'Veradigm',
  description:
    'Stands for Veradigm: observations, documents, questionnaires and responses by a person’s token; care plans are read-only.',
  statedBy: 'Veradigm’s CapabilityStatement, May 2026',
  types: offers({
    Patient: ['rs', '_id gender birthdate identifier name family given death-date'],
    Practitioner: [
      'rs',
      '_id name family given identifier address address-city address-postalcode communication address-state',
    ],
    PractitionerRole: ['rs', '_id practitioner specialty service location'],
    Organization: ['rs', '_id name address partof address-state address-city address-postalcode'],
    Location: ['rs', '_id name address address-city address-state address-postalcode type partof organization'],
    Encounter: ['rs', '_id patient status class type date identifier location'],
    Condition: ['crus', '_id patient clinical-status category code onset-date recorded-date abatement-date encounter'],
    Goal: ['rs', '_id lifecycle-status target-date patient achievement-status'],
    CareTeam: ['rs', '_id patient subject encounter category participant status'],
    RelatedPerson: ['rs', '_id patient name'],
    Device: ['rs', '_id type patient status'],
    CarePlan: ['rs', '_id patient status category date'],
    Questionnaire: ['crus', '_id'],
    QuestionnaireResponse: ['crus', '_id patient questionnaire status authored'],
    Observation: ['crus', '_id patient category code date status combo-code'],
    DocumentReference: ['crus', '_id patient status category type date period'],
    Provenance: ['rs', '_id'],
    Binary: ['r'],
  }),
  system: [],
  updateCreate: false,
  includes: false,
  ifNoneExist: 'ignored',
  grants: { system: ['system/*.rs'], user: ['user/*.*'], patient: ['patient/*.rs'] },
  scopesSupported: [
    ...['openid', 'profile', 'fhirUser', 'launch', 'launch/patient', 'online_access', 'offline_access'],
    ...['patient/*.rs', 'patient/*.read', 'system/*.rs', 'system/*.read', 'user/*.rs', 'user/*.read', 'user/*.*'],
  ],
};
