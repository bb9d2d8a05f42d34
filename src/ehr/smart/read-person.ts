import { parseLiteral, relativeOf } from '../../fhir/parse-reference.ts';
import { defined } from '../../foundation/defined.ts';
import { isObject } from '../../foundation/is-object.ts';
import { noCurrentName } from '../../homework/patient/no-current-name.ts';
import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { FhirJson } from '../fhir-json.ts';
import { standingOf } from '../read-standing.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';
import { nameOf } from './read-human-names.ts';

/** A patient as a page names them. */
export interface PersonRead {
  readonly id: string;
  readonly name: string;
  readonly birthDate?: string;
  readonly standing: PatientStanding;
  /** The EHR answered with another patient's record, of which nothing is told here but that. */
  readonly answeredAsAnother: boolean;
}

/** Reads a patient by a person's own token: the proof that this person may see them. */
export async function readPatient(reader: UserReader, patientId: string): Promise<UserRead<PersonRead>> {
  const answer = await readAsUser(reader, `Patient/${encodeURIComponent(patientId)}`, 'Patient');
  if (!answer.ok) return answer;
  const standing = standingOf(answer.value, { patientId, base: reader.tenant.fhirBase });
  // a merged patient is answered under another id; what we hold is of the one that was asked for
  const answeredAsAnother = answer.value.id !== patientId;
  if (answeredAsAnother)
    return { ok: true, value: { id: patientId, name: noCurrentName, standing, answeredAsAnother } };
  const { birthDate } = answer.value;
  return {
    ok: true,
    value: {
      id: patientId,
      name: nameOf(answer.value, reader) ?? noCurrentName,
      ...(typeof birthDate === 'string' ? { birthDate } : {}),
      ...{ standing, answeredAsAnother },
    },
  };
}

/** Who signed in, as the EHR knows them. */
export interface UserAtEhr {
  readonly name?: string;
  /** Codes of their PractitionerRoles, as `code` and `system|code`. */
  readonly roleCodes: readonly string[];
  /** Under which other references they take part in visits. */
  readonly alsoAs: readonly string[];
}

/** Reads who signed in; what cannot be read is left out. */
export async function readUser(reader: UserReader, reference: string, withRoles: boolean): Promise<UserAtEhr> {
  const [type = '', id = ''] = reference.split('/');
  const [person, roles] = await Promise.all([
    readAsUser(reader, `${type}/${encodeURIComponent(id)}`, type),
    withRoles && type === 'Practitioner'
      ? readAsUser(reader, `PractitionerRole?${new URLSearchParams({ practitioner: reference })}`, 'Bundle')
      : undefined,
  ]);
  const name = person.ok ? nameOf(person.value, reader) : undefined;
  // a server that passes over `practitioner` answers with everybody's
  const own = roles?.ok
    ? entriesOf(roles.value, 'PractitionerRole').filter((role) => practitionerOf(role, reader) === reference)
    : [];
  const roleCodes = roles?.ok ? entriesOf(roles.value, 'PractitionerRole').filter(isActive).flatMap(codesOf) : [];
  // who signs in as a PractitionerRole is its Practitioner
  const practitioner = type === 'PractitionerRole' && person.ok ? practitionerOf(person.value, reader) : undefined;
  const alsoAs = [
    ...own.flatMap(({ id: role }) => (role === undefined ? [] : [`PractitionerRole/${role}`])),
    ...(practitioner === undefined ? [] : [practitioner]),
  ];
  return { ...defined({ name }), roleCodes, alsoAs };
}

function practitionerOf({ practitioner }: FhirJson, { tenant }: UserReader): string | undefined {
  const reference = isObject(practitioner) && typeof practitioner.reference === 'string' ? practitioner.reference : '';
  const named = parseLiteral(reference, { ehr: tenant.fhirBase });
  return named.form === 'local' && named.type === 'Practitioner' ? relativeOf(named) : undefined;
}

/** The patients in a Group, those who have left it excepted. */
export async function readGroupMembers(reader: UserReader, groupId: string): Promise<UserRead<readonly string[]>> {
  const answer = await readAsUser(reader, `Group/${encodeURIComponent(groupId)}`, 'Group');
  if (!answer.ok) return answer;
  const members = Array.isArray(answer.value.member) ? answer.value.member.filter(isObject) : [];
  const ids = members
    .filter(({ inactive }) => inactive !== true)
    .flatMap(({ entity }) => {
      const reference = isObject(entity) && typeof entity.reference === 'string' ? entity.reference : '';
      // a member on another server is not the patient who has the same id here
      const named = parseLiteral(reference, { ehr: reader.tenant.fhirBase });
      return named.form === 'local' && named.type === 'Patient' ? [named.id] : [];
    });
  return { ok: true, value: ids };
}

function isActive({ active }: Record<string, unknown>): boolean {
  return active !== false;
}

function codesOf({ code }: Record<string, unknown>): string[] {
  const codings = (Array.isArray(code) ? code.filter(isObject) : []).flatMap(({ coding }) =>
    Array.isArray(coding) ? coding.filter(isObject) : [],
  );
  return codings.flatMap(({ system, code: value }) => [String(value), `${String(system ?? '')}|${String(value)}`]);
}
