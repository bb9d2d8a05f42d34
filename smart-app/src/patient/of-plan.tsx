import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { isRunning } from '../plan/steps.ts';
import { usePatientPages } from './patient-context.ts';

/** Which plan a card is of, where there are several. */
export function OfPlan({ view: { plan } }: { readonly view: PlanView }) {
  const { homework } = usePatientPages();
  if (homework.plans.filter(isRunning).length < 2) return null;
  return (
    <p className="quiet">
      Part of <bdi>{plan.title}</bdi>
    </p>
  );
}

/** Which step a button is about, for who hears it. */
export function Named({ title }: { readonly title: string }) {
  return (
    <span className="hidden-words">
      : <bdi>{title}</bdi>
    </span>
  );
}
