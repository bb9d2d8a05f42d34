import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { occurrencesOf, withAssignment, withOccurrence } from '../replace-in-state.ts';
import { openOccurrence, passTime } from '../schedule/open-occurrence.ts';
import { scheduleOf, targetOf, timesOf } from '../schedule/schedule-of.ts';
import { askedOf, targetReached } from '../schedule/target-reached.ts';
import { applyMove } from './apply-move.ts';
import { settle } from './settle.ts';

/**
 * Makes the moves that time makes: overdue when the due day ended, missed when the late window closed, and what follows.
 * Idempotent: sweeping again at the same time returns the same state object. A paused or locked step stands still, and so
 * does everything of a patient who has died.
 */
export function sweep(state: PlanState, at: Instant, rules: HomeworkRules): PlanState {
  if (state.plan.status !== 'active') return state;
  if (hasDied(state, at)) return standStill(state, at);
  const swept = state.assignments.reduce((next, assignment) => sweepOne(next, assignment, at, rules), state);
  return settle(swept, at, rules);
}

/**
 * Nothing is overdue of somebody who has died: what was, is due again, so that it becomes overdue anew should the EHR
 * take it back; nothing is missed, opened or unlocked any more.
 */
function standStill(state: PlanState, at: Instant): PlanState {
  const overdue = state.occurrences.filter(({ status }) => status === 'overdue');
  const still = overdue.reduce(
    (next, occurrence) => withOccurrence(next, { ...occurrence, status: 'due', lastModified: at }),
    state,
  );
  return still.assignments
    .filter(({ businessStatus }) => businessStatus === 'overdue')
    .reduce((next, assignment) => withAssignment(next, applyMove(assignment, 'excused', at)), still);
}

function sweepOne(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { status, businessStatus } = assignment;
  const live = status === 'requested' || status === 'received' || status === 'accepted' || status === 'in-progress';
  if (!live || businessStatus === 'paused') return state;
  const passed = closeWindow(passOccurrences(state, assignment.id, at), assignment, at, rules);
  return moveByTime(passed, assignment, at);
}

function passOccurrences(state: PlanState, assignmentId: string, at: Instant): PlanState {
  return occurrencesOf(state, assignmentId).reduce((next, occurrence) => {
    const passed = passTime(occurrence, at);
    return passed === occurrence ? next : withOccurrence(next, passed);
  }, state);
}

/** When the late window of an event closed, what was never opened was missed as well. */
function closeWindow(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (scheduleOf(assignment).type !== 'event') return state;
  if (at < timesOf(assignment, at, state.plan.timeZone, rules).lateUntil) return state;
  let next = state;
  while (askedOf(next, assignment.id).length < targetOf(assignment))
    next = openOccurrence(next, assignment, at, rules).state;
  return next;
}

function moveByTime(state: PlanState, assignment: Assignment, at: Instant): PlanState {
  const own = askedOf(state, assignment.id);
  const overdue = own.some(({ status }) => status === 'overdue');
  const open = overdue || own.some(({ status }) => status === 'due' || status === 'paused');
  const missed = own.filter(({ status }) => status === 'missed');
  if (!open && missed.length > 0 && assignment.businessStatus !== 'late' && !targetReached(state, assignment)) {
    const endedAt = missed.reduce((latest, { lateUntil }) => (lateUntil > latest ? lateUntil : latest), '');
    const done = own.filter(({ status }) => status === 'done' || status === 'late').length;
    const reason = { text: `${done} of ${targetOf(assignment)} logged when the time for it was over` };
    return withAssignment(state, applyMove(assignment, 'window-closed', at, { reason, endedAt }));
  }
  if (overdue && assignment.businessStatus !== 'overdue' && assignment.businessStatus !== 'late')
    return withAssignment(state, applyMove(assignment, 'due-passed', at));
  if (!overdue && assignment.businessStatus === 'overdue')
    return withAssignment(state, applyMove(assignment, 'excused', at));
  return state;
}
