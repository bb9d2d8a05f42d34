import { useClinicianPages } from './clinician-context.ts';

/** Which plan something is of, where there are several. */
export function PlanTitle() {
  const { plans, view } = useClinicianPages();
  return plans.length < 2 ? null : (
    <p className="of-plan">
      <bdi>{view.plan.title}</bdi>
    </p>
  );
}
