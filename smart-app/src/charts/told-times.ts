import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Measure } from '../../../src/homework/log/measures-of.ts';
import type { Instant, LocalDate, Occurrence } from '../../../src/homework/model.ts';
import { dueDay } from '../../../src/homework/schedule/day-end.ts';
import { finishedLogs, occurrencesOf } from '../plan/steps.ts';

/** One time that a step was to be done, and when that is told on an axis of time: when it was done, or when it was over. */
export interface ToldTime {
  readonly id: string;
  readonly at: Instant;
  /** The day that it was of: a day is over when the next one begins. */
  readonly day: LocalDate;
  readonly status: Occurrence['status'];
}

/** The times, until now, of the steps that a measure was rated in; what is to be done still is not told. */
export function timesOf(
  view: PlanView,
  { measure, logs, now }: { readonly measure: Measure; readonly logs: readonly LogView[]; readonly now: Instant },
): readonly ToldTime[] {
  const read = new Set(measure.readings.map(({ logId }) => logId));
  const steps = new Set(logs.flatMap(({ id, assignmentId }) => (read.has(id) ? [assignmentId] : [])));
  return [...steps]
    .flatMap((step) => {
      const doneAt = new Map(
        finishedLogs(view, step).map(({ occurrenceId, performedAt }) => [occurrenceId, performedAt]),
      );
      return occurrencesOf(view, step).flatMap(
        ({ id, status, superseded, dueUntil, day = dueDay(dueUntil, view.plan.timeZone) }): readonly ToldTime[] =>
          superseded === true || status === 'due' ? [] : [{ id, status, day, at: doneAt.get(id) ?? dueUntil }],
      );
    })
    .filter(({ at }) => at <= now)
    .toSorted((time, other) => time.at.localeCompare(other.at));
}

/** How many were done of those that were asked for: `done 5 of 7 times, 1 of them late`. */
export function timesWords(times: readonly ToldTime[]): string {
  const count = (...statuses: readonly ToldTime['status'][]): number =>
    times.filter(({ status }) => statuses.includes(status)).length;
  const [late, left] = [count('late'), count('excused', 'paused')];
  return [
    `below: done ${count('done', 'late')} of ${times.length - left} times`,
    ...(late === 0 ? [] : [`${late} of them late`]),
    ...(left === 0 ? [] : [`${left} excused or paused`]),
  ].join(', ');
}
