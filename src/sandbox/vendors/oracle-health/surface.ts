import { offers } from '../offers.ts';

/** Oracle Health's CapabilityStatement of 14 August 2026 (its provider sandbox), cut to the types that this EHR keeps. */
export const oracleHealthTypes = offers({
  Patient: ['crps', '_id identifier name given family address-postalcode birthdate phone email gender'],
  Practitioner: ['crs', '_id identifier given family name active'],
  Organization: ['crs', '_id identifier type name address'],
  Location: ['rs', '_id identifier address address-city address-state address-postalcode name organization type'],
  Encounter: ['crps', '_id patient subject status date identifier account _lastUpdated'],
  Condition: ['crus', '_id patient encounter subject clinical-status category _lastUpdated'],
  Goal: ['rs', '_id patient target-date'],
  CareTeam: ['rs', '_id category encounter patient status'],
  RelatedPerson: ['crps', '_id identifier patient'],
  Device: ['rs', '_id patient'],
  CarePlan: ['rs', '_id date patient category'],
  Questionnaire: ['rs', '_id'],
  QuestionnaireResponse: ['rus', '_id patient'],
  Observation: ['crus', '_id patient subject category code date _lastUpdated'],
  DocumentReference: ['crus', '_id patient encounter period type category date _lastUpdated'],
  Communication: ['crps', '_id category received recipient'],
  Provenance: ['crs', '_id target'],
  Binary: ['r'],
});
