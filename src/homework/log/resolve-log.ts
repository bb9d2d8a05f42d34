import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, LogResolution, Occurrence, PlanState } from '../model.ts';
import { invalidRequest, occurrenceById, occurrencesOf } from '../replace-in-state.ts';
import { dayOf, dayStart } from '../schedule/day-end.ts';
import { openOccurrence } from '../schedule/open-occurrence.ts';
import { scheduleOf, targetOf, timesOf } from '../schedule/schedule-of.ts';
import { askedOf, targetReached } from '../schedule/target-reached.ts';

/** How a log is tied, and the state with the occurrence it opened, if it opened one. */
export interface ResolvedLog {
  readonly state: PlanState;
  readonly resolution: LogResolution;
  readonly occurrence?: Occurrence;
}

/**
 * Ties a log to an occurrence: the one it names; else the open one whose time contains `performedAt`, for events the next;
 * else the latest missed one within its grace; else it is extra (the target is reached) or ad hoc. Decided once, at logging.
 * @throws IntersessionError `unknown-artefact` for an occurrence that isn't this assignment's
 */
export function resolveLog(
  state: PlanState,
  assignment: Assignment,
  log: { readonly occurrenceId?: string; readonly performedAt: Instant },
  at: Instant,
  rules: HomeworkRules,
): ResolvedLog {
  if (log.occurrenceId !== undefined) return named(state, assignment, log.occurrenceId, log.performedAt);
  const untied: ResolvedLog = { state, resolution: targetReached(state, assignment) ? 'extra' : 'ad-hoc' };

  const { performedAt } = log;
  const { timeZone } = state.plan;
  const own = occurrencesOf(state, assignment.id);
  const fits = ({ openedAt, lateUntil, superseded }: Occurrence) => {
    // the schedule in force says nothing of a time that it gave another for
    const from = superseded
      ? dayStart(dayOf(openedAt, timeZone), timeZone)
      : timesOf(assignment, openedAt, timeZone, rules).from;
    return performedAt >= from && performedAt < lateUntil;
  };
  const open = own.filter((occurrence) => occurrence.status === 'due' || occurrence.status === 'overdue').filter(fits);
  const begun = (occurrence: Occurrence) =>
    state.logs.some(({ occurrenceId, status }) => occurrenceId === occurrence.id && status === 'in-progress');

  // a time that another was given for takes what happened before that one was
  const asked = open.filter(({ superseded, openedAt }) => superseded !== true && openedAt <= performedAt);
  const free = [...asked, ...open].find((occurrence) => !begun(occurrence));
  if (free !== undefined) return tied(state, free, performedAt);
  const window = timesOf(assignment, at, timeZone, rules);
  const within = performedAt < window.lateUntil && at < window.lateUntil;
  if (
    open.length > 0 &&
    scheduleOf(assignment).type === 'event' &&
    askedOf(state, assignment.id).length < targetOf(assignment) &&
    within
  ) {
    // The one before is only begun: this is the next time it happened.
    const next = openOccurrence(state, assignment, at, rules);
    return tied(next.state, next.occurrence, performedAt);
  }
  const held = asked[0] ?? open[0];
  if (held !== undefined) return tied(state, held, performedAt);
  // of those that share an end the first: they stand by ordinal
  const missed = own
    .filter((occurrence) => occurrence.status === 'missed' && fits(occurrence))
    .sort((a, b) => b.dueUntil.localeCompare(a.dueUntil))[0];
  return missed === undefined ? untied : tied(state, missed, performedAt);
}

function tied(state: PlanState, occurrence: Occurrence, performedAt: Instant): ResolvedLog {
  return { state, occurrence, resolution: performedAt < occurrence.dueUntil ? 'resolved' : 'late' };
}

function named(state: PlanState, assignment: Assignment, occurrenceId: string, performedAt: Instant): ResolvedLog {
  const occurrence = occurrenceById(state, occurrenceId);
  if (occurrence.assignmentId !== assignment.id) throw invalidRequest('occurrenceId', 'belongs to another assignment');
  // It was done already: this is one more time.
  if (occurrence.status === 'done' || occurrence.status === 'late') return { state, resolution: 'extra' };
  if (occurrence.status === 'excused' || occurrence.status === 'paused') return { state, resolution: 'ad-hoc' };
  return tied(state, occurrence, performedAt);
}
