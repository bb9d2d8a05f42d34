import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { Status } from '../parts/tone.tsx';
import { openOccurrence, stepsOf } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { Named, OfPlan } from './of-plan.tsx';
import { usePatientPages } from './patient-context.ts';

/** What passed by without a log and without a word about it: a question, not a reproach. */
export function MissedCards({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
  const { session } = useAppSession();
  const missed = stepsOf(view).filter(
    ({ id, businessStatus }) =>
      businessStatus === 'missed' &&
      // of what goes on, a day that was left out is told by its dot
      openOccurrence(view, id) === undefined &&
      !view.barriers.some(({ assignmentId }) => assignmentId === id),
  );
  return missed.map((step) => (
    <article key={step.id} className="card">
      <p className="card-top">
        <Status tone="quiet">passed by</Status>
      </p>
      <h2 dir="auto">{step.title}</h2>
      <OfPlan view={view} />
      <p>This one didn’t come about. That happens, and it is worth knowing why.</p>
      {session.canWrite ? (
        <div className="buttons">
          <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
            Say what got in the way
            <Named title={step.title} />
          </button>
        </div>
      ) : null}
    </article>
  ));
}

/** Where there is no homework. */
export function NoPlan() {
  return (
    <div className="card empty">
      <h2>No homework at the moment</h2>
      <p>When you and your clinician agree on something to try between your visits, it will stand here.</p>
    </div>
  );
}
