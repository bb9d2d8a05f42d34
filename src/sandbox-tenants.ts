import type { Tenant } from './config.ts';

const everything = [
  'Patient.rs Practitioner.rs PractitionerRole.rs Organization.rs Encounter.rs Condition.rs',
  'Goal.rs CarePlan.cruds Task.cruds QuestionnaireResponse.cruds Observation.cruds DocumentReference.cruds Communication.cruds Flag.cruds',
]
  .join(' ')
  .split(' ')
  .map((scope) => `system/${scope}`)
  .join(' ');

/** The two demo tenants: one sandbox EHR with two faces. */
export function sandboxTenants(ehr: { host: string; port: number }): Tenant[] {
  const common = {
    vendor: 'generic',
    auth: 'smart' as const,
    systemClientId: 'intersession-system',
    systemScopes: everything,
    clientId: 'intersession-app',
    appAuth: 'public' as const,
    roles: [
      { fhirUser: 'Practitioner/dr-*', role: 'clinician' as const },
      { fhirUser: 'Practitioner/coordinator-*', role: 'coordinator' as const },
    ],
    roster: 'all',
    crisisLine: { label: '988 Suicide & Crisis Lifeline', phone: '988' },
    // the chart may be open under either name of this machine
    frameAncestors: [`http://${ehr.host}:${ehr.port}`, `http://localhost:${ehr.port}`],
    timeZone: 'America/New_York',
    language: 'en-US',
    encounterRule: 'latest-open' as const,
    limits: {},
    landings: {},
    observationRows: {},
    safetyRoute: { name: 'Harbor Clinic on-call therapist', phone: '555-0100' },
    sources: [],
    sandbox: true,
  };
  const face = (name: string) => `http://${ehr.host}:${ehr.port}/fhir/${name}`;
  return [
    { ...common, id: 'sandbox', name: 'Harbor Clinic (sandbox)', fhirBase: face('native') },
    { ...common, id: 'sandbox-notes', name: 'Harbor Clinic (sandbox, notes only)', fhirBase: face('notes-only') },
  ];
}
