import type { Questionnaire } from 'fhir/r4';
import { createContext, useContext } from 'react';
import type { KindView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import { versionOf } from '../plan/version-of.ts';
import type { Change, Earlier } from '../session/use-patient-homework.ts';
import type { Place } from '../words/dates.ts';
import type { PatientPageName } from './patient-page.ts';

/** What every page of the patient's view works with. */
export interface PatientPages {
  readonly homework: PatientHomework;
  readonly place: Place;
  readonly open: (page: PatientPageName) => void;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  readonly reload: () => void;
  readonly earlier: Earlier;
}

export const PatientContext = createContext<PatientPages | undefined>(undefined);

/** @throws Error outside of the patient's view */
export function usePatientPages(): PatientPages {
  const pages = useContext(PatientContext);
  if (pages === undefined) throw new Error('used outside of the patient view');
  return pages;
}

export interface FoundStep {
  readonly view: PlanView;
  readonly step: StepView;
  readonly questionnaire: Questionnaire | undefined;
  readonly behaviourLinkId: string | undefined;
  readonly safety: KindView['safety'];
  readonly summary: KindView['summary'] | undefined;
  readonly scores: KindView['scores'];
  readonly predictionParts: PredictionParts | undefined;
}

/** A step with its plan and its form, by the step's id. */
export function findStep(homework: PatientHomework, assignmentId: string): FoundStep | undefined {
  for (const view of homework.plans) {
    const step = view.assignments.find(({ id }) => id === assignmentId);
    if (step === undefined) continue;
    const version = versionOf(homework, step.questionnaire);
    return {
      ...{ view, step, questionnaire: homework.questionnaires[step.questionnaire] },
      ...{ behaviourLinkId: version?.behaviourLinkId, predictionParts: version?.predictionParts },
      ...{ safety: version?.safety, summary: version?.summary, scores: version?.scores },
    };
  }
  return undefined;
}
