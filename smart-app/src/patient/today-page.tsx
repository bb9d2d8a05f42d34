import type { ReactNode } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Assignment } from '../../../src/homework/model.ts';
import { noCurrentName } from '../../../src/homework/patient/no-current-name.ts';
import { stuckBehind } from '../../../src/homework/plan/waits-for-clinician.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { OccurrenceDots } from '../charts/occurrence-dots.tsx';
import { lazyPart } from '../parts/lazy-part.tsx';
import { Status } from '../parts/tone.tsx';
import {
  begunLog,
  canLog,
  doneOf,
  inOrder,
  isRunning,
  occurrencesOf,
  openOccurrence,
  stepsOf,
  unread,
} from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { barrierSubject, isTextBegun } from '../session/begun-text.ts';
import { dueWords, placeOf, writeDate, writeTime } from '../words/dates.ts';
import { deviceZone, isSameClock } from '../words/same-clock.ts';
import { assignmentWords, ownStepWords, unlockWords } from '../words/status-words.ts';
import { usePatientPages } from './patient-context.ts';

// most read it where the plan is carried out
const zoneNote = lazyPart(
  async () => (await import('./zone-note.tsx')).ZoneNote,
  () => null,
);

/** What there is to do now, in the order in which it is due; then what comes after it. */
export function TodayPage() {
  const { homework, place, open } = usePatientPages();
  const plans = inOrder(homework.plans).filter(isRunning);
  const due = plans.flatMap((view) => dueSteps(view).map((step) => ({ view, step })));
  const messages = plans.flatMap((view) => unread(view, 'patient'));
  const elsewhere = plans.some(({ plan }) => !isSameClock(plan.timeZone, deviceZone(), homework.now));
  return (
    <>
      <h1 tabIndex={-1}>Hello{homework.patient.name === noCurrentName ? null : <bdi> {homework.patient.name}</bdi>}</h1>
      <p className="lead">
        {writeDate(dayOf(homework.now, place.timeZone), place)}. {leadWords(due.length, plans.length)}
      </p>
      {elsewhere ? <zoneNote.Part plans={plans} /> : null}
      {messages.length === 0 ? null : (
        <button type="button" className="message-teaser" onClick={() => open({ name: 'messages' })}>
          <span className="teaser-title">
            {messages.length === 1
              ? 'A message from your clinician'
              : `${messages.length} messages from your clinician`}
          </span>
          <span className="teaser-text" dir="auto">
            {messages[0]?.text}
          </span>
        </button>
      )}
      {plans.map((view) => (
        <BegunNotes key={view.plan.id} view={view} />
      ))}
      {due.map(({ view, step }) => (
        <DueCard key={step.id} view={view} step={step} />
      ))}
      {plans.map((view) => (
        <MissedCards key={view.plan.id} view={view} />
      ))}
      {plans.length === 0 ? <NoPlan /> : null}
      {plans.map((view) => (
        <Path key={view.plan.id} view={view} />
      ))}
    </>
  );
}

function leadWords(due: number, plans: number): string {
  if (plans === 0) return '';
  if (due === 0) return 'Nothing to do just now.';
  return due === 1 ? 'One thing to do.' : `${due} things to do.`;
}

function dueSteps(view: PlanView): readonly Assignment[] {
  return stepsOf(view)
    .filter((step) => canLog(view, step) && openOccurrence(view, step.id) !== undefined)
    .toSorted((step, other) => dueAt(view, step).localeCompare(dueAt(view, other)));
}

const dueAt = (view: PlanView, { id }: Assignment): string => openOccurrence(view, id)?.dueUntil ?? '';

function DueCard({ view, step }: { readonly view: PlanView; readonly step: Assignment }) {
  const { homework, open } = usePatientPages();
  const place = placeOf(view);
  const { session, drafts } = useAppSession();
  const occurrence = openOccurrence(view, step.id);
  if (occurrence === undefined) return null;
  const unsaved = drafts.peek(step.id).some(({ synced }) => !synced);
  const begun = begunLog(view, step.id) !== undefined || unsaved;
  const overdue = occurrence.status === 'overdue';
  const target = targetOf(step);
  return (
    <article className="card due-card">
      <p className="card-top">
        <Status tone={overdue ? 'care' : 'open'}>{dueWords(occurrence.dueUntil, homework.now, place)}</Status>
        {target > 1 ? (
          <span className="quiet">
            {occurrence.ordinal} of {target}
          </span>
        ) : null}
      </p>
      <h2 dir="auto">{step.title}</h2>
      {target > 1 ? (
        <OccurrenceDots occurrences={occurrencesOf(view, step.id)} now={homework.now} place={place} target={target} />
      ) : null}
      {overdue ? (
        <p>It’s not too late: until {writeTime(occurrence.lateUntil, place)} it still counts.</p>
      ) : (
        <p className="clamp" dir="auto">
          {step.instructions}
        </p>
      )}
      {unsaved ? <p className="quiet">What you wrote on this device is not saved yet.</p> : null}
      <div className="buttons">
        {session.canWrite ? (
          <button type="button" className="primary large" onClick={() => open({ name: 'log', assignmentId: step.id })}>
            {begun ? 'Go on writing' : 'Write it down'}
            <Named title={step.title} />
          </button>
        ) : null}
        <button type="button" className="plain" onClick={() => open({ name: 'step', assignmentId: step.id })}>
          What and why
          <Named title={step.title} />
        </button>
      </div>
    </article>
  );
}

/** Which step a button is about, for who hears it. */
function Named({ title }: { readonly title: string }) {
  return (
    <span className="hidden-words">
      : <bdi>{title}</bdi>
    </span>
  );
}

/** A note of what is in the way that was begun on this device and not sent: first, for nobody else knows of it. */
function BegunNotes({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
  const { drafts, session } = useAppSession();
  if (!session.canWrite) return null;
  const begun = stepsOf(view).filter(({ id, status }) => status !== 'draft' && isTextBegun(drafts, barrierSubject(id)));
  return begun.map((step) => (
    <article key={step.id} className="card">
      <h2>You began to say what is in the way</h2>
      <p dir="auto">{step.title}</p>
      <p>It is not sent yet.</p>
      <div className="buttons">
        <button type="button" className="primary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
          Go on with it
          <Named title={step.title} />
        </button>
      </div>
    </article>
  ));
}

/** What passed by without a log and without a word about it: a question, not a reproach. */
function MissedCards({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
  const missed = stepsOf(view).filter(
    ({ id, businessStatus }) =>
      businessStatus === 'missed' && !view.barriers.some(({ assignmentId }) => assignmentId === id),
  );
  return missed.map((step) => (
    <article key={step.id} className="card">
      <p className="card-top">
        <Status tone="quiet">passed by</Status>
      </p>
      <h2 dir="auto">{step.title}</h2>
      <p>This one didn’t come about. That happens, and it is worth knowing why.</p>
      <div className="buttons">
        <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
          Say what got in the way
        </button>
      </div>
    </article>
  ));
}

function NoPlan() {
  return (
    <div className="card empty">
      <h2>No homework at the moment</h2>
      <p>When you and your clinician agree on something to try between your visits, it will stand here.</p>
    </div>
  );
}

/** The whole way with the place where one stands on it, and what opens next. */
function Path({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
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
                  {step.businessStatus === 'locked' ? ruleForPatient(view, step) : ownStepWords[step.businessStatus]}
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
function ruleForPatient(view: PlanView, step: Assignment): ReactNode {
  const { unlock } = step;
  if (stuckBehind(view.assignments, step) !== undefined) return unlockWords({ type: 'by-clinician' }, 'your clinician');
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
