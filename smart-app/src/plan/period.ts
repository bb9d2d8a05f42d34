import type { PatientHomework, VisitView } from '../../../src/contract/app/patient-homework.ts';
import type { Instant, LocalDate } from '../../../src/homework/model.ts';
import { addDays, dayOf, dayStart } from '../../../src/homework/schedule/day-end.ts';

/** The time that a clinician wants to be told of, up to now; when they chose none, it is since the last visit. */
export type PeriodChoice =
  | { readonly by: 'visit'; readonly start: Instant }
  | { readonly by: 'date'; readonly date: LocalDate }
  | { readonly by: 'days'; readonly days: number }
  | { readonly by: 'plan' };

/** How many days back can be chosen. */
export const daysBack = [7, 14, 30] as const;

type Known = Pick<PatientHomework, 'now' | 'visits' | 'lastVisit'>;

/** Where the time begins; undefined: with the plan. */
export function periodBegin(
  choice: PeriodChoice | undefined,
  { now, lastVisit }: Known,
  timeZone: string,
): Instant | undefined {
  switch (choice?.by) {
    case undefined:
      return lastVisit;
    case 'visit':
      return choice.start;
    case 'date':
      return dayStart(choice.date, timeZone);
    case 'days':
      return dayStart(addDays(dayOf(now, timeZone), -choice.days), timeZone);
    case 'plan':
      return undefined;
  }
}

/** Visits that a time can begin with: those that are over, newest first. */
export function visitsToChoose({ visits = [] }: Known): readonly VisitView[] {
  return visits.filter(({ goesOn }) => goesOn !== true);
}

/** The visit that the time begins with, if it does with one that is known. */
export function visitOf(choice: PeriodChoice | undefined, known: Known): VisitView | undefined {
  const start = choice === undefined ? known.lastVisit : choice.by === 'visit' ? choice.start : undefined;
  return (known.visits ?? []).find((visit) => visit.start === start);
}

/** A choice as it is kept for a reload of the tab. */
export function isPeriodChoice(value: unknown): value is PeriodChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { by, start, date, days } = value as Readonly<Record<string, unknown>>;
  if (by === 'visit') return typeof start === 'string' && !Number.isNaN(Date.parse(start));
  if (by === 'date') return isChosenDate(date);
  if (by === 'days') return daysBack.some((of) => of === days);
  return by === 'plan';
}

/** Whether a date field holds a whole date that a period can begin with: while one types, the year is 0002. */
export function isChosenDate(date: unknown): date is LocalDate {
  return typeof date === 'string' && /^[12]\d{3}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
}
