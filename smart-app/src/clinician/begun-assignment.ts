import type { LibraryPlanView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { isRunning } from '../plan/steps.ts';
import type { LocalCopy } from '../session/local-copy.ts';

/** Under which name the tailoring of a library plan is kept until it is assigned. */
export const tailoringOf = ({ slug }: Pick<LibraryPlanView, 'slug'>): string => `assign:${slug}`;

/** The plans of the library that somebody began to fit to this patient, and did not assign yet. */
export function begunAssignments(
  { libraryPlans = [] }: PatientHomework,
  drafts: LocalCopy,
): readonly LibraryPlanView[] {
  return libraryPlans.filter((plan) => drafts.find(tailoringOf(plan)).length > 0);
}

/** The plan of the patient that was made of this one of the library, whichever version, and still runs; the last of several. */
export function runningOf({ slug }: Pick<LibraryPlanView, 'slug'>, { plans }: PatientHomework): PlanView | undefined {
  return plans
    .filter((view) => isRunning(view) && view.plan.libraryPlan?.includes(`/${slug}|`) === true)
    .toSorted((view, other) => view.plan.createdAt.localeCompare(other.plan.createdAt))
    .at(-1);
}
