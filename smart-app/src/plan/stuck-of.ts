import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { pastDay } from '../../../src/homework/plan/past-day.ts';
import { stuckBehind } from '../../../src/homework/plan/waits-for-clinician.ts';
import { type Place, writeDate } from '../words/dates.ts';
import type { Stuck } from '../words/not-done-words.ts';

/** Why a locked step opens by its rule no more: the step before it ended without opening it, its own day is over, or both. */
export function stuckOf(view: PlanView, step: StepView, now: string, place: Place): Stuck | undefined {
  const { unlock, unlockedAt } = step;
  // these open by hand in any case
  if (unlockedAt !== undefined || (unlock.type === 'after' && unlock.criterion.type === 'clinician-approves'))
    return undefined;
  const before = stuckBehind(view.assignments, step);
  const day = unlock.type === 'after' ? pastDay(step, now, view.plan.timeZone) : undefined;
  if (before === undefined && day === undefined) return undefined;
  return { before, day: day === undefined ? undefined : writeDate(day, place) };
}
