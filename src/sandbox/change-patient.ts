import type { FaceServer } from './fhir/served-face.ts';
import { isObject, listOf, type StoredResource } from './resource.ts';
import { parseReference } from './search/match-reference.ts';
import { Draft } from './store/draft.ts';

/** Types that may name a patient, in the order in which a merge moves them. */
const chart = [
  ...['Encounter', 'Condition', 'Goal', 'CareTeam', 'RelatedPerson', 'CarePlan', 'Task', 'QuestionnaireResponse'],
  ...['Observation', 'DocumentReference', 'Communication', 'Flag'],
];

/**
 * Merges a patient into another, as an EHR's registration does: the old one is inactive and `replaced-by`, the survivor
 * `replaces` it, and what the chart holds becomes the survivor's, unless the site leaves it (trait `merge-leaves-chart`).
 * The clinic's own doing: not in the commit log.
 * @returns the ids of both
 */
export function mergePatient(server: FaceServer, oldId: string, survivorId: string): string[] {
  const draft = new Draft(server.store);
  const [old, survivor] = [patientOf(draft, oldId), patientOf(draft, survivorId)];
  draft.put({ ...old, active: false, link: [...linksOf(old), linkTo(survivorId, 'replaced-by')] }, oldId);
  draft.put({ ...survivor, link: [...linksOf(survivor), linkTo(oldId, 'replaces')] }, survivorId);
  if (!server.site.has('merge-leaves-chart')) {
    for (const type of chart) {
      for (const resource of [...draft.list(type)]) {
        const moved = withPatient(resource, { oldId, survivorId, base: server.base });
        if (moved !== resource) draft.put(moved, resource.id);
      }
    }
  }
  draft.commit(null);
  return [oldId, survivorId];
}

/** Takes the links and the inactivity of a merge back; what was moved stays where it is. @returns the patient's id */
export function activatePatient(server: FaceServer, id: string): string[] {
  const draft = new Draft(server.store);
  const { link: _link, ...rest } = patientOf(draft, id);
  draft.put({ ...rest, active: true }, id);
  draft.commit(null);
  return [id];
}

/** Sets a patient inactive, without a word why. @returns the patient's id */
export function deactivatePatient(server: FaceServer, id: string): string[] {
  const draft = new Draft(server.store);
  draft.put({ ...patientOf(draft, id), active: false }, id);
  draft.commit(null);
  return [id];
}

/** Removes a patient: from now on a read answers 410. @returns the patient's id */
export function removePatient(server: FaceServer, id: string): string[] {
  const draft = new Draft(server.store);
  draft.delete('Patient', id);
  draft.commit(null);
  return [id];
}

/** Records that a patient has died; without a time it is only said that they have. @returns the patient's id */
export function recordDeath(server: FaceServer, id: string, at: string | undefined): string[] {
  const draft = new Draft(server.store);
  const { deceasedBoolean: _said, deceasedDateTime: _when, ...rest } = patientOf(draft, id);
  draft.put({ ...rest, ...(at === undefined ? { deceasedBoolean: true } : { deceasedDateTime: at }) }, id);
  draft.commit(null);
  return [id];
}

/** Files one resource under another patient, as staff do who correct a mistake. @returns its id; undefined when there is none */
export function refilePatient(server: FaceServer, reference: string, patientId: string): string[] | undefined {
  const draft = new Draft(server.store);
  const literal = parseReference(reference);
  const found = literal === undefined ? undefined : draft.current(literal.type, literal.id)?.resource;
  if (found === undefined) return undefined;
  const element = ['subject', 'for', 'patient'].find((name) => found[name] !== undefined) ?? 'subject';
  draft.put({ ...found, [element]: { reference: `Patient/${patientId}` } }, found.id);
  draft.commit(null);
  return [found.id];
}

/**
 * Whom the site answers with when a merged patient is read: with the trait `merge-answers-survivor` it is the survivor.
 * @returns undefined for everybody else
 */
export function answeredInstead({ site, store }: FaceServer, type: string, id: string): string | undefined {
  if (type !== 'Patient' || !site.has('merge-answers-survivor')) return undefined;
  const patient = store.current('Patient', id)?.resource;
  const link = listOf(patient?.link).find((value) => isObject(value) && value.type === 'replaced-by');
  const other = isObject(link) && isObject(link.other) ? link.other.reference : undefined;
  return typeof other === 'string' ? parseReference(other)?.id : undefined;
}

function patientOf(draft: Draft, id: string): StoredResource {
  const found = draft.current('Patient', id)?.resource;
  if (found === undefined) throw new Error(`there is no patient ${id}`);
  return found;
}

function linksOf(patient: StoredResource): unknown[] {
  return listOf(patient.link);
}

function linkTo(id: string, type: string) {
  return { other: { reference: `Patient/${id}` }, type };
}

function withPatient(
  resource: StoredResource,
  { oldId, survivorId, base }: { oldId: string; survivorId: string; base: string },
): StoredResource {
  let moved = resource;
  for (const element of ['subject', 'for', 'patient']) {
    const reference = resource[element];
    const text = isObject(reference) && typeof reference.reference === 'string' ? reference.reference : undefined;
    const literal = text === undefined ? undefined : parseReference(text);
    const local = literal !== undefined && (literal.base === undefined || literal.base === base);
    if (!local || literal.type !== 'Patient' || literal.id !== oldId) continue;
    moved = { ...moved, [element]: { ...(reference as object), reference: `Patient/${survivorId}` } };
  }
  return moved;
}
