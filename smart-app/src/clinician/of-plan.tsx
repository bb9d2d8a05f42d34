import type { ReactNode } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { ClinicianContext, useClinicianPages } from './clinician-context.ts';

/** What stands in it works with its own plan, whichever is chosen on the other pages. */
export function OfPlan({ view, children }: { readonly view: PlanView; readonly children: ReactNode }) {
  const { forPlan } = useClinicianPages();
  return <ClinicianContext value={forPlan(view)}>{children}</ClinicianContext>;
}
