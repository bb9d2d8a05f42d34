import type { Assignment, LocalDate, UnlockRule } from '../model.ts';
import { isEnded } from './is-ended.ts';
import { asksClinician, partsOf, stepsNamed } from './rule-parts.ts';

/**
 * What a locked step waits for that no rule of its own will bring: `turn`, a clinician has the say and it is its turn;
 * `locked-again`, a clinician took it back; `stuck`, what it waits for ended without opening it.
 */
export type WaitsFor = 'turn' | 'locked-again' | 'stuck';

/**
 * Whether a step waits for a clinician, and why; undefined: it is open or over, or opens by its rule in its time. The first page
 * and the worklist ask the same function, so that neither is silent about what the other one shows.
 * @param assignments of its plan
 * @param today the patient's homework day; absent: no day that a rule waits for has begun
 */
export function waitsForClinician(
  assignments: readonly Assignment[],
  assignment: Assignment,
  today?: LocalDate,
): WaitsFor | undefined {
  if (assignment.status !== 'draft') return undefined;
  if (assignment.unlockedAt !== undefined) return 'locked-again';
  const { unlock } = assignment;
  if (stepsNamed(unlock).length > 0) {
    if (isTurn(assignments, unlock)) return 'turn';
    return endedBefore(assignments, assignment, today) === undefined ? undefined : 'stuck';
  }
  const earlier = assignments.filter(({ step }) => step < assignment.step);
  return unlock.type === 'by-clinician' && earlier.every(isEnded) ? 'turn' : undefined;
}

/**
 * The step behind which another is stuck: its rule waits for that one, or for several of which that one was not done or ended last, and
 * nothing else can open it.
 * @param assignments of its plan
 */
export function stuckBehind<A extends Assignment>(
  assignments: readonly A[],
  assignment: A,
  today?: LocalDate,
): A | undefined {
  return waitsForClinician(assignments, assignment, today) === 'stuck'
    ? endedBefore(assignments, assignment, today)
    : undefined;
}

/** Whether what is left is a clinician's approval. */
function isTurn(assignments: readonly Assignment[], rule: UnlockRule): boolean {
  if (!asksClinician(rule)) return false;
  if (rule.type !== 'any') return endedOf(assignments, stepsNamed(rule)) !== undefined;
  return rule.of.some(
    (part) =>
      part.type === 'after' &&
      part.criterion.type === 'clinician-approves' &&
      endedOf(assignments, [part.after]) !== undefined,
  );
}

function endedBefore<A extends Assignment>(
  assignments: readonly A[],
  { unlock }: A,
  today: LocalDate | undefined,
): A | undefined {
  const days = partsOf(unlock).flatMap((part) => (part.type === 'on-date' ? [part.date] : []));
  const toCome = days.some((day) => unlock.type === 'any' || today === undefined || day > today);
  return toCome ? undefined : endedOf(assignments, stepsNamed(unlock))?.at(-1);
}

/** These steps, where all of them are over: those that were not done last, else in the order in which they ended; undefined: one is not. */
function endedOf<A extends Assignment>(assignments: readonly A[], keys: readonly string[]): readonly A[] | undefined {
  const named = keys.map((key) => assignments.find((assignment) => assignment.key === key));
  const ended = named.filter((step) => step !== undefined && isEnded(step)).filter((step) => step !== undefined);
  if (ended.length === 0 || ended.length < keys.length) return undefined;
  const rank = (step: A) => `${step.status === 'completed' ? 0 : 1} ${step.endedAt ?? step.lastModified}`;
  return ended.toSorted((a, b) => rank(a).localeCompare(rank(b)));
}
