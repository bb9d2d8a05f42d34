import type { BarrierView } from '../../../src/contract/app/plan-view.ts';
import { type Place, writeDay } from './dates.ts';
import { isolate } from './isolate.ts';
import { toldBy, toldWords } from './told-words.ts';
import type { UnlockedAround } from './unlocked-words.ts';

/**
 * When a barrier was talked over, and by whom as far as it is known: `You talked it over on Wed, Mar 25`; without a full stop.
 * Of one before that was kept only the day is known.
 */
export function talkedOverWords(
  { talkedOverAt, talkedOver }: BarrierView,
  place: Place,
  { reader, names }: Pick<UnlockedAround, 'reader' | 'names'>,
): string {
  const day = talkedOverAt === undefined ? '' : ` on ${writeDay(talkedOverAt, place)}`;
  if (talkedOver === undefined) return `Talked over${day}`;
  const { by, reportedBy } = talkedOver;
  if (by === undefined) return `Talked over${day}${reportedBy === undefined ? '' : `, ${toldBy(talkedOver)}`}`;
  // whom a source system names is no sign-in: never "you"
  const who = by === reader && reportedBy === undefined ? 'You' : isolate(names.get(by) ?? 'A clinician');
  return `${who} talked it over${day}${toldWords(talkedOver)}`;
}
