import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { noCurrentName } from '../../../src/homework/patient/no-current-name.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { OccurrenceDots } from '../charts/occurrence-dots.tsx';
import { lazyPart } from '../parts/lazy-part.tsx';
import { Status } from '../parts/tone.tsx';
import { type DueStep, dueSteps, isLater } from '../plan/due-steps.ts';
import { begunLog, inOrder, isRunning, occurrencesOf, unread } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { dueWords, placeOf, writeDate, writeTime } from '../words/dates.ts';
import { deviceZone, isSameClock } from '../words/same-clock.ts';
import { Named, OfPlan } from './of-plan.tsx';
import { usePatientPages } from './patient-context.ts';

// most read it where the plan is carried out
const zoneNote = lazyPart(
  async () => (await import('../parts/zone-note.tsx')).ZoneNote,
  () => null,
);
// fetched while the homework is: who does something every day has it at once
export const seriesCard = lazyPart(async () => (await import('./series-card.tsx')).SeriesCard);
// few have begun something that they did not send
const begunNotes = lazyPart(
  async () => (await import('./begun-notes.tsx')).BegunNotes,
  () => null,
);
// below what there is to do now
const missedCards = lazyPart(
  async () => (await import('./beside-today.tsx')).MissedCards,
  () => null,
);
const noPlan = lazyPart(async () => (await import('./beside-today.tsx')).NoPlan);
export const planPath = lazyPart(
  async () => (await import('./plan-path.tsx')).PlanPath,
  () => null,
);

/** What there is to do now, in the order in which it is due; then what comes after it. */
export function TodayPage() {
  const { homework, place, open } = usePatientPages();
  const { drafts } = useAppSession();
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
        {writeDate(dayOf(homework.now, place.timeZone), place)}.{' '}
        {leadWords(due.filter((entry) => !isLater(entry)).length, plans.length)}
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
      {(asksNothing || !drafts.unsent() ? [] : homework.plans).map((view) => (
        <begunNotes.Part key={view.plan.id} view={view} />
      ))}
      {due.map((entry) =>
        entry.occurrence.day === undefined ? (
          <DueCard key={entry.step.id} {...entry} />
        ) : (
          <seriesCard.Part key={entry.step.id} {...entry} />
        ),
      )}
      {plans.filter(hasMissed).map((view) => (
        <missedCards.Part key={view.plan.id} view={view} />
      ))}
      {plans.length === 0 && !asksNothing ? <noPlan.Part /> : null}
      {plans.map((view) => (
        <planPath.Part key={view.plan.id} view={view} />
      ))}
    </>
  );
}

const hasMissed = ({ assignments }: PlanView): boolean =>
  assignments.some(({ businessStatus }) => businessStatus === 'missed');

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
  const target = targetOf(step) ?? 0;
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
