import type { LogView, StepView } from '../../../src/contract/app/plan-view.ts';
import { Status } from '../parts/tone.tsx';
import type { SinceVisit } from '../plan/since-visit.ts';
import { writeTime } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';
import { FirstFew } from './first-few.tsx';
import { LogInBrief } from './log-in-brief.tsx';
import { OfPlan } from './of-plan.tsx';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

/** What was logged since the visit, the newest first. */
export function LogList({ done, isNone }: Pick<SinceVisit, 'done'> & { readonly isNone: boolean }) {
  return (
    <section aria-labelledby="done">
      <h2 id="done">What was done</h2>
      {done.length > 0 ? null : (
        <p className="quiet">
          {isNone
            ? 'Nothing has been logged in this time.'
            : 'What was logged in this time was not done: it stands above.'}
        </p>
      )}
      <FirstFew first={5} allWords={`Show all ${done.length} logs`} className="done-list">
        {done.toReversed().map(({ log, step, view }) => (
          <OfPlan key={log.id} view={view}>
            <DoneItem log={log} step={step} />
          </OfPlan>
        ))}
      </FirstFew>
    </section>
  );
}

function DoneItem({ log, step }: { readonly log: LogView; readonly step: StepView }) {
  const { place } = useClinicianPages();
  return (
    <li className="done-item">
      <div className="done-what">
        <h3>
          <StepName step={step} />
        </h3>
        <p className="card-top">
          <span className="quiet">{writeTime(log.performedAt, place)}</span>
          {log.resolution === 'late' ? <Status tone="quiet">late, counted</Status> : null}
          {log.resolution === 'extra' || log.resolution === 'ad-hoc' ? <Status tone="quiet">unplanned</Status> : null}
        </p>
        <PlanTitle />
      </div>
      <LogInBrief log={log} />
    </li>
  );
}
