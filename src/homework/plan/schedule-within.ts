import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { PlanState } from '../model.ts';
import type { SeriesWithin } from '../schedule/check-series.ts';

/** What a schedule that a step of a plan is given must fit into. */
export function scheduleWithin(
  { plan: { period, timeZone, daysOff } }: Pick<PlanState, 'plan'>,
  { weekBegins = 'mon' }: Pick<HomeworkRules, 'weekBegins'>,
): SeriesWithin {
  return { ...period, timeZone, weekBegins, ...defined({ daysOff }) };
}
