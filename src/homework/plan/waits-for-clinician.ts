import type { Assignment } from '../model.ts';
import { isEnded } from './is-ended.ts';

/**
 * What a locked step waits for that no rule of its own will bring: `turn`, a clinician has the say and it is its turn;
 * `locked-again`, a clinician took it back; `stuck`, the step before it ended without opening it.
 */
export type WaitsFor = 'turn' | 'locked-again' | 'stuck';

/**
 * Whether a step waits for a clinician, and why; undefined: it is open or over, or opens by its rule in its time. The first page
 * and the worklist ask the same function, so that neither is silent about what the other one shows.
 * @param assignments of its plan
 */
export function waitsForClinician(assignments: readonly Assignment[], assignment: Assignment): WaitsFor | undefined {
  if (assignment.status !== 'draft') return undefined;
  if (assignment.unlockedAt !== undefined) return 'locked-again';
  const { unlock } = assignment;
  if (unlock.type === 'after') {
    if (endedBefore(assignments, assignment) === undefined) return undefined;
    return unlock.criterion.type === 'clinician-approves' ? 'turn' : 'stuck';
  }
  const earlier = assignments.filter(({ step }) => step < assignment.step);
  return unlock.type === 'by-clinician' && earlier.every(isEnded) ? 'turn' : undefined;
}

/**
 * The step behind which another is stuck: its rule waits for that one alone, which ended without opening it.
 * @param assignments of its plan
 */
export function stuckBehind<A extends Assignment>(assignments: readonly A[], assignment: A): A | undefined {
  return waitsForClinician(assignments, assignment) === 'stuck' ? endedBefore(assignments, assignment) : undefined;
}

function endedBefore<A extends Assignment>(assignments: readonly A[], { unlock }: A): A | undefined {
  const before = unlock.type === 'after' ? assignments.find(({ key }) => key === unlock.after) : undefined;
  return before !== undefined && isEnded(before) ? before : undefined;
}
