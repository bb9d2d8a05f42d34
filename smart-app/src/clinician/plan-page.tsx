import { useEffect, useRef, useState } from 'react';
import { lastDayOver } from '../../../src/homework/plan/past-day.ts';
import { fetchAhead, lazyPart } from '../parts/lazy-part.tsx';
import { Said, useDone } from '../parts/said.tsx';
import { Notice } from '../parts/tone.tsx';
import { currentStep } from '../plan/current-step.ts';
import { timesNotDone } from '../plan/said-done.ts';
import { doneOf, isRunning, stepsOf } from '../plan/steps.ts';
import { unlockHeld } from '../plan/unlock-held.ts';
import { wasAssigned } from '../words/assign-words.ts';
import { writeDate, writeDay, writeLastDate } from '../words/dates.ts';
import { doneWords } from '../words/done-words.ts';
import { isolate } from '../words/isolate.ts';
import { writeMeasured } from '../words/numbers.ts';
import { lastDayWords } from '../words/status-words.ts';
import { addStep, changePlan, changeStep, smallerStep } from './change-forms.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PlanActions } from './plan-actions.tsx';
import { Rung } from './plan-rung.tsx';
import '../styles/plan-page.css';

const planHistory = lazyPart(async () => (await import('./plan-history.tsx')).PlanHistory);

/** The plan as a ladder: each step with where it stands, what opens it, and what can be done with it. */
export function PlanPage({ assigned }: { readonly assigned?: string | undefined }) {
  const { view } = useClinicianPages();
  // another plan is another page: what was said and opened in the one says nothing of the other
  return <Plan key={view.plan.id} assigned={view.plan.id === assigned} />;
}

function Plan({ assigned }: { readonly assigned: boolean }) {
  const { homework, view, place, mayChange } = useClinicianPages();
  const [said, say] = useDone();
  // of the page or of a step: the last act is confirmed, and none before it
  const [acted, setActed] = useState<string>();
  // offline, too, a form that is wanted is there
  useEffect(() => {
    if (mayChange) fetchAhead([changeStep, smallerStep, addStep, changePlan]);
  }, [mayChange]);
  const of = doneOf(view);
  const done = of === undefined ? undefined : doneWords(view, of, timesNotDone(homework, view).length);
  const { period, status, goals, closeReason, closedAt, title } = view.plan;
  const running = isRunning(view);
  const held = running ? unlockHeld(homework, view) : undefined;
  const atOpening = useRef(running ? currentStep(view)?.id : undefined);
  const over = lastDayOver(view.plan, homework.now);
  const current = useRef<HTMLLIElement>(null);
  const stands = useRef(
    (homework.safety?.open ?? []).length > 0 || homework.plans.some(({ undoable }) => undoable !== undefined),
  );
  const mayScroll = useRef(!assigned && !stands.current);
  const justAssigned = useRef(assigned ? wasAssigned(view, homework.patient.name, { now: homework.now, place }) : '');
  useEffect(() => {
    if (justAssigned.current !== '') say(justAssigned.current);
  }, [say]);
  useEffect(() => {
    // after the page's heading has the focus; what stands above the plan, a safety signal or what can be undone, stays in view
    const frame = requestAnimationFrame(() => {
      if (mayScroll.current) current.current?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1} dir="auto">
            {title}
          </h1>
          <p className="quiet">
            {writeDate(period.start, place)}
            {period.end === undefined ? ' onwards' : ` to ${writeLastDate(period.end, period.start, place)}`}
            {done === undefined ? '' : ` · ${done.what} ${done.count}`}
          </p>
          {over === undefined ? null : <p>Its {lastDayWords(over, homework.now, place)}</p>}
        </div>
        <PlanActions
          onDone={(words) => {
            setActed(undefined);
            say(words);
          }}
        />
      </div>
      <Said done={acted === undefined ? said : undefined} />
      {held === undefined || !view.assignments.some(({ status: of }) => of === 'draft') ? null : (
        <p className="quiet">
          {held === 'plan'
            ? 'Nothing unlocks while the plan is on hold.'
            : 'Nothing unlocks while a safety signal is open.'}
        </p>
      )}
      {running ? null : (
        <Notice tone="quiet" title={status === 'completed' ? 'This plan is completed' : 'This plan was ended early'}>
          <p>
            {closedAt === undefined ? '' : `Closed ${writeDay(closedAt, place)}. `}
            {closeReason === undefined ? '' : `Reason: ${isolate(closeReason)}`}
          </p>
        </Notice>
      )}
      {goals.length === 0 ? null : (
        <section className="goals" aria-label="Goals">
          {goals.map((goal) => (
            <p key={goal.id}>
              <strong>Goal:</strong> <bdi>{goal.description}</bdi>
              {goal.target === undefined
                ? ''
                : ` (${goal.target.comparator === '<=' ? 'at most' : 'at least'} ${writeMeasured(
                    goal.target.value,
                    // UCUM's annotations, as of a score, are for machines
                    goal.target.unit.replace(/^\{.*\}$/, ''),
                    place,
                  )})`}
            </p>
          ))}
        </section>
      )}
      {(view.plan.changes ?? []).length === 0 ? null : <planHistory.Part />}
      <ol className="ladder">
        {stepsOf(view).map((step) => (
          <Rung
            key={step.id}
            step={step}
            current={step.id === atOpening.current ? current : undefined}
            isLast={step.id === acted}
            onAct={() => setActed(step.id)}
          />
        ))}
      </ol>
    </>
  );
}
