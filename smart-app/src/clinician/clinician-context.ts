import { createContext, useContext } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Change } from '../session/use-patient-homework.ts';
import type { Place } from '../words/dates.ts';

/** What every page of the clinician's view works with. */
export interface ClinicianPages {
  readonly homework: PatientHomework;
  /** All plans of the patient, those worked on first. */
  readonly plans: readonly PlanView[];
  /** The plan that is looked at. */
  readonly view: PlanView;
  /** The same for another plan of the patient; a page that is opened from there shows that plan. */
  readonly forPlan: (view: PlanView) => ClinicianPages;
  readonly place: Place;
  /** Whether anything can be changed: the scopes permit it, and the plan is one that is worked on. */
  readonly mayChange: boolean;
  /** Whether the scopes permit it: messages are answered in a plan that is over, too. */
  readonly mayWrite: boolean;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  readonly open: (page: ClinicianPageName) => void;
}

export type ClinicianPageName =
  | { readonly name: 'since' }
  /** `assigned`: the plan that was assigned just now, of which that is said. */
  | { readonly name: 'plan'; readonly assigned?: string }
  /** `logId`: the log that is looked for, which lies open. */
  | { readonly name: 'logs'; readonly logId?: string }
  | { readonly name: 'messages' }
  | { readonly name: 'chart' }
  | { readonly name: 'assign' }
  | { readonly name: 'paper'; readonly assignmentId: string };

export const firstPage: ClinicianPageName = { name: 'since' };

const names: readonly string[] = ['since', 'plan', 'logs', 'messages', 'chart', 'assign', 'paper'];

/** Whether the browser's history holds one of our pages. */
export function isClinicianPageName(value: unknown): value is ClinicianPageName {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    names.includes(value.name)
  );
}

export const ClinicianContext = createContext<ClinicianPages | undefined>(undefined);

/** @throws Error outside of the clinician's view */
export function useClinicianPages(): ClinicianPages {
  const pages = useContext(ClinicianContext);
  if (pages === undefined) throw new Error('used outside of the clinician view');
  return pages;
}
