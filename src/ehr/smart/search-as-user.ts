import { isAboutPatient } from '../../fhir/names-patient.ts';
import { isObject } from '../../foundation/is-object.ts';
import { tookPlace, tookPlaceStates } from '../../homework/plan/took-place.ts';
import { momentSaid } from '../../homework/schedule/moment-said.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';

/** An encounter that took place, or is taking place. */
export interface Visit {
  readonly reference: string;
  /** ISO instant. */
  readonly start: string;
  /** As FHIR spells it: `in-progress`, `onleave`, `finished`. */
  readonly status: string;
}

interface VisitsOf {
  readonly patientId: string;
  /** ISO instant: only what began before it. */
  readonly before: string;
}

/**
 * When the patient's last visit before a time began: the latest Encounter that took place, other than the one that is
 * open now. undefined when there is none or the EHR does not tell.
 */
export async function lastVisit(
  reader: UserReader,
  { except, ...of }: VisitsOf & { readonly except?: string },
): Promise<string | undefined> {
  const answer = await readVisits(reader, of, (visits) => visits.some(({ reference }) => reference !== except));
  return answer.ok ? answer.value.find(({ reference }) => reference !== except)?.start : undefined;
}

const mostEncounters = 10;

/** The patient's latest encounters that have begun and took place, newest first. */
export async function encounters(reader: UserReader, of: VisitsOf): Promise<UserRead<readonly Visit[]>> {
  const answer = await readVisits(
    reader,
    { ...of, before: justAfter(of.before) },
    (visits) => visits.length >= mostEncounters,
  );
  return answer.ok ? { ok: true, value: answer.value.slice(0, mostEncounters) } : answer;
}

/** What began this very instant has begun. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString();
}

/** How many pages are asked for before the search is given up, and how many encounters a page has. */
const mostPages = 10;
const pageSize = 50;

/**
 * Visits before a time, newest first, until there are enough. The EHR is asked for those that took place; whether it heeds
 * that, or gives whatever it has, is seen page by page: any number of missed appointments hides no visit. A `next` link is
 * never followed: each page is asked for by the begin of the oldest encounter of the one before.
 */
async function readVisits(
  reader: UserReader,
  { patientId, before }: VisitsOf,
  enough: (visits: readonly Visit[]) => boolean,
): Promise<UserRead<readonly Visit[]>> {
  const visits = new Map<string, Visit>();
  let until = Date.parse(before);
  let byStatus = true;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await readAsUser(reader, `Encounter?${pageOf(patientId, until, byStatus)}`, 'Bundle');
    if (!answer.ok && answer.why === 'refused' && byStatus) {
      // some EHRs refuse what they cannot search by
      byStatus = false;
      continue;
    }
    if (!answer.ok) return answer;
    // an EHR that ignores a parameter answers with other patients' encounters
    const theirs = entriesOf(answer.value, 'Encounter').filter((entry) =>
      isAboutPatient(entry, patientId, { ehr: reader.tenant.fhirBase }),
    );
    const begun = theirs.flatMap(({ id, status, period }) => {
      const said = isObject(period) && typeof period.start === 'string' ? period.start : undefined;
      const start = said === undefined ? Number.NaN : momentSaid(said, reader.tenant.timeZone ?? 'UTC');
      return id === undefined || Number.isNaN(start) ? [] : [{ reference: `Encounter/${id}`, start, status }];
    });
    for (const { reference, start, status } of begun) {
      if (start >= Date.parse(before) || !tookPlace(status)) continue;
      visits.set(reference, { reference, start: new Date(start).toISOString(), status });
    }
    const oldest = Math.min(...begun.map(({ start }) => start));
    const found = [...visits.values()].sort((a, b) => b.start.localeCompare(a.start));
    if (enough(found) || !hasNext(answer.value) || !(oldest < until)) return { ok: true, value: found };
    until = oldest;
  }
  return { ok: true, value: [...visits.values()].sort((a, b) => b.start.localeCompare(a.start)) };
}

function pageOf(patientId: string, until: number, byStatus: boolean): URLSearchParams {
  return new URLSearchParams({
    patient: patientId,
    date: `lt${new Date(until).toISOString()}`,
    ...(byStatus ? { status: tookPlaceStates.join(',') } : {}),
    _sort: '-date',
    _count: String(pageSize),
  });
}

function hasNext({ link }: Record<string, unknown>): boolean {
  return Array.isArray(link) && link.filter(isObject).some(({ relation }) => relation === 'next');
}
