import type { FhirResource } from '../resource.ts';

const SNOMED = 'http://snomed.info/sct';
const clinic = { reference: 'Organization/harbor-clinic', display: 'Harbor Clinic' };
const okafor = { reference: 'Practitioner/dr-okafor', display: 'Dr. Adaeze Okafor' };
const lindqvist = { reference: 'Practitioner/dr-lindqvist', display: 'Dr. Jonas Lindqvist' };

function condition(id: string, patient: string, code: string, display: string, onset: string): FhirResource {
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'problem-list-item',
            display: 'Problem List Item',
          },
        ],
      },
    ],
    code: { coding: [{ system: SNOMED, code, display }], text: display },
    subject: { reference: `Patient/${patient}` },
    onsetDateTime: onset,
    recordedDate: onset,
  };
}

function goal(id: string, patient: string, text: string, start: string, addresses: string): FhirResource {
  return {
    resourceType: 'Goal',
    id,
    lifecycleStatus: 'active',
    description: { text },
    subject: { reference: `Patient/${patient}` },
    startDate: start,
    addresses: [{ reference: `Condition/${addresses}` }],
  };
}

interface Visit {
  id: string;
  patient: string;
  clinician: { reference: string; display: string };
  status: 'planned' | 'in-progress' | 'finished';
  start: string;
  end?: string;
  virtual?: boolean;
}

function encounter({ id, patient, clinician, status, start, end, virtual }: Visit): FhirResource {
  const place = virtual ? { code: 'VR', display: 'virtual' } : { code: 'AMB', display: 'ambulatory' };
  return {
    resourceType: 'Encounter',
    id,
    status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', ...place },
    type: [{ text: 'Psychotherapy, individual' }],
    subject: { reference: `Patient/${patient}` },
    participant: [{ individual: clinician }],
    period: { start, ...(end ? { end } : {}) },
    serviceProvider: clinic,
  };
}

/** What the clinic has on record before any homework: problems, goals, visits, teams. */
export const clinicalRecord: readonly FhirResource[] = [
  condition('sarah-social-anxiety', 'sarah', '25501002', 'Social phobia', '2025-11-18'),
  condition('marcus-depression', 'marcus-bell', '370143000', 'Major depressive disorder', '2024-05-06'),
  condition('marcus-insomnia', 'marcus-bell', '193462001', 'Insomnia', '2025-01-20'),
  condition('ines-panic', 'ines-carvalho', '371631005', 'Panic disorder', '2025-09-01'),
  condition('walter-depression', 'walter-hughes', '35489007', 'Depressive disorder', '2025-06-11'),
  condition('walter-diabetes', 'walter-hughes', '44054006', 'Diabetes mellitus type 2', '2009-03-02'),
  condition('priya-anxiety', 'priya-raman', '21897009', 'Generalized anxiety disorder', '2025-10-13'),
  condition('tomasz-ptsd', 'tomasz-nowak', '47505003', 'Posttraumatic stress disorder', '2023-08-21'),
  condition('ruth-insomnia', 'ruth-abrams', '193462001', 'Insomnia', '2025-02-14'),
  condition('ruth-pain', 'ruth-abrams', '82423001', 'Chronic pain', '2018-04-30'),
  condition('dre-adhd', 'dre-coleman', '406506008', 'Attention deficit hyperactivity disorder', '2017-09-12'),
  condition('mei-lin-ocd', 'mei-lin-zhou', '191736004', 'Obsessive-compulsive disorder', '2022-03-28'),
  condition('jordan-social-anxiety', 'jordan-pike', '25501002', 'Social phobia', '2025-12-04'),
  condition('fatima-anxiety', 'fatima-elsayed', '21897009', 'Generalized anxiety disorder', '2024-11-26'),
  condition('sean-depression', 'sean-obrien', '370143000', 'Major depressive disorder', '2021-02-08'),

  goal(
    'sarah-speak-in-meetings',
    'sarah',
    'Speak up in team meetings without rehearsing every sentence',
    '2026-02-25',
    'sarah-social-anxiety',
  ),
  goal(
    'marcus-activity',
    'marcus-bell',
    'Do one planned, worthwhile activity each day',
    '2026-01-12',
    'marcus-depression',
  ),
  goal('ines-bus', 'ines-carvalho', 'Ride the bus to college alone', '2026-02-02', 'ines-panic'),
  goal(
    'mei-lin-handwashing',
    'mei-lin-zhou',
    'Wash hands only before meals and after the bathroom',
    '2026-01-19',
    'mei-lin-ocd',
  ),

  {
    resourceType: 'CareTeam',
    id: 'sarah-team',
    status: 'active',
    name: 'Outpatient team of Sarah Whitfield',
    subject: { reference: 'Patient/sarah' },
    participant: [
      { role: [{ text: 'Therapist' }], member: okafor },
      {
        role: [{ text: 'Care coordinator' }],
        member: { reference: 'Practitioner/coordinator-reyes', display: 'Marisol Reyes' },
      },
    ],
    managingOrganization: [clinic],
  },
  {
    resourceType: 'RelatedPerson',
    id: 'dre-mother',
    active: true,
    patient: { reference: 'Patient/dre-coleman' },
    relationship: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH', display: 'mother' }] },
    ],
    name: [{ use: 'official', family: 'Coleman', given: ['Denise'] }],
  },

  encounter({
    id: 'sarah-2026-02-25',
    patient: 'sarah',
    clinician: okafor,
    status: 'finished',
    start: '2026-02-25T15:00:00-05:00',
    end: '2026-02-25T15:50:00-05:00',
  }),
  encounter({
    id: 'sarah-2026-03-01',
    patient: 'sarah',
    clinician: okafor,
    status: 'finished',
    start: '2026-03-01T15:00:00-05:00',
    end: '2026-03-01T15:50:00-05:00',
  }),
  encounter({
    id: 'sarah-2026-03-11',
    patient: 'sarah',
    clinician: okafor,
    status: 'finished',
    start: '2026-03-11T17:00:00-04:00',
    end: '2026-03-11T17:50:00-04:00',
    virtual: true,
  }),
  encounter({
    id: 'sarah-2026-03-25',
    patient: 'sarah',
    clinician: okafor,
    status: 'in-progress',
    start: '2026-03-25T15:00:00-04:00',
  }),
  encounter({
    id: 'marcus-2026-03-24',
    patient: 'marcus-bell',
    clinician: lindqvist,
    status: 'finished',
    start: '2026-03-24T10:00:00-04:00',
    end: '2026-03-24T10:50:00-04:00',
  }),
  encounter({
    id: 'ines-2026-03-25',
    patient: 'ines-carvalho',
    clinician: okafor,
    status: 'planned',
    start: '2026-03-25T16:00:00-04:00',
  }),
  encounter({
    id: 'mei-lin-2026-03-23',
    patient: 'mei-lin-zhou',
    clinician: lindqvist,
    status: 'finished',
    start: '2026-03-23T09:00:00-07:00',
    end: '2026-03-23T09:50:00-07:00',
    virtual: true,
  }),
  encounter({
    id: 'sean-2026-03-20',
    patient: 'sean-obrien',
    clinician: okafor,
    status: 'finished',
    start: '2026-03-20T11:00:00-04:00',
    end: '2026-03-20T11:50:00-04:00',
  }),
];
