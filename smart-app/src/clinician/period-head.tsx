import { Fragment } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { SinceVisit } from '../plan/since-visit.ts';
import { isRunning } from '../plan/steps.ts';
import { writeDayNear } from '../words/dates.ts';
import { periodNote, periodTitle } from '../words/period-words.ts';
import { ChoosePeriod } from './choose-period.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { usePeriod } from './period-context.tsx';
import '../styles/period.css';

/** The head of the first page: which time it tells of, of which plans, and another time to choose. */
export function PeriodHead({ since }: { readonly since: SinceVisit }) {
  const { homework, plans, place } = useClinicianPages();
  const { choice, from: asked } = usePeriod();
  const said = { choice, homework, from: since.from, asked, place };
  const note = periodNote(said);
  return (
    <div className="page-head period-head">
      <div>
        <h1 tabIndex={-1}>{periodTitle(said)}</h1>
        <p className="quiet" role="status">
          <PlanNames plans={plans} /> · since {writeDayNear(since.from, homework.now, place)}
          {note === undefined ? null : <span className="period-note"> · {note}</span>}
        </p>
      </div>
      <ChoosePeriod />
    </div>
  );
}

/** Of which plans the page tells: `Both plans: Speaking up, Sleeping through`; of many only how many they are. */
function PlanNames({ plans }: { readonly plans: readonly PlanView[] }) {
  if (plans.length > 3) return `All ${plans.length} plans`;
  return (
    <>
      {plans.length === 1 ? '' : plans.length === 2 ? 'Both plans: ' : 'All three plans: '}
      {plans.map((view, index) => (
        <Fragment key={view.plan.id}>
          {index === 0 ? '' : ', '}
          <bdi>{view.plan.title}</bdi>
          {plans.length === 1 || isRunning(view) ? '' : ' (closed)'}
        </Fragment>
      ))}
    </>
  );
}
