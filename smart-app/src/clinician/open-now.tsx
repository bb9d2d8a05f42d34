import { Fragment } from 'react';
import { lastDayOver } from '../../../src/homework/plan/last-day-over.ts';
import { openNow } from '../plan/open-now.ts';
import { isRunning, stepName } from '../plan/steps.ts';
import { dueWords } from '../words/dates.ts';
import { lastDayWords } from '../words/status-words.ts';
import { useClinicianPages } from './clinician-context.ts';

/** How many steps are named; of more only the number. */
const named = 3;

/** What the patient has to do now, and by when, in a line under the counts. */
export function OpenNow() {
  const { homework, plans } = useClinicianPages();
  // nobody is to do anything any more
  if (!plans.some(isRunning) || homework.standing?.deceased) return null;
  const open = openNow(plans);
  if (open.length === 0) return <p className="headline open-now">No step is open now.</p>;
  return (
    <p className="headline open-now">
      <strong>Open now:</strong>{' '}
      {open.slice(0, named).map(({ step, due, paused, view }, index) => (
        <Fragment key={step.id}>
          {index === 0 ? '' : '; '}
          <bdi>{stepName(step)}</bdi>
          {plans.length < 2 ? null : (
            <>
              {' '}
              (<bdi>{view.plan.title}</bdi>)
            </>
          )}
          {paused ? ', paused' : due === undefined ? '' : `, ${dueWords(due, homework.now, view.plan)}`}
        </Fragment>
      ))}
      {open.length > named ? `; and ${open.length - named} more` : ''}.
    </p>
  );
}

/** Of each plan that is past its last day and runs: its dates alone would say that it ended. */
export function LastDays() {
  const { homework, plans } = useClinicianPages();
  return plans.map(({ plan }) => {
    const day = lastDayOver(plan, homework.now);
    return day === undefined ? null : (
      <p key={plan.id} className="headline open-now">
        <bdi>{plan.title}</bdi>: its {lastDayWords(day, homework.now, plan)}
      </p>
    );
  });
}
