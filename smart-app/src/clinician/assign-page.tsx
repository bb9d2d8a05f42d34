import { useState } from 'react';
import type { LibraryPlanView } from '../../../src/contract/app/patient-homework.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { Status } from '../parts/tone.tsx';
import { useAppSession } from '../session/app-session.tsx';
import type { AssignPageProps } from './assign-page-props.ts';
import { begunAssignments, runningOf } from './begun-assignment.ts';
import { TailorPlan } from './tailor-plan.tsx';
import '../styles/assign.css';

interface Chosen {
  /** Which plan of the library; empty: none yet. */
  readonly plan: string;
}

const isChosen = (value: unknown): value is Chosen =>
  typeof value === 'object' && value !== null && 'plan' in value && typeof value.plan === 'string';

/** Assigns a library plan: choose it, fit words and dates to this patient, and it begins. Which was chosen is kept, too. */
export function AssignPage(props: AssignPageProps) {
  const { homework } = props;
  const { drafts } = useAppSession();
  const [startedOver, setStartedOver] = useState(0);
  const library = homework.libraryPlans ?? [];
  const [only] = library.length === 1 ? library : [];
  const [{ plan: named }, choose, forget] = useKeptState<Chosen>('assign', { plan: '' }, isChosen);
  const chosen = only ?? new Map(library.map((plan) => [plan.slug, plan])).get(named);
  if (library.length === 0) {
    return (
      <div className="card empty">
        <h1 tabIndex={-1}>The library is empty</h1>
        <p>No library plan has been put there yet.</p>
      </div>
    );
  }
  if (chosen === undefined) {
    const begun = begunAssignments(homework, drafts);
    return (
      <>
        <h1 tabIndex={-1}>Assign a plan</h1>
        <p className="lead">
          For <bdi>{homework.patient.name}</bdi>. Choose a plan first; you fit it to them next.
        </p>
        {library.map((plan) => (
          <LibraryCard
            key={plan.slug}
            plan={plan}
            begun={begun.includes(plan)}
            running={runningOf(plan, homework) !== undefined}
            onChoose={() => choose({ plan: plan.slug })}
          />
        ))}
      </>
    );
  }
  return (
    <TailorPlan
      key={`${chosen.slug} ${startedOver}`}
      {...props}
      library={chosen}
      onBack={only === undefined ? () => choose({ plan: '' }) : undefined}
      onStartOver={() => setStartedOver((times) => times + 1)}
      onAssigned={(planId) => {
        forget();
        props.onDone(planId);
      }}
    />
  );
}

interface LibraryCardProps {
  readonly plan: LibraryPlanView;
  /** Something of it was fitted already, and is kept. */
  readonly begun: boolean;
  /** The patient has it already. */
  readonly running: boolean;
  readonly onChoose: () => void;
}

function LibraryCard({ plan, begun, running, onChoose }: LibraryCardProps) {
  const { steps } = plan;
  return (
    <article className="card">
      <div className="card-top">
        <h2 dir="auto">{plan.title}</h2>
        {running ? <Status tone="care">Runs already</Status> : null}
        {begun ? <Status tone="open">Begun</Status> : null}
      </div>
      <p dir="auto">{plan.description}</p>
      <p className="quiet">{steps.length === 1 ? '1 step' : `${steps.length} steps`}</p>
      <button type="button" className={begun ? 'primary' : 'secondary'} onClick={onChoose}>
        {begun ? 'Go on' : 'Choose'}
        <span className="hidden-words">: {plan.title}</span>
      </button>
    </article>
  );
}
