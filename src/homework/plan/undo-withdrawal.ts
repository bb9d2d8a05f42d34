import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Log, Occurrence, PlanState } from '../model.ts';
import { assignmentById, refuseClosedPlan, replaceById, withAssignment } from '../replace-in-state.ts';
import { illegalMove } from './apply-move.ts';
import { sweep } from './sweep.ts';

/** An assignment and its occurrences as they were before it was withdrawn. */
export interface BeforeWithdrawal {
  readonly assignment: Assignment;
  readonly occurrences: readonly Occurrence[];
}

/**
 * Takes a withdrawal back as if it had not been made: what the assignment was, it is again, and time that has passed
 * meanwhile is caught up with. A draft that it stopped goes on. What others did to the rest of the plan stays.
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
  const changed = before.occurrences.filter(
    (occurrence) => state.occurrences.find(({ id }) => id === occurrence.id) !== undefined,
  );
  const occurrences = changed.reduce<readonly Occurrence[]>(
    (list, occurrence) => replaceById(list, { ...occurrence, lastModified: at }),
    restored.occurrences,
  );
  const logs = restored.logs.map((log) => resumeDraft(log, before.assignment.id, { withdrawnAt, at }));
  return sweep({ ...restored, occurrences, logs }, at, rules);
}

/** The draft that the withdrawal stopped, as it was; any other log as it is. */
function resumeDraft(
  log: Log,
  assignmentId: string,
  times: { readonly withdrawnAt: Instant; readonly at: Instant },
): Log {
  const stopped = log.assignmentId === assignmentId && log.unsent === true && log.status === 'stopped';
  if (!stopped || log.authored !== times.withdrawnAt) return log;
  const { unsent: _not, ...draft } = log;
  return { ...draft, status: 'in-progress', authored: times.at };
}
