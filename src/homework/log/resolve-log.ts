import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Log, LogResolution, Occurrence, PlanState } from '../model.ts';
import { invalidRequest, occurrenceById, occurrencesOf } from '../replace-in-state.ts';
import { dayOf, dayStart } from '../schedule/day-end.ts';
import { openOccurrence } from '../schedule/open-occurrence.ts';
import { scheduleOf, targetOf } from '../schedule/schedule-of.ts';
import { sessionHeldBy, startSession } from '../schedule/start-session.ts';
import { askedOf, targetReached } from '../schedule/target-reached.ts';
import { timesOf } from '../schedule/times-of.ts';
import { resolvedAs, timeOfSeries } from './resolve-series-log.ts';

/** How a log is tied, and the state with the occurrence it opened, if it opened one. */
export interface ResolvedLog {
  readonly state: PlanState;
  readonly resolution: LogResolution;
  readonly occurrence?: Occurrence;
}

/** What is known of a log before it is one. */
export type LogToTie = Pick<Log, 'performedAt'> & Partial<Pick<Log, 'occurrenceId' | 'source' | 'via'>>;

/**
 * Ties a log to an occurrence: the one it names; else the open one whose time contains `performedAt`, for events the next;
 * else the latest missed one within its grace; else it is extra (the target is reached) or ad hoc. Decided once, at logging.
 * @throws IntersessionError `unknown-artefact` for an occurrence that isn't this assignment's
 */
export function resolveLog(
  state: PlanState,
  assignment: Assignment,
  log: LogToTie,
  at: Instant,
  rules: HomeworkRules,
): ResolvedLog {
  if (log.occurrenceId !== undefined) return named(state, assignment, log, at);
  const untied: ResolvedLog = { state, resolution: targetReached(state, assignment) ? 'extra' : 'ad-hoc' };
  const { type } = scheduleOf(assignment);
  if (type === 'series') return ofSeries(untied, assignment, log, at);
  const begins = type === 'sessions' && sessionHeldBy(state, assignment, at) === undefined;
  const isOfSession = begins && log.source?.type === 'practitioner' && untied.resolution === 'ad-hoc';
  // what a clinician writes down of a session was one, also when nobody said that it begins
  if (isOfSession) return inSession(state, assignment, log, at, rules);

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
  if (free !== undefined) return tied(state, free, log, at);
  const window = timesOf(assignment, at, timeZone, rules);
  const within = performedAt < window.lateUntil && at < window.lateUntil;
  if (
    open.length > 0 &&
    scheduleOf(assignment).type === 'event' &&
    askedOf(state, assignment.id).length < (targetOf(assignment) ?? 0) &&
    within
  ) {
    // The one before is only begun: this is the next time it happened.
    const next = openOccurrence(state, assignment, at, rules);
    return tied(next.state, next.occurrence, log, at);
  }
  const held = asked[0] ?? open[0];
  if (held !== undefined) return tied(state, held, log, at);
  // of those that share an end the first: they stand by ordinal
  const missed = own
    .filter((occurrence) => occurrence.status === 'missed' && fits(occurrence))
    .sort((a, b) => b.dueUntil.localeCompare(a.dueUntil))[0];
  return missed === undefined ? untied : tied(state, missed, log, at);
}

function tied(state: PlanState, occurrence: Occurrence, log: LogToTie, at: Instant): ResolvedLog {
  return { state, occurrence, resolution: resolvedAs(occurrence, log, at) };
}

function ofSeries(untied: ResolvedLog, assignment: Assignment, log: LogToTie, at: Instant): ResolvedLog {
  const { time, isExtra } = timeOfSeries(untied.state, assignment, log.performedAt);
  if (time !== undefined) return tied(untied.state, time, log, at);
  return isExtra ? { ...untied, resolution: 'extra' } : untied;
}

function inSession(
  state: PlanState,
  assignment: Assignment,
  log: LogToTie,
  at: Instant,
  rules: HomeworkRules,
): ResolvedLog {
  const begun = startSession(state, { assignmentId: assignment.id }, at, rules);
  return tied(begun.state, begun.occurrence, log, at);
}

function named(state: PlanState, assignment: Assignment, log: LogToTie, at: Instant): ResolvedLog {
  const occurrence = occurrenceById(state, log.occurrenceId ?? '');
  if (occurrence.assignmentId !== assignment.id) throw invalidRequest('occurrenceId', 'belongs to another assignment');
  // It was done already: this is one more time.
  if (occurrence.status === 'done' || occurrence.status === 'late') return { state, resolution: 'extra' };
  if (occurrence.status === 'excused' || occurrence.status === 'paused') return { state, resolution: 'ad-hoc' };
  return tied(state, occurrence, log, at);
}
