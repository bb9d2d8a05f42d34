import { momentSaid } from '../../homework/moment-said.ts';
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
      const start =
        isObject(period) && typeof period.start === 'string'
          ? momentSaid(period.start, reader.tenant.timeZone ?? 'UTC')
          : Number.NaN;
      return Number.isNaN(start) || start >= Date.parse(before) ? [] : [start];
    });
  return starts.length === 0 ? undefined : new Date(Math.max(...starts)).toISOString();
}

const mostEncounters = 10;

/** The patient's latest encounters that have begun and took place, newest first. */
export async function encounters(
  reader: UserReader,
  { patientId, before }: { readonly patientId: string; readonly before: string },
): Promise<UserRead<readonly { readonly reference: string; readonly start: string; readonly status: string }[]>> {
  const query = new URLSearchParams({ patient: patientId, _sort: '-date', _count: '20' });
  const answer = await readAsUser(reader, `Encounter?${query}`, 'Bundle');
  if (!answer.ok) return answer;
  const found = entriesOf(answer.value, 'Encounter').flatMap(({ id, status, period }) => {
    const start =
      isObject(period) && typeof period.start === 'string'
        ? momentSaid(period.start, reader.tenant.timeZone ?? 'UTC')
        : Number.NaN;
    if (id === undefined || typeof status !== 'string' || Number.isNaN(start) || start > Date.parse(before)) return [];
    if (status === 'cancelled' || status === 'entered-in-error') return [];
    return [{ reference: `Encounter/${id}`, start: new Date(start).toISOString(), status }];
  });
  return { ok: true, value: found.sort((a, b) => b.start.localeCompare(a.start)).slice(0, mostEncounters) };
}
