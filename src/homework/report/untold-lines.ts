import type { ChangeSinceFiling } from './changes-since-filing.ts';
import { summariseChanges } from './summarise-changes.ts';

/** Where a change that a note leaves out is told: in the chart by itself, by an addendum, or nowhere there as it is now. */
export type ToldWhere = 'chart' | 'addendum' | 'nowhere';

export interface UntoldChange extends Pick<ChangeSinceFiling, 'change'> {
  readonly told: ToldWhere;
}

const places: readonly ToldWhere[] = ['chart', 'addendum', 'nowhere'];

/** What came in the time of a note and is not in it, because an earlier note tells of the time that it is about: a line for each place. */
export function untoldLines(changes: readonly UntoldChange[]): readonly string[] {
  return places.flatMap((place) => {
    const here = changes.filter(({ told }) => told === place);
    if (here.length === 0) return [];
    return [
      `Not in this note, because an earlier one tells of that time: ${summariseChanges(here)}. ${where(place, here.length === 1)}`,
    ];
  });
}

function where(place: ToldWhere, one: boolean): string {
  const them = one ? 'it' : 'them';
  if (place === 'addendum') return `An addendum to that note is to tell ${them} at the end of the day.`;
  const are = one ? 'It is' : 'They are';
  return place === 'chart'
    ? `${are} in the chart by ${one ? 'itself' : 'themselves'}.`
    : `${are} not in the chart as ${one ? 'it is' : 'they are'} now: “Where this stands in this EHR” says why.`;
}
