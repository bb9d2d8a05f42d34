import type { PatientHomework, VisitView } from '../../../src/contract/app/patient-homework.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { type PeriodChoice, visitOf } from '../plan/period.ts';
import { type Place, writeDate, writeDayNear } from './dates.ts';

interface PeriodToSay {
  readonly choice: PeriodChoice | undefined;
  readonly homework: Pick<PatientHomework, 'now' | 'visits' | 'lastVisit' | 'plans'>;
  /** Where the time begins that is shown: where the plan is younger than what was chosen, with the plan. */
  readonly from: Instant;
  /** Where the time would begin by what was chosen. */
  readonly asked: Instant | undefined;
  readonly place: Place;
}

/** The heading of a time, never more than is known: which visit it is, or that it is only the last that we can see. */
export function periodTitle({ choice, homework, from, asked, place }: PeriodToSay): string {
  if (choice?.by === 'days') return `The last ${choice.days} days`;
  if (asked === undefined || from !== asked)
    return homework.plans.length > 1 ? 'Since the first plan began' : 'Since the plan began';
  if (choice?.by === 'date') return `Since ${writeDate(choice.date, place)}`;
  const visit = visitOf(choice, homework);
  if (visit === undefined) return choice === undefined ? 'Since the last visit' : 'Since the visit that was chosen';
  return `Since ${visitWords(visit, { now: homework.now, place })}`;
}

/** `your visit on Wed, Mar 18`, `the visit with Dr. Jonas Lindqvist on …`, `the last visit we can see, …` */
export function visitWords(
  { start, own, with: who, last }: VisitView,
  { now, place }: { readonly now: Instant; readonly place: Place },
): string {
  const day = writeDayNear(start, now, place);
  if (own === true) return `your visit on ${day}`;
  if (last === 'seen') return `the last visit we can see, ${day}`;
  return who === undefined ? `the visit on ${day}` : `the visit with ${who} on ${day}`;
}

/** What is to be said about the time beside its heading; undefined: nothing. */
export function periodNote({ choice, homework, from, asked, place }: PeriodToSay): string | undefined {
  const { visits, now, plans } = homework;
  if (asked !== undefined && from !== asked) {
    const begun = plans.length > 1 ? 'The first plan began' : 'The plan began';
    return `${begun} on ${writeDayNear(from, now, place)}, after ${askedWords({ choice, homework, place })}.`;
  }
  if (choice !== undefined) return undefined;
  if (visits === undefined) return 'Visits cannot be seen with this sign-in.';
  const last = visitOf(choice, homework);
  if (last === undefined) return 'No earlier visit that is known to be of this care.';
  if (last.last === 'seen')
    return last.with === undefined
      ? 'This EHR does not say with whom it was.'
      : `With ${last.with}, as far as this EHR says.`;
  if (last.last === 'same-care') return `The same kind of care as today’s visit${last.what ? `: ${last.what}` : ''}.`;
  return undefined;
}

function askedWords({ choice, homework, place }: Pick<PeriodToSay, 'choice' | 'homework' | 'place'>): string {
  if (choice?.by === 'days') return `the first of these ${choice.days} days`;
  if (choice?.by === 'date') return writeDate(choice.date, place);
  const visit = visitOf(choice, homework);
  return visit === undefined ? 'the last visit' : visitWords(visit, { now: homework.now, place });
}

/** A visit as one of a list: its day, with whom, and what it was. */
export function visitChoice({ start, own, with: who, what }: VisitView, now: Instant, place: Place): string {
  const whom = own === true ? 'with you' : who === undefined ? '' : `with ${who}`;
  return [writeDayNear(start, now, place), whom, what ?? ''].filter((words) => words !== '').join(' · ');
}
