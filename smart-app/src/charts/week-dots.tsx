import type { LocalDate } from '../../../src/homework/model.ts';
import { Icon } from '../parts/icon.tsx';
import type { ThisWeek, WeekTime } from '../plan/this-week.ts';
import type { Place } from '../words/dates.ts';
import { occurrenceWords } from '../words/occurrence-words.ts';
import { dayWords } from '../words/series-words.ts';
import { occurrenceSigns } from './occurrence-dots.tsx';

interface WeekDotsProps {
  readonly week: ThisWeek;
  readonly today: LocalDate;
  readonly place: Place;
}

/** A dot for each time of a week, under its day where it has one; the same is said in words for who does not see them. */
export function WeekDots({ week: { times }, today, place }: WeekDotsProps) {
  if (times.length === 0) return null;
  return (
    <ul className="dots" aria-label="This week">
      {times.map((time, index) => {
        const { words, tone } = standing(time);
        const sign = time.status === 'to-come' ? undefined : occurrenceSigns[time.status];
        const { day } = time;
        return (
          <li
            key={time.id ?? `${day} ${time.part} ${index}`}
            className={`dot ${tone} ${time.status}${day === today ? ' today' : ''}`}
          >
            {sign === undefined ? (
              <span aria-hidden="true">{day === undefined ? '' : letterOf(day, place)}</span>
            ) : (
              <Icon name={sign} />
            )}
            <span className="hidden-words">
              {day === undefined ? `Time ${index + 1}` : dayWords(time, today, place)}: {words}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function standing({ status }: WeekTime): { readonly words: string; readonly tone: string } {
  if (status === 'to-come') return { words: 'to come', tone: '' };
  // a day that was left out is no reproach, and what is logged says whether it was done
  if (status === 'overdue') return { words: 'can still be filled in', tone: 'open' };
  if (status === 'missed') return { words: 'left out', tone: '' };
  const { words, tone } = occurrenceWords[status];
  return tone === 'good' ? { words: 'written down', tone } : { words, tone };
}

/** `M`, as the reader's language has it. */
function letterOf(day: LocalDate, { language }: Place): string {
  return new Intl.DateTimeFormat(language, { weekday: 'narrow', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
