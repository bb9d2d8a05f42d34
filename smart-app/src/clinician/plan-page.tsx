import { useEffect, useState } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { scheduleOf, targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { OccurrenceDots } from '../charts/occurrence-dots.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice, Status } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { doneOf, finishedLogs, isRunning, occurrencesOf, openOccurrence, stepsOf } from '../plan/steps.ts';
import { scheduleWords } from '../plan/times.ts';
import { dueWords, writeDate, writeDay } from '../words/dates.ts';
import { assignmentWords, barrierWords, unlockWords } from '../words/status-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { ClosePlan } from './close-plan.tsx';
import { StepActions } from './step-actions.tsx';
import { TalkedOver } from './talked-over.tsx';

/** Withdrawals can be undone for so long. */
const undoForMs = 10 * 60_000;

/** The plan as a ladder: each step with where it stands, what opens it, and what can be done with it. */
export function PlanPage() {
  const { homework, view, place, mayChange, open } = useClinicianPages();
  const [withdrawn, setWithdrawn] = useState<string>();
  const done = doneOf(view);
  const { period, status, goals, closeReason, closedAt } = view.plan;
  return (
    <>
      <div className="page-head">
        <div>
          <h1 tabIndex={-1}>{view.plan.title}</h1>
          <p className="quiet">
            {writeDate(period.start, place)}
            {period.end === undefined ? ' onwards' : ` to ${writeDate(period.end, place)}`}
            {done === undefined ? '' : ` · done ${done.done} of ${done.due} that were due so far`}
          </p>
        </div>
        <div className="buttons">
          {mayChange || (!isRunning(view) && homework.libraryPlans !== undefined) ? (
            <button type="button" className="secondary" onClick={() => open({ name: 'assign' })}>
              Assign another plan
            </button>
          ) : null}
          {mayChange ? <ClosePlan /> : null}
        </div>
      </div>
      {isRunning(view) ? null : (
        <Notice tone="quiet" title={status === 'completed' ? 'This plan is completed' : 'This plan was ended early'}>
          <p>
            {closedAt === undefined ? '' : `Closed ${writeDay(closedAt, place)}. `}
            {closeReason === undefined ? '' : `Reason: ${closeReason}`}
          </p>
        </Notice>
      )}
      {goals.length === 0 ? null : (
        <section className="goals" aria-label="Goals">
          {goals.map((goal) => (
            <p key={goal.id}>
              <strong>Goal:</strong> {goal.description}
              {goal.target === undefined
                ? ''
                : ` (${goal.target.comparator === '<=' ? 'at most' : 'at least'} ${goal.target.value} ${goal.target.unit})`}
            </p>
          ))}
        </section>
      )}
      {withdrawn === undefined ? null : (
        <UndoWithdrawal assignmentId={withdrawn} onOver={() => setWithdrawn(undefined)} />
      )}
      <ol className="ladder">
        {stepsOf(view).map((step) => (
          <Rung key={step.id} step={step} onWithdrawn={() => setWithdrawn(step.id)} />
        ))}
      </ol>
    </>
  );
}

/** A reason as a sentence of its own. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}

function Rung({ step, onWithdrawn }: { readonly step: StepView; readonly onWithdrawn: () => void }) {
  const { homework, view, place } = useClinicianPages();
  const { words, tone } = assignmentWords[step.businessStatus];
  const occurrence = openOccurrence(view, step.id);
  const schedule = scheduleOf(step);
  const logs = finishedLogs(view, step.id).length;
  const locked = step.businessStatus === 'locked';
  const barriers = view.barriers.filter(({ assignmentId }) => assignmentId === step.id);
  const excused = occurrencesOf(view, step.id).filter(({ status }) => status === 'excused');
  return (
    <li className={`rung ${tone} ${step.businessStatus}`}>
      <span className="rung-key" aria-hidden="true">
        {step.key}
      </span>
      <div className="rung-body">
        <div className="rung-head">
          <h2>
            <span className="hidden-words">Step {step.key}: </span>
            {step.title}
          </h2>
          <Status tone={tone}>{words}</Status>
        </div>
        <p className="quiet rung-line">
          {homework.kinds.find(({ slug }) => slug === step.kind)?.title ?? step.kind}
          {schedule === undefined ? '' : ` · ${scheduleWords(schedule, place)}`}
          {occurrence === undefined ? '' : ` · ${dueWords(occurrence.dueUntil, homework.now, place)}`}
          {logs === 0 ? '' : ` · ${logs === 1 ? '1 log' : `${logs} logs`}`}
        </p>
        <OccurrenceDots
          occurrences={occurrencesOf(view, step.id)}
          now={homework.now}
          place={place}
          target={locked ? 0 : targetOf(step)}
        />
        {locked ? (
          <p className="lock">
            <Icon name="lock" />
            {step.unlockedAt === undefined
              ? unlockWords(ruleInForce(view, step))
              : `Locked again${step.statusReason === undefined ? '' : ` (${step.statusReason.text}${toldOf(step)})`}; opens when a clinician unlocks it`}
          </p>
        ) : null}
        {step.statusReason === undefined || locked ? null : (
          <p className="quiet">{sentence(`${step.statusReason.text}${toldOf(step)}`)}</p>
        )}
        {excused.map(({ id, ordinal, reason }) => (
          <p key={id} className="quiet">
            Time {ordinal} excused{reason === undefined ? '' : `: ${reason}`}
          </p>
        ))}
        {barriers.map((barrier) => (
          <div key={barrier.id} className="rung-barrier">
            <p>
              <strong>In the way: {barrierWords[barrier.code].short.toLowerCase()}</strong>
              {barrier.text === undefined ? '' : `, “${barrier.text}”`}
              {toldWords(barrier)}{' '}
              <span className="quiet">
                {barrier.talkedOverAt === undefined
                  ? 'not talked over yet'
                  : `talked over ${writeDay(barrier.talkedOverAt, place)}`}
              </span>
            </p>
            <TalkedOver barrier={barrier} />
          </div>
        ))}
        <details className="instructions">
          <summary>
            What the patient reads<span className="hidden-words"> in step {step.key}</span>
          </summary>
          <p>{step.instructions}</p>
          <p className="quiet">{step.rationale}</p>
        </details>
        <StepActions step={step} onWithdrawn={onWithdrawn} />
      </div>
    </li>
  );
}

function UndoWithdrawal({ assignmentId, onOver }: { readonly assignmentId: string; readonly onOver: () => void }) {
  const { view, change } = useClinicianPages();
  const { busy, problem, run } = useAction();
  useEffect(() => {
    const timer = setTimeout(onOver, undoForMs);
    return () => clearTimeout(timer);
  }, [onOver]);
  const step = view.assignments.find(({ id }) => id === assignmentId);
  const body = { event: 'undo-withdraw' } as const;
  return (
    <Notice tone="open" live="status" title={`Step ${step?.key ?? ''} was withdrawn`}>
      <p>The patient no longer sees it as something to do. You can undo this for ten minutes.</p>
      <div className="buttons">
        <button
          type="button"
          className="secondary"
          disabled={busy}
          onClick={() =>
            void run(() => change({ method: 'POST', path: `/assignments/${assignmentId}/moves`, body })).then((was) => {
              if (was) onOver();
            })
          }
        >
          Undo
        </button>
      </div>
      {problem === undefined ? null : <p>{problem}</p>}
    </Notice>
  );
}

/** Beside a reason that a source system gave in somebody's name. */
function toldOf({ reportedMove }: Pick<StepView, 'reportedMove'>): string {
  return reportedMove === undefined ? '' : toldWords(reportedMove);
}
