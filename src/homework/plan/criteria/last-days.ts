import type { Log } from '../../model.ts';
import { addDays, dayOf } from '../../schedule/day-end.ts';

/**
 * What was logged on each of the last days, by the patient's homework day. They end with the latest day on which there was something, not
 * with today: the verdict follows from the logs, not from when somebody looks.
 *
 * @param read what counts of a log; undefined: the log has nothing of it
 * @param days how many, counted back on the calendar; days without anything are left out of what comes back
 */
export function lastDays<Logged extends Pick<Log, 'performedAt'>, Value>(
  logs: readonly Logged[],
  { days, timeZone }: { readonly days: number; readonly timeZone: string },
  read: (log: Logged) => Value | undefined,
): readonly (readonly Value[])[] {
  const byDay = new Map<string, Value[]>();
  for (const log of logs) {
    const value = read(log);
    if (value === undefined) continue;
    const day = dayOf(log.performedAt, timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), value]);
  }
  const last = [...byDay.keys()].sort().at(-1);
  if (last === undefined) return [];
  const first = addDays(last, 1 - days);
  return [...byDay].flatMap(([day, values]) => (day >= first ? [values] : []));
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const mean = (values: readonly number[]): number => sum(values) / values.length;
