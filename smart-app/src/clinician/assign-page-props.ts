import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Change } from '../session/use-patient-homework.ts';
import type { Place } from '../words/dates.ts';

export interface AssignPageProps {
  readonly homework: PatientHomework;
  readonly place: Place;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  readonly onDone: (planId: string | undefined) => void;
}
