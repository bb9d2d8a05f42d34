import { isAboutPatient } from '../../fhir/names-patient.ts';
import { isObject } from '../../foundation/is-object.ts';
import { addDays } from '../../homework/schedule/day-end.ts';
import { momentSaid } from '../../homework/schedule/moment-said.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';

const mostAtOnce = 50;
const mostEntries = 200;

/**
 * When each of these patients is next expected, by planned Encounters that a person's own token may read: an ISO instant, or a day
 * (YYYY-MM-DD, in the tenant's zone) where the EHR says no time; one that begins now or has begun is none. Who is left out has none that the EHR told of: it may plan visits in another way, or not let this person see them.
 * @see https://hl7.org/fhir/R4/valueset-encounter-status.html
 */
export async function readNextVisits(
  reader: UserReader,
  patientIds: readonly string[],
): Promise<UserRead<ReadonlyMap<string, string>>> {
  const visits = new Map<string, string>();
  const ids = [...new Set(patientIds)];
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const some = ids.slice(at, at + mostAtOnce);
    const query = new URLSearchParams({
      ...{ patient: some.join(','), status: 'planned', date: `ge${reader.at.toISOString()}` },
      ...{ _sort: 'date', _count: String(mostEntries) },
    });
    const answer = await readAsUser(reader, `Encounter?${query}`, 'Bundle');
    if (!answer.ok) return answer;
    const planned = plannedIn(answer.value, some, reader);
    // of a page that is neither all nor in order, an earlier visit may stand on another
    if (!isWhole(answer.value) && !isInOrder(planned.map(({ moment }) => moment))) continue;
    for (const { patientId, start } of planned.toSorted((a, b) => a.moment - b.moment))
      if (!visits.has(patientId)) visits.set(patientId, start);
  }
  return { ok: true, value: visits };
}

function plannedIn(
  bundle: Parameters<typeof entriesOf>[0],
  patientIds: readonly string[],
  { tenant, at }: UserReader,
): { readonly patientId: string; readonly start: string; readonly moment: number }[] {
  return entriesOf(bundle, 'Encounter').flatMap((entry) => {
    const { status, period } = entry;
    const said = isObject(period) && typeof period.start === 'string' ? period.start : '';
    const timeZone = tenant.timeZone ?? 'UTC';
    const moment = momentSaid(said, timeZone);
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(said);
    // an EHR that ignores a parameter answers with other patients, with visits that were, and with those that are off
    const patientId = patientIds.find((id) => isAboutPatient(entry, id, { ehr: tenant.fhirBase }));
    // a month or a year is no date to tell anybody
    if (status !== 'planned' || patientId === undefined || Number.isNaN(moment) || said.length < 10) return [];
    // a day may have 23 or 25 hours
    const over = isDay ? momentSaid(addDays(said, 1), timeZone) : moment;
    if (over <= at.getTime()) return [];
    return [{ patientId, start: isDay ? said : new Date(moment).toISOString(), moment }];
  });
}

function isWhole({ link }: Record<string, unknown>): boolean {
  return !Array.isArray(link) || !link.filter(isObject).some(({ relation }) => relation === 'next');
}

function isInOrder(moments: readonly number[]): boolean {
  return moments.every((moment, index) => index === 0 || moment >= (moments[index - 1] ?? 0));
}
