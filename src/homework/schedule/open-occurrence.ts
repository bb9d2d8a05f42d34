import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { occurrencesOf, withOccurrence } from '../replace-in-state.ts';
import { scheduleOf } from './schedule-of.ts';
import { timesNow } from './times-now.ts';
import { timesOf } from './times-of.ts';
import { visitTimes } from './visit-times.ts';

/** Makes the next occurrence of an assignment, due by its schedule, or overdue or missed when that time has passed. */
export function openOccurrence(
  state: PlanState,
  assignment: Assignment,
  at: Instant,
  rules: HomeworkRules,
): { readonly state: PlanState; readonly occurrence: Occurrence } {
  const { dueUntil, lateUntil } = timesToGive(state, assignment, at, rules);
  const ordinal = timesNow(state, assignment.id).lastOrdinal + 1;
  const made: Occurrence = {
    id: `${assignment.id}.${ordinal}`,
    assignmentId: assignment.id,
    planId: assignment.planId,
    patientId: assignment.patientId,
    ordinal,
    status: 'due',
    openedAt: at < dueUntil ? at : dueUntil,
    dueUntil,
    lateUntil,
    lastModified: at,
  };
  const occurrence = passTime(made, at);
  return { state: withOccurrence(state, occurrence), occurrence };
}

/** When the time that is given now is due. */
export function timesToGive(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules) {
  const isForVisit = scheduleOf(assignment).type === 'at-visit';
  return isForVisit ? visitTimes(state, assignment, at, rules) : timesOf(assignment, at, state.plan.timeZone, rules);
}

/**
 * Opens what a pause or a lock had taken out of the count, with the dates of the schedule now in force. What another time was given for
 * runs out by its own: the patient is not asked for both.
 */
export function reopenPaused(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (scheduleOf(assignment).type === 'series') return reopenSeries(state, assignment, at);
  const { dueUntil, lateUntil } = timesToGive(state, assignment, at, rules);
  return occurrencesOf(state, assignment.id)
    .filter(({ status }) => status === 'paused')
    .reduce((next, { reason: _reason, ...occurrence }) => {
      const days = occurrence.superseded ? {} : { dueUntil, lateUntil };
      const due: Occurrence = { ...occurrence, ...days, status: 'due', lastModified: at };
      return withOccurrence(next, passTime(due, at));
    }, state);
}

/**
 * A day of a series is no other day: what is due still is due again, as is what was overdue before the pause or the lock and has grace
 * left; what ended in between is excused.
 */
function reopenSeries(state: PlanState, assignment: Assignment, at: Instant): PlanState {
  return timesNow(state, assignment.id).paused.reduce((next, occurrence) => {
    const { dueUntil, lateUntil, lastModified: pausedAt, reason, ...rest } = occurrence;
    const goesOn = dueUntil > at || (dueUntil <= pausedAt && lateUntil > at);
    const became: Occurrence = goesOn
      ? passTime({ ...rest, dueUntil, lateUntil, status: 'due', lastModified: at }, at)
      : { ...occurrence, status: 'excused', reason: reason ?? 'its day lay in a pause', endedAt: at, lastModified: at };
    return withOccurrence(next, became);
  }, state);
}

/** Takes open occurrences out of the count until they are opened again. */
export function pauseOccurrences(state: PlanState, assignmentId: string, at: Instant, reason?: string): PlanState {
  return occurrencesOf(state, assignmentId)
    .filter(({ status }) => status === 'due' || status === 'overdue')
    .reduce(
      (next, occurrence) =>
        withOccurrence(next, {
          ...occurrence,
          status: 'paused',
          ...defined({ reason }),
          lastModified: at,
        }),
      state,
    );
}

/** What is overdue still, and another time was given for, was missed when enough is done; a log within its grace makes it late as ever. */
export function missSuperseded(state: PlanState, assignmentId: string, at: Instant): PlanState {
  return occurrencesOf(state, assignmentId)
    .filter(({ status, superseded }) => status === 'overdue' && superseded)
    .reduce(
      (next, occurrence) => withOccurrence(next, { ...occurrence, status: 'missed', endedAt: at, lastModified: at }),
      state,
    );
}

/** Excuses what is still open or paused because its assignment ended: it was never missed. */
export function endOccurrences(state: PlanState, assignmentId: string, at: Instant, reason: string): PlanState {
  return occurrencesOf(state, assignmentId)
    .filter(({ status }) => status === 'due' || status === 'overdue' || status === 'paused')
    .reduce(
      (next, occurrence) =>
        withOccurrence(next, { ...occurrence, status: 'excused', reason, endedAt: at, lastModified: at }),
      state,
    );
}

/** An open occurrence as it stands at `at`: overdue when its due day ended, missed when its grace did; else the same object. */
export function passTime(occurrence: Occurrence, at: Instant): Occurrence {
  const { status, dueUntil, lateUntil } = occurrence;
  if (status !== 'due' && status !== 'overdue') return occurrence;
  if (at >= lateUntil) return { ...occurrence, status: 'missed', endedAt: lateUntil, lastModified: at };
  if (at >= dueUntil && status === 'due') return { ...occurrence, status: 'overdue', lastModified: at };
  return occurrence;
}
