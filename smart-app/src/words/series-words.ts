import type { LocalDate, Occurrence } from '../../../src/homework/model.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import { type Place, writeDate } from './dates.ts';

/** Of which day and part of a day a time is: `today, morning`, `yesterday`, `Mon, Mar 2`. */
export function dayWords({ day, part }: Pick<Occurrence, 'day' | 'part'>, today: LocalDate, place: Place): string {
  const said =
    day === undefined || day === today ? 'today' : day === addDays(today, -1) ? 'yesterday' : writeDate(day, place);
  return part === undefined ? said : `${said}, ${part}`;
}

interface ToldTime {
  readonly series: Series | undefined;
  readonly today: LocalDate;
  readonly place: Place;
}

/** Which time of a series it is: by its day, or, where any day of a week will do, by its week: `the week of Mon, Mar 9`. */
export function timeWords(time: Pick<Occurrence, 'day' | 'part'>, { series, today, place }: ToldTime): string {
  if (series?.pattern.type !== 'per-week' || time.day === undefined) return dayWords(time, today, place);
  return `the week of ${writeDate(time.day, place)}`;
}
