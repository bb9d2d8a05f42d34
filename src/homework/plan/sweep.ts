import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { assignmentById, withAssignment, withOccurrence } from '../replace-in-state.ts';
import { endWithVisit } from '../schedule/end-with-visit.ts';
import { fitSeries, nextOpening } from '../schedule/fit-series.ts';
import { openOccurrence, passTime } from '../schedule/open-occurrence.ts';
import { scheduleOf, targetOf } from '../schedule/schedule-of.ts';
import { targetReached } from '../schedule/target-reached.ts';
import { timesNow } from '../schedule/times-now.ts';
import { timesOf } from '../schedule/times-of.ts';
import { followVisit } from '../schedule/visit-times.ts';
import { applyMove } from './apply-move.ts';
import { isLive } from './is-live.ts';
import { settle } from './settle.ts';

/**
 * Makes the moves that time makes: times whose window has opened, overdue when the due day ended, missed when the late window closed,
 * and what follows. Idempotent: sweeping again at the same time returns the same state object. A paused or locked step stands still, and
 * so does everything of a patient who has died. It costs what is open and what is new, whatever the age of the plan.
 */
export function sweep(state: PlanState, at: Instant, rules: HomeworkRules): PlanState {
  if (state.plan.status !== 'active') return state;
  if (hasDied(state, at)) return standStill(state, at);
  const swept = state.assignments.reduce((next, { id }) => sweepOne(next, assignmentById(next, id), at, rules), state);
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
  if (!isLive(assignment)) return state;
  const passed = passOccurrences(followVisit(state, assignment, at, rules), assignment.id, at);
  const ended = endWithVisit(fitSeries(passed, assignment, at, rules), assignment, at, rules);
  const step = assignmentById(ended, assignment.id);
  return moveByTime(closeWindow(ended, step, at, rules), step, at, rules);
}

function passOccurrences(state: PlanState, assignmentId: string, at: Instant): PlanState {
  const passed = new Map(
    timesNow(state, assignmentId).open.flatMap((occurrence): [string, Occurrence][] => {
      const now = passTime(occurrence, at);
      return now === occurrence ? [] : [[occurrence.id, now]];
    }),
  );
  // all at once, for the list may be long
  if (passed.size === 0) return state;
  return { ...state, occurrences: state.occurrences.map((occurrence) => passed.get(occurrence.id) ?? occurrence) };
}

/** When the late window of an event closed, what was never opened was missed as well. */
function closeWindow(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (scheduleOf(assignment).type !== 'event') return state;
  if (at < timesOf(assignment, at, state.plan.timeZone, rules).lateUntil) return state;
  let next = state;
  while (timesNow(next, assignment.id).asked.count < (targetOf(assignment) ?? 0))
    next = openOccurrence(next, assignment, at, rules).state;
  return next;
}

function moveByTime(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { open, paused, asked } = timesNow(state, assignment.id);
  const own = open.filter(({ superseded }) => superseded !== true);
  const overdue = own.some(({ status }) => status === 'overdue');
  const waits = own.length > 0 || paused.some(({ superseded }) => superseded !== true);
  if (!waits && asked.missed > 0 && assignment.businessStatus !== 'late' && isMissed(state, assignment, at, rules)) {
    const endedAt = lastLateUntil(state, assignment.id);
    const reason = {
      text: `${asked.done} of ${targetOf(assignment) ?? asked.count} logged when the time for it was over`,
    };
    return withAssignment(state, applyMove(assignment, 'window-closed', at, { reason, endedAt }));
  }
  if (overdue && assignment.businessStatus !== 'overdue' && assignment.businessStatus !== 'late')
    return withAssignment(state, applyMove(assignment, 'due-passed', at));
  if (!overdue && assignment.businessStatus === 'overdue')
    return withAssignment(state, applyMove(assignment, 'excused', at));
  return state;
}

/** Of a series: it is over, and nothing was done of it. Of what else has nothing open any more: not enough was. */
function isMissed(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): boolean {
  if (scheduleOf(assignment).type !== 'series') return !targetReached(state, assignment);
  return timesNow(state, assignment.id).done === 0 && nextOpening(state, assignment, at, rules) === undefined;
}

function lastLateUntil(state: PlanState, assignmentId: string): Instant {
  return timesNow(state, assignmentId).own.reduce(
    (latest, { status, superseded, lateUntil }) =>
      status === 'missed' && superseded !== true && lateUntil > latest ? lateUntil : latest,
    '',
  );
}
