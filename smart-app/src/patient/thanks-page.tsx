import type { Occurrence } from '../../../src/homework/model.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { Notice } from '../parts/tone.tsx';
import { type DueStep, dueSteps } from '../plan/due-steps.ts';
import { openedBy } from '../plan/opened-by.ts';
import { holdsRisk } from '../plan/risk.ts';
import { saidDone, timesNotDone } from '../plan/said-done.ts';
import { doneOf, inOrder, isRunning, openBarriers } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { dueWords, placeOf } from '../words/dates.ts';
import { findStep, usePatientPages } from './patient-context.ts';
import { RiskNotice } from './risk-notice.tsx';

/** After a log: thanks, where one stands, and what comes next. */
export function ThanksPage({ assignmentId, logId }: { readonly assignmentId: string; readonly logId: string }) {
  const { homework, open } = usePatientPages();
  const { session } = useAppSession();
  const found = findStep(homework, assignmentId);
  if (found === undefined) return <h1 tabIndex={-1}>Thank you</h1>;
  const { view, step, safety } = found;
  const log = view.logs.find(({ id }) => id === logId);
  const due = dueSteps(inOrder(homework.plans));
  const opened = openedBy(view, logId);
  const again = due.find((entry) => entry.step.id === step.id);
  const [next] = again === undefined ? due : [again];
  const done = doneOf(view);
  const verb = timesNotDone(homework, view).length === 0 ? 'done' : 'written about';
  const notDone = log !== undefined && saidDone(homework, log) === false;
  return (
    <>
      <h1 tabIndex={-1}>Thank you. It’s written down.</h1>
      {holdsRisk(log?.answers ?? {}, safety) ? (
        <RiskNotice told={log?.riskWaits ? 'waits' : log?.riskTold ? 'told' : 'before'} />
      ) : (
        <p className="lead">Your clinician can read it before your next visit.</p>
      )}
      {done === undefined || done.done === 0 ? null : (
        <p className="progress-words">
          {homework.plans.filter(isRunning).length > 1 ? (
            <>
              <bdi>{view.plan.title}</bdi>:{' '}
            </>
          ) : null}
          {done.done >= done.due
            ? `You have ${verb} everything that was due so far.`
            : `You have now ${verb} ${done.done} of the ${done.due} that were due so far.`}
        </p>
      )}
      {notDone && session.canWrite && openBarriers(view, step.id).length === 0 ? (
        <section className="card">
          <h2>It was not done this time</h2>
          <p>That is worth knowing, too. You can tell your clinician what stood in the way, if you like.</p>
          <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
            Say what stood in the way
          </button>
        </section>
      ) : null}
      <section className="card">
        <h2>What comes next</h2>
        {opened.map((entry) => (
          <Next
            key={entry.id}
            words="A new step is open: "
            {...{ view, step: entry }}
            occurrence={due.find((found) => found.step.id === entry.id)?.occurrence}
          />
        ))}
        {opened.length > 0 ? null : next === undefined ? (
          <p>Nothing is to be done just now. You’ll talk about it at your next visit.</p>
        ) : (
          <Next
            words={
              again !== undefined && (targetOf(step) ?? 0) > 1
                ? `The same again, time ${again.occurrence.ordinal} of ${targetOf(step)}: `
                : 'Still to do: '
            }
            {...next}
          />
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

interface NextProps extends Pick<DueStep, 'view' | 'step'> {
  readonly words: string;
  /** Absent: its time has not come. */
  readonly occurrence: Occurrence | undefined;
}

function Next({ words, view, step, occurrence }: NextProps) {
  const { homework, open } = usePatientPages();
  return (
    <>
      <p>
        {words}
        <strong dir="auto">{step.title}</strong>
        {occurrence === undefined ? '' : `, ${dueWords(occurrence.dueUntil, homework.now, placeOf(view))}`}.
      </p>
      <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
        Have a look at it
        <span className="hidden-words">
          : <bdi>{step.title}</bdi>
        </span>
      </button>
    </>
  );
}
