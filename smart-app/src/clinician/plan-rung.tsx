import { type RefObject, useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { Occurrence, Schedule } from '../../../src/homework/model.ts';
import { dayOf, dueDay } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf, timesAsked } from '../../../src/homework/schedule/schedule-of.ts';
import { OccurrenceDots } from '../charts/occurrence-dots.tsx';
import { WeekDots } from '../charts/week-dots.tsx';
import { Icon } from '../parts/icon.tsx';
import { Said, useDone } from '../parts/said.tsx';
import { Status } from '../parts/tone.tsx';
import { foldsAway } from '../plan/current-step.ts';
import { saidDone, timesNotDone } from '../plan/said-done.ts';
import { finishedLogs, occurrencesOf, openOccurrence } from '../plan/steps.ts';
import { thisWeek } from '../plan/this-week.ts';
import { scheduleWords } from '../plan/times.ts';
import { useAppSession } from '../session/app-session.tsx';
import { dueWords, type Place, writeDay } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { stepStands } from '../words/step-stands.ts';
import { stuckWords } from '../words/stuck-words.ts';
import { toldWords } from '../words/told-words.ts';
import { lockWords, stuckLockWords } from '../words/unlock-words.ts';
import { unlockedWords } from '../words/unlocked-words.ts';
import { BarrierNote } from './barrier-note.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';
import { StepActions } from './step-actions.tsx';
import { StepHistory } from './step-history.tsx';

interface RungProps {
  readonly step: StepView;
  /** The step that the page is opened at. */
  readonly current: RefObject<HTMLLIElement | null> | undefined;
  /** Whether the last that was done on this page was done here: what was done before says nothing any more. */
  readonly isLast: boolean;
  readonly onAct: () => void;
}

/**
 * One step of the ladder. What is over is one line, opened by a click; the browser's own disclosure, so that a search in the page
 * finds what is folded away, too.
 */
export function Rung({ step, current, isLast, onAct }: RungProps) {
  const { homework, view, place } = useClinicianPages();
  const [open, setOpen] = useState(() => !foldsAway(view, step));
  const [done, say] = useDone();
  const { words, tone } = stepStands(homework, view, step);
  const logs = finishedLogs(view, step.id).length;
  return (
    <li
      ref={current}
      className={`rung ${tone} ${step.businessStatus}`}
      aria-current={current === undefined ? undefined : 'step'}
    >
      <span className="rung-key" aria-hidden="true">
        {step.key}
      </span>
      <div className="rung-body">
        <details className="rung-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            <h2>
              <span className="hidden-words">Step {step.key}: </span>
              <bdi>{step.title}</bdi>
            </h2>
            {open ? null : (
              <span className="quiet rung-brief">
                {[
                  ...(logs === 0 ? [] : [logs === 1 ? '1 log' : `${logs} logs`]),
                  ...(step.endedAt === undefined ? [] : [writeDay(step.endedAt, place)]),
                ].join(' · ')}
              </span>
            )}
            <Status tone={tone}>{words}</Status>
          </summary>
          <RungBody step={step} />
          <StepActions
            step={step}
            onDone={(words) => {
              onAct();
              say(words);
            }}
          />
        </details>
        <Said done={isLast ? done : undefined} />
      </div>
    </li>
  );
}

/** A reason as a sentence of its own. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}

function RungBody({ step }: { readonly step: StepView }) {
  const { homework, view, place } = useClinicianPages();
  const { session } = useAppSession();
  const people = useKnownPeople();
  const occurrence = openOccurrence(view, step.id);
  const schedule = scheduleOf(step);
  const today = dayOf(homework.now, place.timeZone);
  const logs = finishedLogs(view, step.id).length;
  const locked = step.businessStatus === 'locked';
  const stuck = stuckWords(homework, view, step, place);
  const barriers = view.barriers.filter(({ assignmentId }) => assignmentId === step.id);
  const opened = unlockedWords(step, { view, place, said: (log) => saidDone(homework, log), ...people });
  const excused = occurrencesOf(view, step.id).filter(({ status }) => status === 'excused');
  return (
    <>
      <p className="quiet rung-line">
        {homework.kinds.find(({ slug }) => slug === step.kind)?.title ?? step.kind}
        {` · ${occurrence !== undefined && saysItself(schedule, occurrence, place) ? 'once' : scheduleWords(schedule, place)}`}
        {occurrence === undefined ? '' : ` · ${dueWords(occurrence.dueUntil, homework.now, place)}`}
        {logs === 0 ? '' : ` · ${logs === 1 ? '1 log' : `${logs} logs`}`}
      </p>
      {schedule.type === 'series' ? (
        // of a year of days this week is what one looks at
        <WeekDots week={thisWeek(view, step, today, session.tenant.weekBegins)} today={today} place={place} />
      ) : (
        <OccurrenceDots
          occurrences={occurrencesOf(view, step.id)}
          now={homework.now}
          place={place}
          target={locked ? 0 : (timesAsked(schedule) ?? 0)}
          notDone={timesNotDone(homework, view)}
        />
      )}
      {locked ? (
        <p className="lock">
          <Icon name="lock" />
          {stuck !== undefined
            ? `${sentence(stuck.why)} ${stuck.opens ?? stuckLockWords(view, step, place)}`
            : step.unlockedAt === undefined
              ? lockWords(view, step, place)
              : `Locked again${step.statusReason === undefined ? '' : ` (${isolate(step.statusReason.text)}${toldOf(step)})`}; opens when a clinician unlocks it`}
        </p>
      ) : null}
      {opened === undefined ? null : (
        <p dir="auto" className="quiet rung-line">
          {opened}
        </p>
      )}
      {step.statusReason === undefined || locked || ofUnlocking(step) ? null : (
        <p className="quiet">{sentence(`${isolate(step.statusReason.text)}${toldOf(step)}`)}</p>
      )}
      <StepHistory step={step} />
      {excused.map(({ id, ordinal, reason }) => (
        <p key={id} className="quiet">
          Time {ordinal} excused{reason === undefined ? '' : `: ${isolate(reason)}`}
        </p>
      ))}
      {barriers.map((barrier) => (
        <BarrierNote key={barrier.id} barrier={barrier} />
      ))}
      <details className="instructions">
        <summary>
          What the patient reads<span className="hidden-words"> in step {step.key}</span>
        </summary>
        <p dir="auto">{step.instructions}</p>
        <p dir="auto" className="quiet">
          {step.rationale}
        </p>
      </details>
    </>
  );
}

/** Whether when it is due says all of the schedule but that it is done once. */
function saysItself(schedule: Schedule, { dueUntil }: Occurrence, { timeZone }: Place): boolean {
  return schedule.type === 'once' && schedule.by === dueDay(dueUntil, timeZone);
}

/** Whether the reason that stands beside the status is the one for which it was unlocked, which is told with that. */
const ofUnlocking = ({ status, statusReason, unlocked }: StepView): boolean =>
  status === 'requested' && unlocked?.reason !== undefined && unlocked.reason === statusReason?.text;

/** Beside a reason that a source system gave in somebody's name. */
function toldOf({ reportedMove }: Pick<StepView, 'reportedMove'>): string {
  return reportedMove === undefined ? '' : toldWords(reportedMove);
}
