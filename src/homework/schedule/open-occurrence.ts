import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { occurrencesOf, withOccurrence } from '../replace-in-state.ts';
import { timesOf } from './schedule-of.ts';

/** Makes the next occurrence of an assignment, due by its schedule, or overdue or missed when that time has passed. */
export function openOccurrence(
  state: PlanState,
  assignment: Assignment,
  at: Instant,
  rules: HomeworkRules,
): { readonly state: PlanState; readonly occurrence: Occurrence } {
  const { dueUntil, lateUntil } = timesOf(assignment, at, state.plan.timeZone, rules);
  const ordinal = (occurrencesOf(state, assignment.id).at(-1)?.ordinal ?? 0) + 1;
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

/**
 * Opens what a pause or a lock had taken out of the count, with the dates of the schedule now in force. What another time was given for
 * runs out by its own: the patient is not asked for both.
 */
export function reopenPaused(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { dueUntil, lateUntil } = timesOf(assignment, at, state.plan.timeZone, rules);
  return occurrencesOf(state, assignment.id)
    .filter(({ status }) => status === 'paused')
    .reduce((next, { reason: _reason, ...occurrence }) => {
      const days = occurrence.superseded ? {} : { dueUntil, lateUntil };
      const due: Occurrence = { ...occurrence, ...days, status: 'due', lastModified: at };
      return withOccurrence(next, passTime(due, at));
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
