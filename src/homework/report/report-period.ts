import type { Instant, PlanState } from '../model.ts';
import { dayStart } from '../schedule/day-end.ts';
import { lastReport } from './told-facts.ts';

/** The period of the next report: from where the last one ends, or from the plan's begin, to now. */
export function nextPeriod(state: PlanState, at: Instant): { readonly from: Instant; readonly to: Instant } {
  const { period, timeZone, createdAt } = state.plan;
  const begin = dayStart(period.start, timeZone);
  return { from: lastReport(state)?.to ?? (begin < createdAt ? begin : createdAt), to: at };
}
