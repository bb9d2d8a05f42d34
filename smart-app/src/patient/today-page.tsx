import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { noCurrentName } from '../../../src/homework/patient/no-current-name.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { OccurrenceDots } from '../charts/occurrence-dots.tsx';
import { lazyPart } from '../parts/lazy-part.tsx';
import { Status } from '../parts/tone.tsx';
import { type DueStep, dueSteps } from '../plan/due-steps.ts';
import { begunLog, inOrder, isRunning, occurrencesOf, stepsOf, unread } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { answerSubject, barrierSubject, isTextBegun } from '../session/begun-text.ts';
import { dueWords, placeOf, writeDate, writeTime } from '../words/dates.ts';
import { deviceZone, isSameClock } from '../words/same-clock.ts';
import { usePatientPages } from './patient-context.ts';

// most read it where the plan is carried out
const zoneNote = lazyPart(
  async () => (await import('../parts/zone-note.tsx')).ZoneNote,
  () => null,
);
// below what there is to do now
export const planPath = lazyPart(
  async () => (await import('./plan-path.tsx')).PlanPath,
  () => null,
);

/** What there is to do now, in the order in which it is due; then what comes after it. */
export function TodayPage() {
  const { homework, place, open } = usePatientPages();
  // of a record that says that they have died nothing is asked
  const asksNothing = homework.standing?.deceased !== undefined;
  const plans = asksNothing ? [] : inOrder(homework.plans).filter(isRunning);
  const due = dueSteps(plans);
  const messages = plans.flatMap((view) => unread(view, 'patient'));
  const elsewhere = plans.some(({ plan }) => !isSameClock(plan.timeZone, deviceZone(), homework.now));
  return (
    <>
      <h1 tabIndex={-1}>Hello{homework.patient.name === noCurrentName ? null : <bdi> {homework.patient.name}</bdi>}</h1>
      <p className="lead">
        {writeDate(dayOf(homework.now, place.timeZone), place)}. {leadWords(due.length, plans.length)}
      </p>
      {elsewhere ? <zoneNote.Part plans={plans} than={deviceZone()} whose="this device’s" now={homework.now} /> : null}
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
      {(asksNothing ? [] : homework.plans).map((view) => (
        <BegunNotes key={view.plan.id} view={view} />
      ))}
      {due.map((entry) => (
        <DueCard key={entry.step.id} {...entry} />
      ))}
      {plans.map((view) => (
        <MissedCards key={view.plan.id} view={view} />
      ))}
      {plans.length === 0 && !asksNothing ? <NoPlan /> : null}
      {plans.map((view) => (
        <planPath.Part key={view.plan.id} view={view} />
      ))}
    </>
  );
}

function leadWords(due: number, plans: number): string {
  if (plans === 0) return '';
  if (due === 0) return 'Nothing to do just now.';
  return due === 1 ? 'One thing to do.' : `${due} things to do.`;
}

function DueCard({ view, step, occurrence }: DueStep) {
  const { homework, open } = usePatientPages();
  const place = placeOf(view);
  const { session, drafts } = useAppSession();
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
            time {occurrence.ordinal} of {target}
          </span>
        ) : null}
      </p>
      <h2 dir="auto">{step.title}</h2>
      <OfPlan view={view} />
      {target > 1 ? (
        <OccurrenceDots
          occurrences={occurrencesOf(view, step.id)}
          loggedWords="written down"
          {...{ now: homework.now, place, target }}
        />
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

/** Which plan a card is of, where there are several. */
function OfPlan({ view: { plan } }: { readonly view: PlanView }) {
  const { homework } = usePatientPages();
  if (homework.plans.filter(isRunning).length < 2) return null;
  return (
    <p className="quiet">
      Part of <bdi>{plan.title}</bdi>
    </p>
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

/** What was begun on this device and not sent, of what is in the way or in answer to a message: first, for nobody else knows of it. */
function BegunNotes({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
  const { drafts, session } = useAppSession();
  if (!session.canWrite) return null;
  const steps = (isRunning(view) ? stepsOf(view) : [])
    .filter(({ id, status }) => status !== 'draft' && isTextBegun(drafts, barrierSubject(id)))
    .map(({ id, title }) => ({ id, about: title, doing: 'say what is in the way' }));
  // in a plan that is over, too, there are messages to answer
  const messages = view.feedback
    .filter(({ id }) => isTextBegun(drafts, answerSubject(id)))
    .map(({ id, text }) => ({ id, about: text, doing: 'answer a message' }));
  return [...steps, ...messages].map(({ id, about, doing }, index) => (
    <article key={id} className="card">
      <h2>You began to {doing}</h2>
      <p className="clamp" dir="auto">
        {about}
      </p>
      <OfPlan view={view} />
      <p>It is not sent yet.</p>
      <div className="buttons">
        <button
          type="button"
          className="primary"
          onClick={() => open(index < steps.length ? { name: 'step', assignmentId: id } : { name: 'messages' })}
        >
          Go on with it
          <Named title={about} />
        </button>
      </div>
    </article>
  ));
}

/** What passed by without a log and without a word about it: a question, not a reproach. */
function MissedCards({ view }: { readonly view: PlanView }) {
  const { open } = usePatientPages();
  const { session } = useAppSession();
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
      <OfPlan view={view} />
      <p>This one didn’t come about. That happens, and it is worth knowing why.</p>
      {session.canWrite ? (
        <div className="buttons">
          <button type="button" className="secondary" onClick={() => open({ name: 'step', assignmentId: step.id })}>
            Say what got in the way
            <Named title={step.title} />
          </button>
        </div>
      ) : null}
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
