import { loggedNotDone, type TiedLog } from '../log/told-not-done.ts';
import type { Assignment, Instant, LocalDate, Occurrence, Plan } from '../model.ts';
import { pastDay } from './past-day.ts';
import { stuckBehind } from './waits-for-clinician.ts';

/** Why a locked step opens by its rule no more, or not yet, and what opens it. */
export interface Stuck<A> {
  /** What its rule waits for, where that is over. */
  readonly before?: A | undefined;
  /** Whether that was logged, and was not done by what its logs say, while the rule waits for it to be done. */
  readonly notDone: boolean;
  /** Its own last day, where that is over: it stays locked then, whatever became of the one before. */
  readonly day?: LocalDate | undefined;
  /**
   * `new-day`: only a clinician, with a new day; `hand`: only a clinician; `once-done`: that what was not done is done; `rule`: its rule,
   * by a log beyond what was planned or one that is put right.
   */
  readonly opens: 'new-day' | 'hand' | 'once-done' | 'rule';
}

interface StuckSeen<L> {
  readonly at: Instant;
  /** What a log says of whether it was done; undefined: nothing. */
  readonly said: (log: L) => boolean | undefined;
}

interface StuckState<A, L> {
  readonly plan: Pick<Plan, 'timeZone'>;
  readonly assignments: readonly A[];
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly L[];
}

/**
 * Why a locked step opens by its rule no more: the step before it ended without opening it, its own day is over, or both; undefined: it
 * opens by its rule in its time, or by hand in any case. First page, plan and note all ask this.
 */
export function stuckOf<A extends Assignment, L extends TiedLog>(
  state: StuckState<A, L>,
  step: A,
  { at, said }: StuckSeen<L>,
): Stuck<A> | undefined {
  const { unlock, unlockedAt } = step;
  if (unlockedAt !== undefined || unlock.type !== 'after' || unlock.criterion.type === 'clinician-approves')
    return undefined;
  const before = stuckBehind(state.assignments, step);
  const day = pastDay(step, at, state.plan.timeZone);
  if (before === undefined && day === undefined) return undefined;
  const wasDone = before?.status === 'completed';
  const criterion = unlock.criterion.type;
  const notDone = wasDone && criterion === 'behaviour-done' && loggedNotDone(state, before.id, said) !== undefined;
  return { before, notDone, day, opens: opensBy() };

  function opensBy(): Stuck<A>['opens'] {
    // a day that is over keeps it locked, whatever its rule says
    if (day !== undefined) return 'new-day';
    if (notDone) return 'once-done';
    // no further log counts towards a number of logs
    return wasDone && criterion !== 'logs-done' ? 'rule' : 'hand';
  }
}
