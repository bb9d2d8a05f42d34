import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { Notice } from '../parts/tone.tsx';
import { holdsRisk } from '../plan/risk.ts';
import { canLog, doneOf, openOccurrence, stepsOf } from '../plan/steps.ts';
import { dueWords, placeOf } from '../words/dates.ts';
import { findStep, usePatientPages } from './patient-context.ts';
import { RiskNotice } from './risk-notice.tsx';

/** After a log: thanks, where one stands, and what comes next. */
export function ThanksPage({ assignmentId, logId }: { readonly assignmentId: string; readonly logId: string }) {
  const { homework, open } = usePatientPages();
  const found = findStep(homework, assignmentId);
  if (found === undefined) return <h1 tabIndex={-1}>Thank you</h1>;
  const { view, step, safety } = found;
  const answers = view.logs.find(({ id }) => id === logId)?.answers ?? {};
  const next = stepsOf(view).find((step) => canLog(view, step) && openOccurrence(view, step.id) !== undefined);
  const due = next === undefined ? undefined : openOccurrence(view, next.id);
  const done = doneOf(view);
  return (
    <>
      <h1 tabIndex={-1}>Thank you. It’s written down.</h1>
      {holdsRisk(answers, safety) ? (
        <RiskNotice told />
      ) : (
        <p className="lead">Your clinician can read it before your next visit.</p>
      )}
      {done === undefined || done.done === 0 ? null : (
        <p className="progress-words">
          {done.done >= done.due
            ? 'You have done everything that was due so far.'
            : `You have now done ${done.done} of the ${done.due} that were due so far.`}
        </p>
      )}
      <section className="card">
        <h2>What comes next</h2>
        {next === undefined || due === undefined ? (
          <p>Nothing is to be done just now. You’ll talk about it at your next visit.</p>
        ) : (
          <>
            <p>
              {next.id === step.id && targetOf(step) > 1
                ? `The same again, time ${due.ordinal} of ${targetOf(step)}: `
                : 'A new step is open: '}
              <strong dir="auto">{next.title}</strong>, {dueWords(due.dueUntil, homework.now, placeOf(view))}.
            </p>
            <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: next.id })}>
              Have a look at it
            </button>
          </>
        )}
      </section>
      <Notice tone="quiet">
        <p>Something to put right? You find it under “My notes”.</p>
      </Notice>
      <button type="button" className="primary" onClick={() => open({ name: 'today' })}>
        Back to what there is to do
      </button>
    </>
  );
}
