import type { ReactNode } from 'react';
import type { LogView, StepView } from '../../../src/contract/app/plan-view.ts';
import { Status } from '../parts/tone.tsx';
import { writeTime } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LogInBrief } from './log-in-brief.tsx';
import { NotDoneFrame } from './not-done-frame.tsx';

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
    <NotDoneFrame
      step={step}
      status={
        <>
          <Status tone="care">{written[log.resolution]}, and answered that it was not done</Status>
          <span className="quiet">{writeTime(log.performedAt, place)}</span>
        </>
      }
    >
      <LogInBrief log={log} />
      {children}
    </NotDoneFrame>
  );
}
