import { describeName } from '../chart/describe-name.ts';
import { describeConcept } from '../chart/describe-value.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import { isObject, listOf, type StoredResource } from '../resource.ts';

/** Somebody who can sign in here. */
export interface User {
  /** `Practitioner/<id>` or `Patient/<id>`. */
  reference: string;
  name: string;
  role: 'clinician' | 'coordinator' | 'integration' | 'patient';
  /** The role as this EHR words it. */
  title: string;
}

const byCode = { '171M00000X': 'coordinator', '247000000X': 'integration' } as const;

/** Everyone who can sign in: clinicians, coordinators, who looks after connections, then patients by name. */
export function usersOf(server: FaceServer): User[] {
  const staff = [...server.store.list('PractitionerRole')].flatMap((role): User[] => {
    const reference = isObject(role.practitioner) ? String(role.practitioner.reference) : '';
    const person = server.store.current('Practitioner', reference.replace('Practitioner/', ''))?.resource;
    if (person === undefined) return [];
    const concept = listOf(role.code)[0];
    return [
      {
        reference,
        name: nameOf(person),
        role: staffRole(concept),
        title: describeConcept(concept) ?? 'Staff',
      },
    ];
  });
  const patients = [...server.store.list('Patient')].map(
    (patient): User => ({
      reference: `Patient/${patient.id}`,
      name: nameOf(patient),
      role: 'patient',
      title: 'Patient',
    }),
  );
  const order = ['clinician', 'coordinator', 'integration', 'patient'];
  return [...staff, ...patients].sort(
    (a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.name.localeCompare(b.name),
  );
}

/** The user behind a reference, undefined when nobody of that name can sign in. */
export function userOf(server: FaceServer, reference: string): User | undefined {
  return usersOf(server).find((user) => user.reference === reference);
}

function nameOf(person: StoredResource): string {
  return describeName(person) ?? person.id;
}

function staffRole(concept: unknown): User['role'] {
  const codings = isObject(concept) ? listOf(concept.coding) : [];
  const codes = codings.map((coding) => (isObject(coding) ? coding.code : undefined));
  return Object.entries(byCode).find(([code]) => codes.includes(code))?.[1] ?? 'clinician';
}
