import { useState } from 'react';
import type { LibraryPlanView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { Status } from '../parts/tone.tsx';
import { useAppSession } from '../session/app-session.tsx';
import type { Change } from '../session/use-patient-homework.ts';
import type { Place } from '../words/dates.ts';
import { TailorPlan, tailoringOf } from './tailor-plan.tsx';
import '../styles/assign.css';

export interface AssignPageProps {
  readonly homework: PatientHomework;
  readonly place: Place;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  readonly onDone: (planId: string | undefined) => void;
}

interface Chosen {
  readonly slug: string;
}

const isChosen = (value: unknown): value is Chosen =>
  typeof value === 'object' && value !== null && 'slug' in value && typeof value.slug === 'string';

/** Assigns a library plan: choose it, fit words and dates to this patient, and it begins. Which was chosen is kept, too. */
export function AssignPage(props: AssignPageProps) {
  const { homework } = props;
  const { drafts } = useAppSession();
  const [startedOver, setStartedOver] = useState(0);
  const library = homework.libraryPlans ?? [];
  const [only] = library.length === 1 ? library : [];
  const [{ slug }, choose, forget] = useKeptState<Chosen>('assign', { slug: '' }, isChosen);
  const chosen = only ?? library.find((plan) => plan.slug === slug);
  if (library.length === 0) {
    return (
      <div className="card empty">
        <h1 tabIndex={-1}>The library is empty</h1>
        <p>No library plan has been put there yet.</p>
      </div>
    );
  }
  if (chosen === undefined) {
    return (
      <>
        <h1 tabIndex={-1}>Assign a plan</h1>
        <p className="lead">For {homework.patient.name}. Choose a plan first; you fit it to them next.</p>
        {library.map((plan) => (
          <LibraryCard
            key={plan.slug}
            plan={plan}
            begun={drafts.find(tailoringOf(plan)) !== undefined}
            onChoose={() => choose({ slug: plan.slug })}
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
      onBack={only === undefined ? () => choose({ slug: '' }) : undefined}
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
  readonly onChoose: () => void;
}

function LibraryCard({ plan, begun, onChoose }: LibraryCardProps) {
  const { steps } = plan;
  return (
    <article className="card">
      <div className="card-top">
        <h2 dir="auto">{plan.title}</h2>
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
