import type { ReactNode } from 'react';
import type { LogView, StepView } from '../../../src/contract/app/plan-view.ts';
import { Status } from '../parts/tone.tsx';
import { writeTime } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LogInBrief } from './log-in-brief.tsx';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

interface LoggedNotDoneProps {
  readonly log: LogView;
  readonly step: StepView;
  /** What is known of the reason. */
  readonly children: ReactNode;
}

/** What was logged as not done: when, what was written, and what is known of the reason. */
export function LoggedNotDone({ log, step, children }: LoggedNotDoneProps) {
  const { place } = useClinicianPages();
  const written = {
    resolved: 'logged on time',
    late: 'logged late',
    extra: 'logged, unplanned',
    'ad-hoc': 'logged, unplanned',
  };
  return (
    <li className="not-done-item">
      <PlanTitle />
      <h3>
        <StepName step={step} />
      </h3>
      <p className="not-done-status">
        <Status tone="care">{written[log.resolution]}, and answered that it was not done</Status>
        <span className="quiet">{writeTime(log.performedAt, place)}</span>
      </p>
      <LogInBrief log={log} />
      {children}
    </li>
  );
}
