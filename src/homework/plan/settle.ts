import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { withAssignment } from '../replace-in-state.ts';
import { fitSeries, nextOpening } from '../schedule/fit-series.ts';
import { endOccurrences, missSuperseded, openOccurrence } from '../schedule/open-occurrence.ts';
import { scheduleOf, targetOf } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
import { targetReached } from '../schedule/target-reached.ts';
import { timesNow } from '../schedule/times-now.ts';
import { timesOf } from '../schedule/times-of.ts';
import { applyMove } from './apply-move.ts';
import { isLive } from './is-live.ts';
import { unlockAllows } from './unlock-allows.ts';
import { unlockAssignment } from './unlock-assignment.ts';

/**
 * Progression after any change of an active plan: completes what reached its target, opens the next occurrence, and unlocks
 * what its rule allows, unless a safety signal is open. Returns the same state when there is nothing to do.
 */
export function settle(state: PlanState, at: Instant, rules: HomeworkRules): PlanState {
  // nothing is opened or unlocked for somebody who has died
  if (hasDied(state, at)) return state;
  if (state.plan.status !== 'active') return state;
  let settled = state;
  // One change can allow the next; each round makes at least one move forward, so this ends.
  for (let before: PlanState | undefined; before !== settled; ) {
    before = settled;
    for (const { id } of before.assignments) {
      const assignment = settled.assignments.find((candidate) => candidate.id === id);
      if (assignment !== undefined) settled = settleOne(settled, assignment, at, rules);
    }
  }
  return settled;
}

function settleOne(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (assignment.status === 'draft') return unlockIfAllowed(state, assignment, at, rules);
  if (assignment.status === 'in-progress' && enoughDone(state, assignment, at, rules)) {
    const done = withAssignment(state, applyMove(assignment, 'target-reached', at));
    return endOccurrences(missSuperseded(done, assignment.id, at), assignment.id, at, 'enough was done');
  }
  return openNext(state, assignment, at, rules);
}

function enoughDone(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): boolean {
  const isSeries = scheduleOf(assignment).type === 'series';
  return isSeries ? isOver(state, assignment, at, rules) : targetReached(state, assignment);
}

/** Whether a series of which something was done is at its end: no time of it is open, and none will come. */
function isOver(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): boolean {
  const { done, open, paused } = timesNow(state, assignment.id);
  const waits = open.some(({ superseded }) => superseded !== true) || paused.length > 0;
  return done > 0 && !waits && isLive(assignment) && nextOpening(state, assignment, at, rules) === undefined;
}

function unlockIfAllowed(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  // What was unlocked before and is locked now was locked by a clinician, who alone unlocks it again.
  const allowed =
    assignment.unlockedAt === undefined &&
    state.openSafetySignals === 0 &&
    // what stands beside the ladder is locked by none of its rules
    (assignment.standing === true || unlockAllows(state, assignment, { rules, at }));
  // A date that has passed leaves the step locked: the clinician dates it anew.
  if (!allowed || !stillOccurs(scheduleOf(assignment), at, state.plan)) return state;
  return unlockAssignment(state, assignment, at, rules);
}

function openNext(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (!isLive(assignment)) return state;
  const { type } = scheduleOf(assignment);
  if (type === 'series') return fitSeries(state, assignment, at, rules);
  if (type !== 'event') return state;
  const { open, asked } = timesNow(state, assignment.id);
  const waiting = open.some(({ superseded }) => superseded !== true);
  if (waiting || asked.count >= (targetOf(assignment) ?? 0)) return state;
  if (at >= timesOf(assignment, at, state.plan.timeZone, rules).lateUntil) return state;
  return openOccurrence(state, assignment, at, rules).state;
}
