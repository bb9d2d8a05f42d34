import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { type Place, writeDate } from './dates.ts';
import { isolate } from './isolate.ts';

export type PlanChangeView = NonNullable<PlanView['plan']['changes']>[number];

/** What was changed of a plan's own words and its last day, each in a few words: `Ends Fri, Apr 24 instead of Sun, Apr 12`. */
export function planChangedWords(
  { title, description, end, goals = [], daysOff }: PlanChangeView,
  place: Place,
): readonly string[] {
  const ends = (day: string | undefined): string => (day === undefined ? 'no last day' : writeDate(day, place));
  return [
    ...(title === undefined ? [] : [`Name: “${isolate(title.to ?? '')}” instead of “${isolate(title.from ?? '')}”`]),
    ...(description === undefined ? [] : ['Its description was reworded']),
    ...(end === undefined ? [] : [`Its last day: ${ends(end.to)} instead of ${ends(end.from)}`]),
    ...(daysOff === undefined ? [] : [`Days off: ${offWords(daysOff.to ?? [], place)}`]),
    ...goals.map(({ from, to }) => `Goal: “${isolate(to ?? '')}” instead of “${isolate(from ?? '')}”`),
  ];
}

type DaysOff = NonNullable<NonNullable<PlanChangeView['daysOff']>['to']>;

function offWords(daysOff: DaysOff, place: Place): string {
  if (daysOff.length === 0) return 'none';
  return daysOff
    .map(({ from, to }) =>
      from === to ? writeDate(from, place) : `${writeDate(from, place)} to ${writeDate(to, place)}`,
    )
    .join(', ');
}
