import type { PatientHomework, VisitView } from '../../contract/app/patient-homework.ts';
import { defined } from '../../foundation/defined.ts';
import { isOver, lastVisit, tookPart } from '../../homework/patient/last-visit.ts';
import type { Visit } from '../../homework/patient/visit.ts';
import type { AppSession } from '../../record/session/app-session.ts';

interface VisitsAsked {
  /** Now. */
  readonly at: string;
  readonly timeZone: string;
  /** Who made the plans that are shown. */
  readonly authors: readonly string[];
}

/** The visits that a session may choose a period by, and which of them is taken for the last; nothing where the EHR tells of none. */
export function visitsView(
  {
    sealed: { visits, alsoAs = [] },
    userReference,
    encounter,
  }: Pick<AppSession, 'sealed' | 'userReference' | 'encounter'>,
  { at, timeZone, authors }: VisitsAsked,
): Pick<PatientHomework, 'visits' | 'lastVisit'> {
  if (visits === undefined) return {};
  const asked = { ...{ at, timeZone, authors, launched: encounter }, me: [userReference, ...alsoAs] };
  const last = lastVisit(visits, asked);
  const view = (visit: Visit): VisitView => {
    const names = visit.people.flatMap(({ name }) => name ?? []);
    return {
      start: visit.start,
      ...(visit.said === 'day' ? { dayOnly: true } : {}),
      ...(isOver(visit, asked) ? {} : { goesOn: true }),
      ...(tookPart(visit, asked.me) ? { own: true } : {}),
      ...(names.length === 0 ? {} : { with: names.join(', ') }),
      ...defined({ what: visit.what, last: visit === last?.visit ? last.because : undefined }),
    };
  };
  return {
    visits: visits.filter(({ said, start }) => said !== 'vague' && start <= at).map(view),
    ...defined({ lastVisit: last?.visit.start }),
  };
}
