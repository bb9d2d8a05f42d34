import { useState } from 'react';
import type { LibraryPlanView, PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { type TailoredStep, tailoredUnlock } from '../../../src/homework/plan/tailored-step.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { Change } from '../session/use-patient-homework.ts';
import { type Place, writeDate } from '../words/dates.ts';
import { TailorStep } from './tailor-step.tsx';

interface AssignPageProps {
  readonly homework: PatientHomework;
  readonly place: Place;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  readonly onDone: (planId: string | undefined) => void;
}

/** Assigns a library plan: choose it, fit words and dates to this patient, and it begins. */
export function AssignPage({ homework, place, change, onDone }: AssignPageProps) {
  const library = homework.libraryPlans ?? [];
  const [chosen, setChosen] = useState<LibraryPlanView | undefined>(library.length === 1 ? library[0] : undefined);
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
        <p className="lead">For {homework.patient.name}</p>
        {library.map((plan) => (
          <article key={plan.slug} className="card">
            <h2>{plan.title}</h2>
            <p>{plan.description}</p>
            <button type="button" className="primary" onClick={() => setChosen(plan)}>
              Choose<span className="hidden-words">: {plan.title}</span>
            </button>
          </article>
        ))}
      </>
    );
  }
  return (
    <Tailor
      key={chosen.slug}
      library={chosen}
      homework={homework}
      place={place}
      change={change}
      onDone={onDone}
      onBack={library.length > 1 ? () => setChosen(undefined) : undefined}
    />
  );
}

interface Tailoring {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly steps: Readonly<Record<string, TailoredStep>>;
}

function isTailoring(value: unknown): value is Tailoring {
  return typeof value === 'object' && value !== null && 'title' in value && 'start' in value && 'steps' in value;
}

interface TailorProps extends AssignPageProps {
  readonly library: LibraryPlanView;
  readonly onBack: (() => void) | undefined;
}

function Tailor({ library, homework, place, change, onDone, onBack }: TailorProps) {
  const { session, expired, online } = useAppSession();
  const today = dayOf(homework.now, place.timeZone);
  const [{ title, start, end, steps }, set, forget] = useKeptState(
    `assign:${library.slug}`,
    { title: library.title, start: today, end: addDays(today, 42), steps: {} },
    isTailoring,
  );
  const { busy, problem, run } = useAction();
  const ready =
    session.canWrite && !expired && online && start !== '' && title.trim() !== '' && (end === '' || end > start);
  const assign = async (): Promise<void> => {
    let made: PlanView | undefined;
    const body = {
      patientId: homework.patient.id,
      libraryPlan: `${library.slug}|${library.version}`,
      title: title.trim(),
      period: { start, ...(end === '' ? {} : { end }) },
      tailor: steps,
    };
    const was = await run(async () => {
      made = await change({ method: 'POST', path: '/plans', body });
    });
    if (!was) return;
    forget();
    onDone(made?.plan.id);
  };
  return (
    <form
      className="assign"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void assign();
      }}
    >
      {onBack === undefined ? null : (
        <button type="button" className="plain back" onClick={onBack}>
          <span aria-hidden="true">‹ </span>Other plans
        </button>
      )}
      <h1 tabIndex={-1}>Assign “{library.title}”</h1>
      <p className="lead">
        For {homework.patient.name}. Go through it together: what the patient helps to word is more likely to be done.
      </p>
      <section className="card assign-frame" aria-label="Frame">
        <div className="assign-title">
          <label htmlFor="plan-title">Name of the plan</label>
          <input
            id="plan-title"
            type="text"
            maxLength={200}
            value={title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
        </div>
        <div>
          <label htmlFor="plan-start">Begins</label>
          <input
            id="plan-start"
            type="date"
            value={start}
            onChange={(event) => set({ start: event.currentTarget.value })}
          />
        </div>
        <div>
          <label htmlFor="plan-end">Ends</label>
          <input
            id="plan-end"
            type="date"
            min={start}
            value={end}
            onChange={(event) => set({ end: event.currentTarget.value })}
          />
        </div>
      </section>
      {end !== '' && end <= start ? <p className="problem">The plan has to end after it begins.</p> : null}
      <p className="quiet">{library.description}</p>
      <h2>Steps</h2>
      <ol className="plain-list tailor-list">
        {library.steps.map((step) => (
          <TailorStep
            key={step.key}
            step={step}
            tailored={steps[step.key] ?? {}}
            unlock={tailoredUnlock(step, library.steps, steps)}
            start={start === '' ? today : start}
            needed={library.steps.some(
              ({ key, unlock }) => unlock.type === 'after' && unlock.after === step.key && steps[key]?.omit !== true,
            )}
            onChange={(tailored) => set({ steps: { ...steps, [step.key]: tailored } })}
          />
        ))}
      </ol>
      <ProblemNotice problem={problem} />
      <div className="form-end">
        <button type="submit" className="primary large" disabled={busy || !ready}>
          Assign to {homework.patient.name}
        </button>
        <button
          type="button"
          className="plain"
          onClick={() => {
            forget();
            onDone(undefined);
          }}
        >
          Cancel
        </button>
        <p className="quiet">
          The first step opens {start <= today ? 'at once' : `on ${writeDate(start, place)}`}. Words, times and steps
          can be changed later; what was done by then stays as it was.
        </p>
      </div>
    </form>
  );
}
