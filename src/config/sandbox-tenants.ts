import { vendorTraits } from '../ehr/vendors/registry.ts';
import type { Tenant } from './tenant-schema.ts';

const everything = [
  'Patient.rs Practitioner.rs PractitionerRole.rs Organization.rs Encounter.rs Condition.rs',
  'Goal.rs CarePlan.cruds Task.cruds QuestionnaireResponse.cruds Observation.cruds DocumentReference.cruds Communication.cruds Flag.cruds',
]
  .join(' ')
  .split(' ')
  .map((scope) => `system/${scope}`)
  .join(' ');

/** Where writes are granted to people only, a system is registered for reading. */
const reading = everything.replaceAll('.cruds', '.rs');

/** The vendors that the sandbox EHR can stand for, with their names for people. */
export const simulatedVendors: ReadonlyMap<string, string> = new Map([
  ['epic', 'Epic'],
  ['oracle-health', 'Oracle Health'],
  ['athenahealth', 'athenahealth'],
  ['meditech', 'MEDITECH'],
  ['veradigm', 'Veradigm'],
]);

/** The vendor in the id of a simulator's tenant (`sandbox-epic`), undefined for any other tenant. */
export function vendorOfTenant(id: string): string | undefined {
  const vendor = id.replace(/^sandbox-/, '');
  return id !== vendor && simulatedVendors.has(vendor) ? vendor : undefined;
}

/** The two demo tenants: one sandbox EHR with two faces; or, when it stands for a vendor, the one of that vendor. */
export function sandboxTenants(ehr: { host: string; port: number; vendor?: string }): Tenant[] {
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
      { fhirUser: 'Practitioner/integration-*', role: 'integration' as const },
    ],
    roster: 'all',
    crisisLine: { label: '988 Suicide & Crisis Lifeline', phone: '988' },
    // the chart may be open under either name of this machine
    frameAncestors: [`http://${ehr.host}:${ehr.port}`, `http://localhost:${ehr.port}`],
    timeZone: 'America/New_York',
    language: 'en-US',
    encounterRule: 'latest-open' as const,
    weekBegins: 'mon' as const,
    // on this machine nothing is under way for longer; the trait commits-late takes 26 s
    limits: { settleSeconds: 30 },
    landings: {},
    observationRows: {},
    safetyRoute: { name: 'Harbor Clinic on-call therapist', phone: '555-0100' },
    sources: [],
    sandbox: true,
  };
  const face = (name: string) => `http://${ehr.host}:${ehr.port}/fhir/${name}`;
  const { vendor } = ehr;
  if (vendor !== undefined) {
    const name = `Harbor Clinic (sandbox, stands for ${simulatedVendors.get(vendor) ?? vendor})`;
    const systemScopes = vendorTraits(vendor).unlistedScopes === 'delegated' ? reading : everything;
    return [{ ...common, systemScopes, id: `sandbox-${vendor}`, name, vendor, fhirBase: face(vendor) }];
  }
  return [
    { ...common, id: 'sandbox', name: 'Harbor Clinic (sandbox)', fhirBase: face('native') },
    { ...common, id: 'sandbox-notes', name: 'Harbor Clinic (sandbox, notes only)', fhirBase: face('notes-only') },
  ];
}
