import { isObject } from '../foundation/is-object.ts';
import type { PatientStanding, StandingAnswer } from '../homework/patient/patient-standing.ts';
import type { FhirJson } from './fhir-json.ts';
import type { ReadAnswer } from './read-answer.ts';

/**
 * What an EHR's answer to the read of a patient says of them: merged when it names another in their place
 * (`link.type` replaced-by), or answers with another, or sends elsewhere.
 * @see https://hl7.org/fhir/R4/patient.html#merge
 */
export function standingFrom(
  read: ReadAnswer,
  { patientId, base }: { readonly patientId: string; readonly base: string },
): StandingAnswer {
  if (read.ok) {
    const { resource } = read;
    return {
      answer: 'known',
      standing: standingOf(resource, { patientId, base }),
      replaces: linked(resource, 'replaces', base).flatMap((id) => id ?? []),
    };
  }
  const { status, stranger } = read.failure;
  // a gateway's 404 or a login says nothing of the patient
  if (stranger !== undefined) return { answer: 'unreachable' };
  if (status === 404 || status === 410) return { answer: 'unknown' };
  // where it sends to is never followed with a token: a person is to look
  if (status !== undefined && status >= 300 && status < 400) {
    return { answer: 'known', standing: { state: 'merged' }, replaces: [] };
  }
  return { answer: 'unreachable' };
}

/** How a Patient stands by what their resource says. @param asked.base of the EHR, without a slash at the end */
export function standingOf(
  patient: FhirJson,
  { patientId, base }: { readonly patientId: string; readonly base: string },
): PatientStanding {
  const deceased = deceasedOf(patient);
  const more = deceased === undefined ? {} : { deceased };
  const successors = new Set([
    ...(patient.id === patientId || patient.id === undefined ? [] : [patient.id]),
    ...(patient.id === patientId ? linked(patient, 'replaced-by', base) : []),
  ]);
  if (successors.size > 0) {
    const [survivorId] = successors;
    const named = successors.size === 1 && survivorId !== undefined && survivorId !== patientId;
    return { state: 'merged', ...(named ? { survivorId } : {}), ...more };
  }
  return { state: patient.active === false ? 'inactive' : 'current', ...more };
}

/** Ids that links of one type lead to; undefined for one that is no patient of this server. */
function linked({ link }: FhirJson, type: string, base: string): (string | undefined)[] {
  const links = Array.isArray(link) ? link.filter(isObject).filter((entry) => entry.type === type) : [];
  return links.map(({ other }) => {
    const reference = isObject(other) && typeof other.reference === 'string' ? other.reference : '';
    const local = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
    return /^Patient\/([A-Za-z0-9._-]{1,255})(?:\/_history\/[^/]+)?$/.exec(local)?.[1];
  });
}

function deceasedOf({ deceasedBoolean, deceasedDateTime }: FhirJson): PatientStanding['deceased'] {
  if (typeof deceasedDateTime === 'string') {
    const at = Date.parse(deceasedDateTime);
    return Number.isNaN(at) ? {} : { at: new Date(at).toISOString() };
  }
  return deceasedBoolean === true ? {} : undefined;
}
