import { type Face, plainFace } from '../../faces.ts';
import type { StoredResource } from '../../resource.ts';
import { receiveAtOracleHealth } from './receive.ts';
import { oracleHealthSeed } from './seed.ts';
import { oracleHealthTypes } from './surface.ts';

const levels = ['patient', 'user', 'system'] as const;
/** Scopes on resources as its SMART configuration lists them, cut to the types that this EHR keeps. */
const listed = (level: (typeof levels)[number]) => [
  `${level}/Binary.r`,
  `${level}/CarePlan.rs`,
  `${level}/CareTeam.rs`,
  `${level}/Communication.crus`,
  `${level}/Condition.crus`,
  `${level}/Device.rs`,
  `${level}/DocumentReference.crus`,
  `${level}/Encounter.crus`,
  `${level}/Goal.rs`,
  `${level}/Location.rs`,
  `${level}/Observation.crus`,
  `${level}/Organization.crs`,
  `${level}/Patient.crus`,
  `${level}/Practitioner.crs`,
  `${level}/Provenance.crs`,
  `${level}/Questionnaire.rs`,
  `${level}/QuestionnaireResponse.rus`,
  `${level}/RelatedPerson.crus`,
];

/** The same in SMART v1 words: read, and write where anything can be written. */
function inVersion1(scope: string): string[] {
  const [name = '', letters = ''] = scope.split('.');
  return /[cu]/.test(letters) ? [`${name}.read`, `${name}.write`] : [`${name}.read`];
}

/** Stands for Oracle Health (Cerner): backend apps may write; measurements and documents are taken, each with limits. */
export const oracleHealth: Face = {
  ...plainFace,
  name: 'oracle-health',
  title: 'Oracle Health',
  description:
    'Stands for Oracle Health: documents, vital signs and laboratory results, communications; care plans are read-only.',
  statedBy: 'Oracle Health’s CapabilityStatement, August 2026',
  types: oracleHealthTypes,
  system: ['batch'],
  updateCreate: false,
  includes: false,
  ifNoneExist: 'ignored',
  staleStatus: 409,
  grants: { system: listed('system'), user: listed('user'), patient: listed('patient') },
  scopesSupported: [
    ...['fhirUser', 'launch', 'offline_access', 'online_access', 'openid', 'profile'],
    ...levels.flatMap((level) => listed(level).flatMap((scope) => [scope, ...inVersion1(scope)])),
  ],
  seed: oracleHealthSeed,
  receive: receiveAtOracleHealth,
  show: withoutActivities,
};

function withoutActivities(resource: StoredResource): StoredResource {
  if (resource.resourceType !== 'CarePlan') return resource;
  const { activity: _never, ...shown } = resource;
  return shown as StoredResource;
}
