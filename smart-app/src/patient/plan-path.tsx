import type { ReactNode } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Assignment } from '../../../src/homework/model.ts';
import { pastDay } from '../../../src/homework/plan/past-day.ts';
import { stuckBehind } from '../../../src/homework/plan/waits-for-clinician.ts';
import { doneOf, stepsOf } from '../plan/steps.ts';
import { assignmentWords, ownStepWords, unlockWords } from '../words/status-words.ts';
import { usePatientPages } from './patient-context.ts';

/** The whole way with the place where one stands on it, and what opens next. */
export function PlanPath({ view }: { readonly view: PlanView }) {
  const { open, homework } = usePatientPages();
  const steps = stepsOf(view);
  const done = doneOf(view);
  return (
    <section className="path" aria-labelledby={`path-${view.plan.id}`}>
      <h2 id={`path-${view.plan.id}`} dir="auto">
        {view.plan.title}
      </h2>
      {done === undefined || done.done === 0 ? null : (
        <p className="quiet">
          You have done {done.done} of {done.due} so far.
        </p>
      )}
      <ol className="path-steps">
        {steps.map((step) => {
          const { tone } = assignmentWords[step.businessStatus];
          return (
            <li key={step.id} className={`path-step ${tone} ${step.businessStatus}`}>
              <button type="button" className="path-link" onClick={() => open({ name: 'step', assignmentId: step.id })}>
                <span className="path-title" dir="auto">
                  {step.title}
                </span>
                <span className="path-status">
                  {step.businessStatus === 'locked'
                    ? ruleForPatient(view, step, homework.now)
                    : ownStepWords[step.businessStatus]}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** A lock as the patient reads it: by the step's name, not its number. */
function ruleForPatient(view: PlanView, step: Assignment, now: string): ReactNode {
  const { unlock } = step;
  const past = unlock.type === 'after' && pastDay(step, now, view.plan.timeZone) !== undefined;
  if (past || stuckBehind(view.assignments, step) !== undefined)
    return unlockWords({ type: 'by-clinician' }, 'your clinician');
  if (unlock.type === 'after' && unlock.criterion.type !== 'clinician-approves') {
    const before = view.assignments.find(({ key }) => key === unlock.after);
    if (before !== undefined)
      return (
        <>
          Opens after “<bdi>{before.title}</bdi>”
        </>
      );
  }
  return unlockWords(unlock, 'your clinician');
}
