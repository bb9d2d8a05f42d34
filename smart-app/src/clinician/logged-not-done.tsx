import type { LogView, StepView } from '../../../src/contract/app/plan-view.ts';
import { Status } from '../parts/tone.tsx';
import { writeTime } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LogInBrief } from './log-in-brief.tsx';
import { Reasons } from './not-done-item.tsx';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

/** What was logged as not done: when, what was written, and what is known of the reason. */
export function LoggedNotDone({ log, step }: { readonly log: LogView; readonly step: StepView }) {
  const { place, view } = useClinicianPages();
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
      <Reasons barriers={view.barriers.filter(({ assignmentId }) => assignmentId === step.id)} />
    </li>
  );
}
