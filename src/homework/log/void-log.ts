import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Log, Occurrence, PlanState } from '../model.ts';
import { applyMove } from '../plan/apply-move.ts';
import { sweep } from '../plan/sweep.ts';
import { assignmentById, logById, withAssignment, withLog, withOccurrence } from '../replace-in-state.ts';
import { passTime } from '../schedule/open-occurrence.ts';
import { targetReached } from '../schedule/target-reached.ts';
import { timesNow } from '../schedule/times-now.ts';
import { hideDraft, isDraft } from './draft.ts';

/**
 * Takes a log back as made by mistake: its occurrence is due again if its time is still open, else missed, and a step that was
 * done by it is not done. What it unlocked stays unlocked. Taking it back again changes nothing;
 * a draft is taken back without its words.
 * @throws IntersessionError `unknown-artefact`
 */
export function voidLog(
  state: PlanState,
  command: { readonly logId: string; readonly by?: string },
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  const log = logById(state, command.logId);
  if (log.status === 'entered-in-error') return state;
  // what was never sent is thrown away, words and all; what was sent stays, as a mistake
  const taken: Log = isDraft(log) ? { ...hideDraft(log), unsent: true } : log;
  const by = command.by === undefined ? {} : { changedBy: command.by };
  const retracted = withLog(state, { ...taken, ...by, status: 'entered-in-error', authored: at });
  const occurrence = retracted.occurrences.find(({ logId }) => logId === log.id);
  if (occurrence === undefined) return sweep(retracted, at, rules);
  const assignment = assignmentById(retracted, log.assignmentId);
  const undone = withOccurrence(retracted, undo(occurrence, assignment, state, at));
  return sweep(reopen(undone, assignment, at), at, rules);
}

function undo(
  { logId: _logId, endedAt: _endedAt, ...occurrence }: Occurrence,
  assignment: Assignment,
  { plan }: PlanState,
  at: Instant,
): Occurrence {
  const due: Occurrence = { ...occurrence, status: 'due', lastModified: at };
  const passed = passTime(due, at);
  const locked = assignment.status === 'draft';
  // a step that waits for a smaller one asks again for what of it was missed
  if (passed.status === 'missed') return locked ? { ...passed, superseded: true } : passed;
  // Where nothing can be logged any more there is nothing due either; what is of a paused or locked step waits until that goes on.
  const stopped = assignment.status === 'cancelled' || assignment.status === 'entered-in-error';
  if (plan.closedAt !== undefined || stopped)
    return { ...due, status: 'excused', reason: 'its log was taken back', endedAt: at };
  return locked || assignment.businessStatus === 'paused' ? { ...due, status: 'paused' } : passed;
}

/** The step goes on as if the log had not been there. */
function reopen(state: PlanState, assignment: Assignment, at: Instant): PlanState {
  const done = assignment.status === 'completed' || assignment.businessStatus === 'late';
  const running = state.plan.status === 'active' || state.plan.status === 'on-hold';
  // a series of which a day is open again is not over
  const goesOn = timesNow(state, assignment.id).open.some(({ day, superseded }) => day !== undefined && !superseded);
  if (!done || !running || (targetReached(state, assignment) && !goesOn)) return state;
  return withAssignment(state, applyMove(assignment, 'log-retracted', at));
}
