import type { Instant, Log, Occurrence } from '../model.ts';
import type { CameTo } from './count-due.ts';

/**
 * What an occurrence counts as at an instant, for the count of a plan and of any time of it alike: what was done counts as due, also
 * before its day; what is open counts from its day on.
 */
export function cameTo({ status, dueUntil }: Pick<Occurrence, 'status' | 'dueUntil'>, at: Instant): CameTo {
  if (status === 'done' || status === 'late' || status === 'missed') return status;
  if (status !== 'due' && status !== 'overdue') return undefined;
  return dueUntil <= at ? 'overdue' : undefined;
}

interface Time {
  /** undefined: from the plan's beginning, and with whatever it counts from before it was made. */
  readonly from: Instant | undefined;
  readonly at: Instant;
  /** Finished ones. */
  readonly logs: readonly Pick<Log, 'occurrenceId' | 'performedAt' | 'authored'>[];
}

/**
 * The same for a time that began at `from`: what is overdue is so in each time, and the rest belongs to where it ended, or to where its
 * log was written.
 */
export function cameSince(
  occurrence: Pick<Occurrence, 'id' | 'status' | 'dueUntil' | 'endedAt'>,
  { from, at, logs }: Time,
): CameTo {
  const came = cameTo(occurrence, at);
  if (came === undefined || came === 'overdue' || from === undefined) return came;
  if ((occurrence.endedAt ?? occurrence.dueUntil) >= from) return came;
  const isOfTime = logs.some(
    ({ occurrenceId, performedAt, authored }) =>
      occurrenceId === occurrence.id && (performedAt >= from || authored >= from),
  );
  return isOfTime ? came : undefined;
}
