import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { illegalMove } from '../plan/apply-move.ts';
import { isLive } from '../plan/is-live.ts';
import { assignmentById, refuseClosedPlan } from '../replace-in-state.ts';
import { openOccurrence } from './open-occurrence.ts';
import { scheduleOf } from './schedule-of.ts';
import { timesNow } from './times-now.ts';

export interface StartSession {
  readonly assignmentId: string;
}

/**
 * Begins a session of a step that is done in sessions: its next time is open until it is logged or excused. The one that is open already
 * is given again, so that the same command twice begins no two.
 * @throws IntersessionError `unknown-artefact`; `plan-closed`; `assignment-locked`; `illegal-move` of a step that is not open, or is not
 *   done in sessions, and where none can begin
 */
export function startSession(
  state: PlanState,
  { assignmentId }: StartSession,
  at: Instant,
  rules: HomeworkRules,
): { readonly state: PlanState; readonly occurrence: Occurrence } {
  const assignment = assignmentById(state, assignmentId);
  refuseClosedPlan(state);
  if (scheduleOf(assignment).type !== 'sessions') throw illegalMove(assignment, 'start-session', 'it has no sessions');
  if (assignment.status === 'draft') {
    throw new IntersessionError('assignment-locked', { assignmentId }, 'the step is still locked');
  }
  const heldBy = sessionHeldBy(state, assignment, at);
  if (heldBy !== undefined) throw illegalMove(assignment, 'start-session', heldBy);
  // one that is left of another schedule is no session
  const open = timesNow(state, assignmentId).open.find(({ superseded }) => superseded !== true);
  return open === undefined ? openOccurrence(state, assignment, at, rules) : { state, occurrence: open };
}

/** Why no session of a step can begin now; undefined: one can. */
export function sessionHeldBy(state: PlanState, assignment: Assignment, at: Instant): string | undefined {
  if (state.plan.status !== 'active') return 'the plan is not active';
  if (hasDied(state, at)) return 'the patient has died';
  return isLive(assignment) ? undefined : `the step is ${assignment.businessStatus}`;
}
