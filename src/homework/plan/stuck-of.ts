import { loggedNotDone, type TiedLog } from '../log/told-not-done.ts';
import type { Assignment, Instant, LocalDate, Occurrence, Plan } from '../model.ts';
import { dayOf } from '../schedule/day-end.ts';
import { pastDay } from './past-day.ts';
import { asksClinician, partsOf, stepsNamed } from './rule-parts.ts';
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
  // what opens by hand in any case is not stuck; a day that a rule waits for, and nothing else, comes
  if (unlockedAt !== undefined || stepsNamed(unlock).length === 0 || asksClinician(unlock)) return undefined;
  const waitsForDay = partsOf(unlock).some(({ type }) => type === 'on-date');
  const before = stuckBehind(state.assignments, step, waitsForDay ? dayOf(at, state.plan.timeZone) : undefined);
  const day = pastDay(step, at, state.plan.timeZone);
  if (before === undefined && day === undefined) return undefined;
  const wasDone = before?.status === 'completed';
  const criteria = partsOf(unlock).flatMap((part) =>
    part.type === 'after' && part.after === before?.key ? [part.criterion.type] : [],
  );
  const notDone = wasDone && criteria.includes('behaviour-done') && loggedNotDone(state, before.id, said) !== undefined;
  return { before, notDone, day, opens: opensBy() };

  function opensBy(): Stuck<A>['opens'] {
    // a day that is over keeps it locked, whatever its rule says
    if (day !== undefined) return 'new-day';
    if (notDone) return 'once-done';
    // no further log counts towards a number of logs
    return wasDone && criteria.some((criterion) => criterion !== 'logs-done') ? 'rule' : 'hand';
  }
}
