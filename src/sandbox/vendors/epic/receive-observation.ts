import type { IncomingWrite, ObservationRow } from '../../faces.ts';
import { type FhirResource, isObject, listOf } from '../../resource.ts';
import { codesOf, follow, idOf } from '../parts.ts';
import { flowsheetErrors, refuseAsEpic } from './refuse.ts';

const MAX_NOTE_CHARACTERS = 254;
const CORRECTIONS = ['final', 'amended', 'corrected', 'entered-in-error'];

/**
 * A reading for a flowsheet row that the customer built: final, with a short note, in an open visit unless the patient
 * enters it, and never twice.
 */
export function receiveObservation(write: IncomingWrite): FhirResource {
  const { interaction, resource, rows } = write;
  checkStatus(resource, interaction);
  for (const [index, note] of listOf(resource.note).entries()) {
    const text = isObject(note) ? note.text : undefined;
    if (typeof text === 'string' && text.length > MAX_NOTE_CHARACTERS) {
      const path = `Observation.note[${index}].text`;
      throw refuseAsEpic(422, 'too-long', `a note holds at most ${MAX_NOTE_CHARACTERS} characters`, path);
    }
  }
  const codes = codesOf(resource.code);
  const row = rows.find((row) => codes.some(({ system, code }) => system === row.system && code === row.code));
  if (row === undefined) throw flowsheetErrors.notMapped();
  if (interaction === 'create') checkCircumstances(write, row);
  return resource;
}

function checkStatus(resource: FhirResource, interaction: IncomingWrite['interaction']): void {
  const allowed = interaction === 'create' ? ['final'] : CORRECTIONS;
  if (allowed.includes(String(resource.status))) return;
  throw refuseAsEpic(422, 'business-rule', `status must be ${allowed.join(' or ')}`, 'Observation.status');
}

function checkCircumstances(write: IncomingWrite, row: ObservationRow): void {
  const patient = idOf(write.resource.subject, 'Patient');
  const byPatient = write.user?.startsWith('Patient/') === true;
  if (byPatient && !row.patientEntered?.includes(patient ?? '')) throw flowsheetErrors.notAssigned();
  if (!byPatient) checkVisit(write, patient);
  if (alreadyThere(write, patient)) throw flowsheetErrors.duplicate();
}

function checkVisit({ resource, records }: IncomingWrite, patient: string | undefined): void {
  const visit = follow(records, resource.encounter, 'Encounter');
  const open = visit?.status === 'in-progress' && idOf(visit.subject, 'Patient') === patient;
  if (open) return;
  const words = 'a clinician’s or backend app’s reading needs an open encounter of the patient';
  throw refuseAsEpic(422, 'business-rule', words, 'Observation.encounter');
}

/** The same row of the same patient at the same moment. */
function alreadyThere({ resource, records }: IncomingWrite, patient: string | undefined): boolean {
  const key = keyOf(resource);
  return [...records.list('Observation')].some(
    (other) =>
      other.status !== 'entered-in-error' && idOf(other.subject, 'Patient') === patient && keyOf(other) === key,
  );
}

function keyOf(resource: FhirResource): string {
  const codes = codesOf(resource.code).map(({ system, code }) => `${system}|${code}`);
  return JSON.stringify([codes.sort(), Date.parse(String(resource.effectiveDateTime ?? '')) || null]);
}
