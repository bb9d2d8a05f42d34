import type { StandingView } from '../../../src/contract/app/patient-homework.ts';
import { type Place, writeDate, writeDay } from './dates.ts';

/** What is to be known of how a patient stands in the EHR. */
export interface StandingNotice {
  readonly title: string;
  readonly words: string;
}

/** What a page says of somebody who has died, by the word of whoever keeps the record. */
export function deathNotice({ deceased }: StandingView, who: string, place: Place): StandingNotice {
  const at = deceased?.at;
  // where the EHR says a day, it stands here as that day's beginning in UTC
  const day = at?.endsWith('T00:00:00.000Z') === true ? writeDate(at.slice(0, 10), place) : undefined;
  const when = at === undefined ? '' : ` It names ${day ?? writeDay(at, place)}.`;
  return {
    title: `${who} says that this patient has died`,
    words: `${when === '' ? '' : `${when.trim()} `}Nothing is overdue any more. If that is a mistake, please have it corrected there.`,
  };
}
