import { isAboutPatient } from '../../fhir/names-patient.ts';
import { isObject } from '../../foundation/is-object.ts';
import { mostVisits, type Visit } from '../../homework/patient/visit.ts';
import { tookPlace, tookPlaceStates } from '../../homework/plan/took-place.ts';
import type { FhirJson } from '../fhir-json.ts';
import { entriesOf, readAsUser, type UserRead, type UserReader } from './read-as-user.ts';
import { readVisit } from './read-visit.ts';

/** Whose encounters, and how many. */
export interface VisitsOf {
  readonly patientId: string;
  /** ISO instant: what began until then. */
  readonly until: string;
  /** Whether these are as many as are wanted; default: {@link mostVisits}. */
  readonly enough?: (visits: readonly Visit[]) => boolean;
}

/** How many pages are asked for before the search is given up, and how many encounters a page has. */
const mostPages = 10;
const pageSize = 50;
const dayMs = 86_400_000;
/** Where an EHR does not sort, so many days are asked for at once, and fewer when they do not fit on a page. */
const firstWindowDays = 64;
/** Before that nobody had homework. */
const earliest = Date.UTC(2000, 0, 1);

/**
 * The patient's latest encounters that have begun and took place, newest first, by a person's own token. The EHR is asked for those
 * that took place, newest first; whether it heeds that, or gives whatever it has, is seen page by page, and what it refuses is asked
 * again with less: any number of missed appointments hides no visit, and an EHR that gives the oldest first is asked for one
 * span of days after the other. A `next` link is never followed: each page is asked for by its dates.
 */
export async function searchVisits(
  reader: UserReader,
  { patientId, until: before, enough = (visits) => visits.length >= mostVisits }: VisitsOf,
): Promise<UserRead<readonly Visit[]>> {
  const visits = new Map<string, Visit>();
  // what began this very instant has begun
  const end = Date.parse(before) + 1;
  let span: Span = { until: end };
  let asking = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await readAsUser(reader, `Encounter?${questionOf(patientId, span, asking)}`, 'Bundle');
    if (!answer.ok && answer.why === 'refused' && asking < ways.length - 1) {
      asking += 1;
      continue;
    }
    if (!answer.ok) return answer;
    // an EHR that ignores a parameter answers with other patients' encounters
    const begun = entriesOf(answer.value, 'Encounter')
      .filter((entry) => isAboutPatient(entry, patientId, { ehr: reader.tenant.fhirBase }))
      .flatMap((entry) => readVisit(entry, reader) ?? []);
    for (const visit of begun) {
      if (Date.parse(visit.start) < end && tookPlace(visit.status)) visits.set(visit.reference, visit);
    }
    const found = newestFirst([...visits.values()]);
    const next = nextSpan(span, begun, hasNext(answer.value));
    if (next === undefined || (next.trusted && enough(found))) return { ok: true, value: found };
    span = next;
  }
  return { ok: true, value: newestFirst([...visits.values()]) };
}

/** From `from`, if it is said, until before `until`; in milliseconds. */
interface Span {
  readonly from?: number;
  readonly until: number;
}

/**
 * What is to be asked for after a page; undefined: there is no more, or no use in asking.
 * `trusted`: all that is newer than this span is known.
 */
function nextSpan(
  { from, until }: Span,
  begun: readonly Visit[],
  hasMore: boolean,
): (Span & { readonly trusted: boolean }) | undefined {
  const starts = begun.map(({ start }) => Date.parse(start));
  const sorted = starts.every((start, index) => index === 0 || start <= (starts[index - 1] ?? start));
  if (hasMore && sorted) {
    const oldest = Math.min(...starts);
    return oldest < until ? { ...(from === undefined ? {} : { from }), until: oldest, trusted: true } : undefined;
  }
  const width = from === undefined ? undefined : until - from;
  if (hasMore) {
    // it looks at no dates: what it gives is what can be had
    if (starts.every((start) => start < (from ?? start) - dayMs)) return undefined;
    const less = width === undefined ? firstWindowDays * dayMs : width / 4;
    if (less >= dayMs) return { from: until - less, until, trusted: false };
  }
  if (width === undefined || from === undefined || from < earliest) return undefined;
  return { from: from - width * 4, until: from, trusted: true };
}

function newestFirst(visits: readonly Visit[]): readonly Visit[] {
  return visits.toSorted((a, b) => b.start.localeCompare(a.start));
}

/** What is asked for, in the order in which it is left out where the EHR refuses a search by something that it does not know. */
const ways = [['status', 'sort', 'date'], ['sort', 'date'], ['date'], []] as const;

function questionOf(patientId: string, { from, until }: Span, asking: number): URLSearchParams {
  const way: readonly string[] = ways[asking] ?? [];
  const query = new URLSearchParams({ patient: patientId, _count: String(pageSize) });
  if (way.includes('date')) {
    query.append('date', `lt${new Date(until).toISOString()}`);
    if (from !== undefined) query.append('date', `ge${new Date(from).toISOString()}`);
  }
  if (way.includes('status')) query.set('status', tookPlaceStates.join(','));
  if (way.includes('sort')) query.set('_sort', '-date');
  return query;
}

function hasNext({ link }: FhirJson): boolean {
  return Array.isArray(link) && link.filter(isObject).some(({ relation }) => relation === 'next');
}
