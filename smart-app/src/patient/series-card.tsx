import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { WeekDots } from '../charts/week-dots.tsx';
import { Status } from '../parts/tone.tsx';
import { type DueStep, isLater } from '../plan/due-steps.ts';
import { begunLog, openOccurrences } from '../plan/steps.ts';
import { seriesOf, thisWeek } from '../plan/this-week.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { LocalCopy } from '../session/local-copy.ts';
import { placeOf } from '../words/dates.ts';
import { dayWords, timeWords } from '../words/series-words.ts';
import { weekWords } from '../words/week-words.ts';
import { logSubject } from './log-subject.ts';
import { Named, OfPlan } from './of-plan.tsx';
import { usePatientPages } from './patient-context.ts';

/** What is done again and again: today's, how this week goes, and days that can still be filled in. */
export function SeriesCard({ view, step, occurrence }: DueStep) {
  const { homework, open } = usePatientPages();
  const { session, drafts } = useAppSession();
  const place = placeOf(view);
  const today = dayOf(homework.now, place.timeZone);
  const times = openOccurrences(view, step.id);
  const due = times.filter(({ status }) => status === 'due');
  const week = thisWeek(view, step, today, session.tenant.weekBegins);
  const series = seriesOf(step);
  const anyDay = series?.pattern.type === 'per-week';
  // a week that is over is not asked for again, unless something of it was begun
  const later = times
    .filter((time) => isLater({ occurrence: time }) && (!anyDay || isBegun(drafts, view, time)))
    .toReversed();
  // of a week's times one is like the other
  const asked = anyDay ? due.slice(0, 1) : due;
  return (
    <article className="card due-card">
      <p className="card-top">
        {asked.length === 0 ? (
          <Status tone="good">nothing more today</Status>
        ) : (
          <Status tone="open">{anyDay ? 'this week, any day' : dayWords(occurrence, today, place)}</Status>
        )}
      </p>
      <h2 dir="auto">{step.title}</h2>
      <OfPlan view={view} />
      <WeekDots {...{ week, today, place }} />
      <p className="quiet">{weekWords(week, series)}</p>
      <div className="buttons">
        {session.canWrite
          ? asked.map((time, index) => (
              <LogButton
                key={time.id}
                {...{ view, step, time }}
                className={index === 0 ? 'primary large' : 'secondary'}
              >
                {time.part === undefined ? '' : `: ${time.part}`}
              </LogButton>
            ))
          : null}
        <button type="button" className="plain" onClick={() => open({ name: 'step', assignmentId: step.id })}>
          What and why
          <Named title={step.title} />
        </button>
      </div>
      {session.canWrite ? (
        <Later {...{ view, step, later }} words={(time) => timeWords(time, { series, today, place })} />
      ) : null}
    </article>
  );
}

/** Whether something of a time was begun, here or at the service. */
function isBegun(drafts: LocalCopy, view: PlanView, time: Occurrence): boolean {
  const { assignmentId } = time;
  const unsaved = drafts.peek(logSubject(assignmentId, time)).some(({ synced }) => !synced);
  return unsaved || begunLog(view, assignmentId, time) !== undefined;
}

interface LogButtonProps {
  readonly view: PlanView;
  readonly step: StepView;
  readonly time: Occurrence;
  readonly className: string;
  /** Which of several it is. */
  readonly children: string;
}

function LogButton({ view, step, time, className, children }: LogButtonProps) {
  const { open } = usePatientPages();
  const { drafts } = useAppSession();
  return (
    <button
      type="button"
      className={className}
      onClick={() => open({ name: 'log', assignmentId: step.id, occurrenceId: time.id })}
    >
      {isBegun(drafts, view, time) ? 'Go on writing' : 'Write it down'}
      {children}
      <Named title={step.title} />
    </button>
  );
}

interface LaterProps extends Pick<LogButtonProps, 'view' | 'step'> {
  /** The last first. */
  readonly later: readonly Occurrence[];
  readonly words: (time: Occurrence) => string;
}

/** Days that were left out and still count: the last of them at once, the others on wish. */
function Later({ later: [last, ...others], words, ...of }: LaterProps) {
  if (last === undefined) return null;
  return (
    <>
      <p className="quiet">What you fill in later still counts. It is marked as “later”.</p>
      <LogButton {...of} time={last} className="secondary">{`: ${words(last)}, later`}</LogButton>
      {others.length === 0 ? null : (
        <details>
          <summary>{others.length === 1 ? 'One more day' : `${others.length} more days`}</summary>
          <div className="buttons">
            {others.map((time) => (
              <LogButton key={time.id} {...of} time={time} className="plain">{`: ${words(time)}, later`}</LogButton>
            ))}
          </div>
        </details>
      )}
    </>
  );
}
