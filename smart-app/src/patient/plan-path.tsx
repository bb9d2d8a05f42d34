import type { ReactNode } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { lastDayOver, pastDay } from '../../../src/homework/plan/past-day.ts';
import { partsOf } from '../../../src/homework/plan/rule-parts.ts';
import { stuckBehind } from '../../../src/homework/plan/waits-for-clinician.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import { stepNotDone, timesNotDone } from '../plan/said-done.ts';
import { doneOf, stepsOf } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { Place } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { lastDayWords } from '../words/status-words.ts';
import { ownStepStands } from '../words/step-stands.ts';
import { unlockWords } from '../words/unlock-words.ts';
import { usePatientPages } from './patient-context.ts';

/** The whole way with the place where one stands on it, and what opens next. */
export function PlanPath({ view }: { readonly view: PlanView }) {
  const { homework, open, place } = usePatientPages();
  const steps = stepsOf(view);
  const done = doneOf(view);
  const over = lastDayOver(view.plan, homework.now);
  return (
    <>
      <NotDoneCards view={view} />
      <section className="path" aria-labelledby={`path-${view.plan.id}`}>
        <h2 id={`path-${view.plan.id}`} dir="auto">
          {view.plan.title}
        </h2>
        {over === undefined ? null : <p className="quiet">Its {lastDayWords(over, homework.now, view.plan)}</p>}
        {done === undefined || done.done === 0 ? null : (
          <p className="quiet">
            You have {timesNotDone(homework, view).length === 0 ? 'done' : 'written about'} {done.done} of {done.due} so
            far.
          </p>
        )}
        <ol className="path-steps">
          {steps.map((step) => {
            const { words, tone } = ownStepStands(homework, view, step);
            return (
              <li key={step.id} className={`path-step ${tone} ${step.businessStatus}`}>
                <button
                  type="button"
                  className="path-link"
                  onClick={() => open({ name: 'step', assignmentId: step.id })}
                >
                  <span className="path-title" dir="auto">
                    {step.title}
                  </span>
                  <span className="path-status">
                    {step.businessStatus === 'locked' ? ruleForPatient({ homework, place }, view, step) : words}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}

/** What was written down as not done, without a word about why: a question, not a reproach. */
function NotDoneCards({ view }: { readonly view: PlanView }) {
  const { homework, open } = usePatientPages();
  const { session } = useAppSession();
  if (!session.canWrite) return null;
  return stepsOf(view)
    .filter((step) => stepNotDone(homework, view, step) !== undefined)
    .filter(({ id }) => !view.barriers.some(({ assignmentId }) => assignmentId === id))
    .map((step) => (
      <article key={step.id} className="card">
        <p className="card-top">
          <Status tone="quiet">{ownStepStands(homework, view, step).words.toLowerCase()}</Status>
        </p>
        <h2 dir="auto">{step.title}</h2>
        <p>It is worth knowing what stood in the way. You can tell your clinician, if you like.</p>
        <div className="buttons">
          <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
            Say what stood in the way
            <span className="hidden-words">
              : <bdi>{step.title}</bdi>
            </span>
          </button>
        </div>
      </article>
    ));
}

/** A lock as the patient reads it: by the step's name, not its number. */
function ruleForPatient(
  { homework, place }: { readonly homework: PatientHomework; readonly place: Place },
  view: PlanView,
  step: StepView,
): ReactNode {
  const { unlock, unlockedAt } = step;
  const { timeZone } = view.plan;
  const stuck = stuckBehind(view.assignments, step, dayOf(homework.now, timeZone));
  const past = partsOf(unlock).length > 0 && pastDay(step, homework.now, timeZone) !== undefined;
  // what was locked again opens by no rule; what was not done opens the next one once it is done after all
  if (unlockedAt !== undefined || past || (stuck !== undefined && stepNotDone(homework, view, stuck) === undefined))
    return unlockWords({ type: 'by-clinician' }, place, { clinician: 'your clinician' });
  if (unlock.type === 'after' && unlock.criterion.type !== 'clinician-approves') {
    const before = view.assignments.find(({ key }) => key === unlock.after);
    if (before !== undefined)
      return (
        <>
          Opens after “<bdi>{before.title}</bdi>”
        </>
      );
  }
  const title = (key: string): string | undefined => view.assignments.find((other) => other.key === key)?.title;
  return unlockWords(unlock, place, {
    clinician: 'your clinician',
    step: (key) => (title(key) === undefined ? `step ${key}` : `“${isolate(title(key) ?? '')}”`),
  });
}
