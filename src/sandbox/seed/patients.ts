import type { FhirResource } from '../resource.ts';
import { CLINIC, clinic } from './staff.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

interface Person {
  id: string;
  mrn: string;
  family: string;
  given: string;
  gender: 'female' | 'male' | 'other';
  birthDate: string;
  zone: string;
  city: string;
  state: string;
  clinician: 'dr-okafor' | 'dr-lindqvist';
  language?: string;
  /** Only the patient's own clinician may open it. */
  restricted?: true;
}

const people: readonly Person[] = [
  {
    id: 'sarah',
    mrn: '4470021',
    family: 'Whitfield',
    given: 'Sarah',
    gender: 'female',
    birthDate: '1991-06-14',
    zone: 'America/New_York',
    city: 'Portland',
    state: 'ME',
    clinician: 'dr-okafor',
  },
  {
    id: 'marcus-bell',
    mrn: '4470035',
    family: 'Bell',
    given: 'Marcus',
    gender: 'male',
    birthDate: '1984-02-29',
    zone: 'America/New_York',
    city: 'Saco',
    state: 'ME',
    clinician: 'dr-lindqvist',
  },
  {
    id: 'ines-carvalho',
    mrn: '4470048',
    family: 'Carvalho',
    given: 'Inês',
    gender: 'female',
    birthDate: '2001-11-03',
    zone: 'America/New_York',
    city: 'Portland',
    state: 'ME',
    clinician: 'dr-okafor',
    language: 'pt',
  },
  {
    id: 'walter-hughes',
    mrn: '4470052',
    family: 'Hughes',
    given: 'Walter',
    gender: 'male',
    birthDate: '1948-08-20',
    zone: 'America/New_York',
    city: 'Bath',
    state: 'ME',
    clinician: 'dr-lindqvist',
  },
  {
    id: 'priya-raman',
    mrn: '4470067',
    family: 'Raman',
    given: 'Priya',
    gender: 'female',
    birthDate: '1996-04-09',
    zone: 'America/Chicago',
    city: 'Evanston',
    state: 'IL',
    clinician: 'dr-okafor',
  },
  {
    id: 'tomasz-nowak',
    restricted: true,
    mrn: '4470073',
    family: 'Nowak',
    given: 'Tomasz',
    gender: 'male',
    birthDate: '1979-12-17',
    zone: 'America/New_York',
    city: 'Portland',
    state: 'ME',
    clinician: 'dr-lindqvist',
  },
  {
    id: 'ruth-abrams',
    mrn: '4470089',
    family: 'Abrams',
    given: 'Ruth',
    gender: 'female',
    birthDate: '1957-01-30',
    zone: 'America/New_York',
    city: 'Falmouth',
    state: 'ME',
    clinician: 'dr-okafor',
  },
  {
    id: 'dre-coleman',
    mrn: '4470094',
    family: 'Coleman',
    given: 'Andre',
    gender: 'male',
    birthDate: '2008-03-22',
    zone: 'America/New_York',
    city: 'South Portland',
    state: 'ME',
    clinician: 'dr-okafor',
  },
  {
    id: 'mei-lin-zhou',
    mrn: '4470106',
    family: 'Zhou',
    given: 'Mei-Lin',
    gender: 'female',
    birthDate: '1988-09-05',
    zone: 'America/Los_Angeles',
    city: 'Oakland',
    state: 'CA',
    clinician: 'dr-lindqvist',
  },
  {
    id: 'jordan-pike',
    mrn: '4470118',
    family: 'Pike',
    given: 'Jordan',
    gender: 'other',
    birthDate: '1999-07-27',
    zone: 'America/New_York',
    city: 'Portland',
    state: 'ME',
    clinician: 'dr-okafor',
  },
  {
    id: 'fatima-elsayed',
    mrn: '4470121',
    family: 'El-Sayed',
    given: 'Fatima',
    gender: 'female',
    birthDate: '1972-05-11',
    zone: 'America/New_York',
    city: 'Westbrook',
    state: 'ME',
    clinician: 'dr-lindqvist',
    language: 'ar',
  },
  {
    id: 'sean-obrien',
    mrn: '4470137',
    family: "O'Brien",
    given: 'Seán',
    gender: 'male',
    birthDate: '1965-10-02',
    zone: 'America/New_York',
    city: 'Portland',
    state: 'ME',
    clinician: 'dr-okafor',
  },
];

/** A dozen patients. */
export const patients: readonly FhirResource[] = people.map((person) => ({
  resourceType: 'Patient',
  id: person.id,
  // R4 has no element for a person's zone; the standard extension may stand in meta
  meta: {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: person.zone }],
    ...(person.restricted ? { security: [{ system: CONFIDENTIALITY, code: 'R', display: 'restricted' }] } : {}),
  },
  identifier: [
    {
      use: 'usual',
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }], text: 'MRN' },
      system: `${CLINIC}/mrn`,
      value: person.mrn,
    },
  ],
  active: true,
  name: [{ use: 'official', family: person.family, given: [person.given] }],
  gender: person.gender,
  birthDate: person.birthDate,
  address: [{ use: 'home', city: person.city, state: person.state, country: 'US' }],
  communication: [
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: person.language ?? 'en' }] }, preferred: true },
  ],
  generalPractitioner: [{ reference: `Practitioner/${person.clinician}` }],
  managingOrganization: clinic,
}));
