import type { FhirResource } from '../resource.ts';

/** The clinic's own identifier systems begin so. */
export const CLINIC = 'https://harbor-clinic.example/id';
const NUCC = 'http://nucc.org/provider-taxonomy';
/** The clinic, as others refer to it. */
export const clinic = { reference: 'Organization/harbor-clinic', display: 'Harbor Clinic' };

/** The clinic, its rooms, its staff. */
export const staff: readonly FhirResource[] = [
  {
    resourceType: 'Organization',
    id: 'harbor-clinic',
    identifier: [{ system: `${CLINIC}/organization`, value: 'harbor' }],
    active: true,
    name: 'Harbor Clinic',
    telecom: [{ system: 'phone', value: '555-0140', use: 'work' }],
    address: [{ line: ['12 Quay Street'], city: 'Portland', state: 'ME', postalCode: '04101', country: 'US' }],
  },
  {
    resourceType: 'Location',
    id: 'harbor-main',
    status: 'active',
    name: 'Harbor Clinic, first floor',
    managingOrganization: clinic,
  },
  practitioner('dr-okafor', 'Okafor', 'Adaeze', 'Dr.', 'female'),
  role('dr-okafor', 'Dr. Adaeze Okafor', '103TC0700X', 'Clinical Psychologist'),
  practitioner('dr-lindqvist', 'Lindqvist', 'Jonas', 'Dr.', 'male'),
  role('dr-lindqvist', 'Dr. Jonas Lindqvist', '2084P0800X', 'Psychiatry Physician'),
  practitioner('coordinator-reyes', 'Reyes', 'Marisol', undefined, 'female'),
  role('coordinator-reyes', 'Marisol Reyes', '171M00000X', 'Case Manager/Care Coordinator'),
  practitioner('integration-haddad', 'Haddad', 'Noor', undefined, 'female'),
  role('integration-haddad', 'Noor Haddad', '247000000X', 'Health Information Technician', 'Integration Analyst'),
];

function practitioner(
  id: string,
  family: string,
  given: string,
  prefix: string | undefined,
  gender: string,
): FhirResource {
  return {
    resourceType: 'Practitioner',
    id,
    identifier: [{ system: `${CLINIC}/practitioner`, value: id }],
    active: true,
    name: [{ use: 'official', family, given: [given], ...(prefix ? { prefix: [prefix] } : {}) }],
    gender,
  };
}

function role(id: string, display: string, code: string, codeDisplay: string, text = codeDisplay): FhirResource {
  return {
    resourceType: 'PractitionerRole',
    id,
    active: true,
    practitioner: { reference: `Practitioner/${id}`, display },
    organization: clinic,
    code: [{ coding: [{ system: NUCC, code, display: codeDisplay }], text }],
    location: [{ reference: 'Location/harbor-main' }],
  };
}
