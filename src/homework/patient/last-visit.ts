import { calendarDay } from '../schedule/day-end.ts';
import type { EhrReference, Instant } from '../values.ts';
import type { Visit } from './visit.ts';

/**
 * Why a visit is taken for the last one, the surest first: the clinician took part; somebody did who made a plan of this patient;
 * it was of the same kind as the one that is going on; it is the last that can be seen, and nothing is known against it.
 */
export const lastVisitReasons = ['own', 'of-the-plans', 'same-care', 'seen'] as const;
export type LastVisitReason = (typeof lastVisitReasons)[number];

interface LastVisitAsked {
  /** Now. */
  readonly at: Instant;
  /** Whose day it is. */
  readonly timeZone: string;
  /** All references by which the clinician goes: `Practitioner/…`, `PractitionerRole/…`. */
  readonly me: readonly EhrReference[];
  /** Who made the plans. */
  readonly authors: readonly EhrReference[];
  /** The encounter that the app was opened in. */
  readonly launched?: EhrReference | undefined;
}

/** A stay, or care that nobody comes to by appointment. @see https://terminology.hl7.org/ValueSet-v3-ActEncounterCode.html */
const stays: readonly (string | undefined)[] = ['EMER', 'IMP', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'FLD'];
/** A visit may last past midnight; what began so long ago and has no end is no visit that goes on. */
const longestHours = 12;

/**
 * The visit since which a clinician wants to know what happened: over, and of their own care. What is going on now, or was
 * today, is none; an emergency, a stay, a blood draw or somebody else's patient hour neither, unless nothing tells them apart.
 * @param visits newest first, of one patient
 */
export function lastVisit(
  visits: readonly Visit[],
  asked: LastVisitAsked,
): { readonly visit: Visit; readonly because: LastVisitReason } | undefined {
  const past = visits.filter((visit) => isOver(visit, asked) && visit.said !== 'vague');
  const lastWith = (people: readonly EhrReference[]) => past.find((visit) => tookPart(visit, people));
  const own = lastWith(asked.me);
  if (own !== undefined) return { visit: own, because: 'own' };
  const outpatient = past.filter(({ setting }) => !stays.includes(setting));
  const ofThePlans = outpatient.find((visit) => tookPart(visit, asked.authors));
  if (ofThePlans !== undefined) return { visit: ofThePlans, because: 'of-the-plans' };
  const now = visits.filter((visit) => isThisVisit(visit, asked));
  const alike = outpatient.find((visit) => now.some((current) => isSameCare(visit, current) === true));
  if (alike !== undefined) return { visit: alike, because: 'same-care' };
  const seen = outpatient.find(
    (visit) => visit.people.length === 0 && now.every((current) => isSameCare(visit, current) !== false),
  );
  return seen === undefined ? undefined : { visit: seen, because: 'seen' };
}

/** Whether a visit is behind us: not going on, not today's, not the one that the app was opened in. */
export function isOver(
  { reference, start, end, status, setting }: Visit,
  { at, timeZone, launched }: Pick<LastVisitAsked, 'at' | 'timeZone' | 'launched'>,
): boolean {
  if (reference === launched || start >= at) return false;
  if (calendarDay(start, timeZone) === calendarDay(at, timeZone)) return false;
  if (end !== undefined) return end <= at;
  if (hoursBetween(start, at) < longestHours) return false;
  // left open by whoever should have closed it: in an hour's visit nobody sits for days, in a stay they do
  return status === 'finished' || !stays.includes(setting);
}

function isThisVisit(visit: Visit, asked: LastVisitAsked): boolean {
  if (visit.reference === asked.launched) return true;
  return !isOver(visit, asked) && tookPart(visit, asked.me);
}

export function tookPart({ people }: Pick<Visit, 'people'>, references: readonly EhrReference[]): boolean {
  return people.some(({ reference }) => reference !== undefined && references.includes(reference));
}

/** undefined: one of them does not say of what kind it is, or they say it by different things. */
function isSameCare(visit: Visit, other: Visit): boolean | undefined {
  const kindOf = (care: string) => care.slice(0, care.indexOf('|'));
  const comparable = visit.care.filter((care) => other.care.some((of) => kindOf(of) === kindOf(care)));
  if (comparable.length === 0) return undefined;
  // the service says more than the type: a follow-up of two clinics is not the same care
  const byService = comparable.filter((care) => kindOf(care) === 'service');
  return (byService.length > 0 ? byService : comparable).some((care) => other.care.includes(care));
}

function hoursBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}
