import { isObject } from '../fhir-json.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';

const mostFound = 200;

/** Ids of patients by a part of their name: the EHR searches, for it holds the names and knows who may find whom. */
export async function findPatients(reader: UserReader, name: string): Promise<UserRead<readonly string[]>> {
  const query = new URLSearchParams({ name, _count: String(mostFound) });
  const answer = await readAsUser(reader, `Patient?${query}`, 'Bundle');
  if (!answer.ok) return answer;
  return { ok: true, value: entriesOf(answer.value, 'Patient').flatMap(({ id }) => (id === undefined ? [] : [id])) };
}

/**
 * When the patient's last visit before a time began: the latest Encounter that took place, other than the one that is
 * open now. undefined when there is none or the EHR does not tell.
 */
export async function lastVisit(
  reader: UserReader,
  { patientId, before, except }: { readonly patientId: string; readonly before: string; readonly except?: string },
): Promise<string | undefined> {
  const query = new URLSearchParams({ patient: patientId, _sort: '-date', _count: '20' });
  const answer = await readAsUser(reader, `Encounter?${query}`, 'Bundle');
  if (!answer.ok) return undefined;
  const starts = entriesOf(answer.value, 'Encounter')
    .filter(({ id, status }) => `Encounter/${id}` !== except && status !== 'cancelled' && status !== 'entered-in-error')
    .flatMap(({ period }) => {
      const start = isObject(period) && typeof period.start === 'string' ? Date.parse(period.start) : Number.NaN;
      return Number.isNaN(start) || start >= Date.parse(before) ? [] : [start];
    });
  return starts.length === 0 ? undefined : new Date(Math.max(...starts)).toISOString();
}
