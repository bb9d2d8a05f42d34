import { type Face, type IncomingWrite, plainFace } from '../../faces.ts';
import type { FhirResource } from '../../resource.ts';
import { offers } from '../offers.ts';
import { questionnaireOf } from '../parts.ts';
import { refusalsOf } from '../refusal.ts';

const refuseAsAthenahealth = refusalsOf('athenahealth');
const byPeople = (level: 'user' | 'patient') => [`${level}/*.rs`, `${level}/QuestionnaireResponse.crs`];

/** Stands for athenahealth: answers to its own questionnaires are taken, everything else is read-only. */
export const athenahealth: Face = {
  ...plainFace,
  name: 'athenahealth',
  title: 'athenahealth',
  description: 'Stands for athenahealth: answers to its own questionnaires; everything else is read-only.',
  statedBy: 'athenahealth’s CapabilityStatement, 2026',
  // its statement's parameters of its own (ah-…, cursor, …) are left out
  types: offers({
    Patient: ['rs', '_id identifier name birthdate gender family given _lastUpdated'],
    Practitioner: ['rs', '_id identifier'],
    Organization: ['rs', '_id'],
    Location: ['rs', '_id'],
    Encounter: ['rs', '_id patient date _lastUpdated location service-provider practitioner'],
    Condition: ['rs', '_id patient encounter _lastUpdated code category'],
    Goal: ['rs', '_id patient _lastUpdated'],
    CareTeam: ['rs', '_id patient status _lastUpdated'],
    RelatedPerson: ['rs', '_id patient _lastUpdated active name'],
    Device: ['rs', '_id patient _lastUpdated'],
    CarePlan: ['rs', '_id patient category _lastUpdated'],
    Questionnaire: ['rs', '_id code'],
    QuestionnaireResponse: ['crs', '_id _lastUpdated authored encounter patient questionnaire status'],
    Observation: ['rs', '_id patient date category code encounter _lastUpdated'],
    DocumentReference: ['rs', '_id patient category type date encounter author custodian _lastUpdated'],
    Provenance: ['rs', 'target'],
    Binary: ['r'],
  }),
  system: [],
  updateCreate: false,
  includes: false,
  ifNoneExist: 'ignored',
  grants: { system: ['system/*.rs'], user: byPeople('user'), patient: byPeople('patient') },
  scopesSupported: 'none',
  seed: [
    {
      resourceType: 'Questionnaire',
      id: 'athena-intake',
      url: 'https://athenahealth.simulator.example/Questionnaire/intake',
      status: 'active',
      title: 'Intake',
      item: [{ linkId: 'reason', text: 'What brings you here?', type: 'string' }],
    },
  ],
  receive: receiveResponse,
};

function receiveResponse({ resource, records }: IncomingWrite): FhirResource {
  if (questionnaireOf(records, resource) !== undefined) return resource;
  const words = 'a response is taken to athenahealth’s own questionnaires only';
  throw refuseAsAthenahealth(422, 'business-rule', words, 'QuestionnaireResponse.questionnaire');
}
