import type { Occurrence } from '../../../src/homework/model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { dueWords, type Place } from '../words/dates.ts';
import { occurrenceWords } from '../words/occurrence-words.ts';

interface OccurrenceDotsProps {
  readonly occurrences: readonly Occurrence[];
  readonly now: string;
  readonly place: Place;
  /** How many times in all, when more are to come. */
  readonly target: number;
  /** Those of which the log says that it was not done. */
  readonly notDone?: readonly string[];
  /** What is said of one that was logged, where nobody looks into its log: what that says, it may not have been done. */
  readonly loggedWords?: string;
}

export const occurrenceSigns: Readonly<Record<Occurrence['status'], IconName | undefined>> = {
  due: undefined,
  overdue: 'bang',
  done: 'check',
  late: 'check',
  missed: 'dash',
  excused: 'slash',
  paused: 'pause',
};

const loggedNotDone = { words: 'logged, not done', tone: 'care' } as const;

/** A dot for each time a step is to be done; the same is said in words for who does not see them. */
export function OccurrenceDots({ occurrences, now, place, target, notDone = [], loggedWords }: OccurrenceDotsProps) {
  if (occurrences.length === 0) return null;
  const toCome = Math.max(
    0,
    target - occurrences.filter(({ status, superseded }) => status !== 'excused' && superseded !== true).length,
  );
  return (
    <ul className="dots" aria-label="Each time it is to be done">
      {occurrences.map((occurrence) => {
        const logged = notDone.includes(occurrence.id);
        const { words: known, tone } = logged ? loggedNotDone : occurrenceWords[occurrence.status];
        // the words of what was logged alone have its tone
        const words = tone === 'good' && loggedWords ? loggedWords : known;
        const sign = logged ? 'dash' : occurrenceSigns[occurrence.status];
        const open = occurrence.status === 'due' || occurrence.status === 'overdue';
        const when = open ? `, ${dueWords(occurrence.dueUntil, now, place)}` : '';
        return (
          <li
            key={occurrence.id}
            className={`dot ${tone} ${logged ? 'missed' : occurrence.status}`}
            title={`${words}${when}`}
          >
            {sign === undefined ? null : <Icon name={sign} />}
            <span className="hidden-words">
              {occurrence.ordinal}: {words}
              {when}
            </span>
          </li>
        );
      })}
      {Array.from({ length: toCome }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: times to come are all alike
        <li key={`to-come-${index}`} className="dot to-come">
          <span className="hidden-words">to come</span>
        </li>
      ))}
    </ul>
  );
}
