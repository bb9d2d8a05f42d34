import type { Series } from '../../../src/homework/schedule/schedule.ts';
import { enoughWords } from '../../../src/homework/schedule/schedule-words.ts';
import type { ThisWeek } from '../plan/this-week.ts';

/** How this week goes, and what is enough of it: `2 of 7 this week. 5 of 7 is good.` */
export function weekWords({ done, asked }: ThisWeek, series: Series | undefined): string {
  const so = `${done} of ${asked} this week.`;
  const enough = series && enoughWords(series);
  if (series?.enough === undefined || enough === undefined) return so;
  return done >= series.enough ? `${so} That is good already.` : `${so} ${enough}.`;
}
