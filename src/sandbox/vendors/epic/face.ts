import { type Face, plainFace } from '../../faces.ts';
import { receiveAtEpic } from './receive.ts';
import { epicRows, epicSeed } from './seed.ts';
import { epicTypes } from './surface.ts';

/** What a person may do here that a backend app may not. */
const byPeople = (level: 'user' | 'patient') => [
  `${level}/*.rs`,
  `${level}/DocumentReference.crus`,
  `${level}/Observation.crus`,
  `${level}/QuestionnaireResponse.crs`,
  `${level}/Communication.crs`,
  `${level}/Task.rus`,
];

/** Stands for Epic: writes are for people; notes and built flowsheet rows are taken, homework plans are not. */
export const epic: Face = {
  ...plainFace,
  name: 'epic',
  title: 'Epic',
  description:
    'Stands for Epic: notes in an encounter, readings in built flowsheet rows; care plans and the rest are read-only.',
  statedBy: 'Epic’s CapabilityStatement, July 2026',
  types: epicTypes,
  system: [],
  updateCreate: false,
  includes: false,
  ifNoneExist: 'ignored',
  grants: { system: ['system/*.rs'], user: byPeople('user'), patient: byPeople('patient') },
  scopesSupported: ['fhirUser', 'launch', 'openid', 'profile'],
  rows: epicRows,
  seed: epicSeed,
  receive: receiveAtEpic,
};
