import type { Instant, PlanState } from '../model.ts';

/** Whether the patient had died by then, as far as the EHR says; when it does not say when, they have. */
export function hasDied({ deceased }: Pick<PlanState, 'deceased'>, at: Instant): boolean {
  return deceased !== undefined && (deceased.at === undefined || deceased.at <= at);
}
