import type { ReactNode } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

interface NotDoneFrameProps {
  readonly step: StepView;
  /** That it was not done, and when. */
  readonly status: ReactNode;
  /** What became of it since, and what is known of the reason. */
  readonly children: ReactNode;
}

/** One step in the list of what was not done. */
export function NotDoneFrame({ step, status, children }: NotDoneFrameProps) {
  return (
    <li className="not-done-item">
      <PlanTitle />
      <h3>
        <StepName step={step} />
      </h3>
      <p className="not-done-status">{status}</p>
      {children}
    </li>
  );
}
