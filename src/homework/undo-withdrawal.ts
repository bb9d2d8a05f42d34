import { illegalMove } from './apply-move.ts';
import type { HomeworkRules } from './homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from './model.ts';
import { assignmentById, refuseClosedPlan, replaceById, withAssignment } from './replace-in-state.ts';
import { sweep } from './sweep.ts';

/** An assignment and its occurrences as they were before it was withdrawn. */
export interface BeforeWithdrawal {
  readonly assignment: Assignment;
  readonly occurrences: readonly Occurrence[];
}

/**
 * Takes a withdrawal back as if it had not been made: what the assignment was, it is again, and time that has passed
 * meanwhile is caught up with. What others did to the rest of the plan stays.
 * @throws IntersessionError `illegal-move` when it is not withdrawn, or was since that withdrawal changed; `plan-closed`
 */
export function undoWithdrawal(
  state: PlanState,
  { before, withdrawnAt }: { readonly before: BeforeWithdrawal; readonly withdrawnAt: Instant },
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  refuseClosedPlan(state);
  const assignment = assignmentById(state, before.assignment.id);
  const untouched = assignment.businessStatus === 'withdrawn' && assignment.lastModified === withdrawnAt;
  if (!untouched) throw illegalMove(assignment, 'undo-withdraw', 'it is not as the withdrawal left it');
  const restored = withAssignment(state, { ...before.assignment, lastModified: at });
  const changed = before.occurrences.filter((one) => state.occurrences.find(({ id }) => id === one.id) !== undefined);
  const occurrences = changed.reduce<readonly Occurrence[]>(
    (list, one) => replaceById(list, { ...one, lastModified: at }),
    restored.occurrences,
  );
  return sweep({ ...restored, occurrences }, at, rules);
}
