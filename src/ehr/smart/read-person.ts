import { parseLiteral } from '../../fhir/parse-reference.ts';
import { isObject } from '../../foundation/is-object.ts';
import { noCurrentName } from '../../homework/patient/no-current-name.ts';
import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import { standingOf } from '../read-standing.ts';
import { readAsUser, type UserRead, type UserReader } from './read-as-user.ts';
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
