import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import { type Place, writeTime } from './dates.ts';
import { isolate } from './isolate.ts';
import { toldWords } from './told-words.ts';
import type { UnlockedAround } from './unlocked-words.ts';

/** The signals that were closed in the time that begins at `from`, the latest raised first; of what was raised in it and is open, the banner tells. */
export function closedSince({ safety }: PatientHomework, from: string): readonly SafetySignalView[] {
  return safety?.closed?.filter(({ closedAt }) => closedAt !== undefined && closedAt >= from) ?? [];
}

/** When it was raised, when closed, and by whom as far as it is known: `raised Wed, Mar 25, 2:10 PM, closed Wed, Mar 25, 2:31 PM by you`. */
export function closedSignalWords(
  { raisedAt, closedAt, closedBy, closedReportedBy }: SafetySignalView,
  place: Place,
  { reader, names }: Pick<UnlockedAround, 'reader' | 'names'>,
): string {
  const own = closedBy === reader && closedReportedBy === undefined;
  const by =
    closedBy === undefined
      ? ''
      : ` by ${own ? 'you' : isolate(names.get(closedBy) ?? 'a clinician')}${toldWords(closedReportedBy === undefined ? {} : { reportedBy: closedReportedBy })}`;
  return `raised ${writeTime(raisedAt, place)}, closed${closedAt === undefined ? '' : ` ${writeTime(closedAt, place)}`}${by}`;
}
