import { useState } from 'react';
import type { AppBody } from '../../../src/contract/app/bodies.ts';
import type { Assignment } from '../../../src/homework/model.ts';
import { addDays, dayOf } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { BarrierForm } from '../parts/barrier-form.tsx';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { canLog, canMove, finishedLogs, occurrencesOf, openOccurrence } from '../plan/steps.ts';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';
import { WriteFeedback } from './write-feedback.tsx';

type Asked = 'unlock' | 'relock' | 'excuse' | 'pause' | 'withdraw' | 'barrier' | 'feedback' | 'accept';

interface StepActionsProps {
  readonly step: Assignment;
  readonly onWithdrawn: () => void;
}

/** What can be done with a step from where it stands; what takes something away asks for its reason. */
export function StepActions({ step, onWithdrawn }: StepActionsProps) {
  const { homework, view, place, mayChange, change, open } = useClinicianPages();
  const [asked, setAsked] = useState<Asked>();
  const { busy, problem, run } = useAction();
  if (!mayChange) return null;
  const path = `/assignments/${step.id}/moves` as const;
  const move = (body: AppBody<'POST /assignments/{assignmentId}/moves'>) => change({ method: 'POST', path, body });
  const close = (): void => setAsked(undefined);
  const excusable =
    openOccurrence(view, step.id) ?? occurrencesOf(view, step.id).findLast(({ status }) => status === 'missed');
  const schedule = scheduleOf(step);
  const today = dayOf(homework.now, place.timeZone);
  const staleDate = schedule?.type === 'once' && schedule.by < today;
  // a step that was logged and got no word yet asks for one
  const unanswered =
    finishedLogs(view, step.id).length > 0 &&
    !view.feedback.some(({ author, assignmentId }) => author !== 'patient' && assignmentId === step.id);
  const name = <span className="hidden-words"> step {step.key}</span>;
  const more = [
    ...(canMove(step, 'relock') ? [{ what: 'relock', words: 'Lock again' } as const] : []),
    ...(excusable === undefined ? [] : [{ what: 'excuse', words: 'Excuse' } as const]),
    ...(canMove(step, 'pause') ? [{ what: 'pause', words: 'Pause' } as const] : []),
    ...(canMove(step, 'accept-as-done') ? [{ what: 'accept', words: 'Accept as done' } as const] : []),
    ...(canMove(step, 'withdraw') ? [{ what: 'withdraw', words: 'Withdraw' } as const] : []),
  ];
  return (
    <div className="step-actions">
      <div className="buttons">
        {canMove(step, 'unlock') ? (
          <button type="button" className="secondary small" onClick={() => setAsked('unlock')}>
            Unlock{name}
          </button>
        ) : null}
        {canMove(step, 'resume') ? (
          <button
            type="button"
            className="secondary small"
            disabled={busy}
            onClick={() => void run(() => move({ event: 'resume' }))}
          >
            Resume{name}
          </button>
        ) : null}
        {step.status === 'draft' ? null : (
          <button
            type="button"
            className={unanswered ? 'secondary small' : 'plain small'}
            onClick={() => setAsked('feedback')}
          >
            Give feedback<span className="hidden-words"> on step {step.key}</span>
          </button>
        )}
        <button type="button" className="plain small" onClick={() => setAsked('barrier')}>
          Note a barrier<span className="hidden-words"> to step {step.key}</span>
        </button>
        {canLog(view, step) ? (
          <button type="button" className="plain small" onClick={() => open({ name: 'paper', assignmentId: step.id })}>
            Enter a paper log<span className="hidden-words"> for step {step.key}</span>
          </button>
        ) : null}
        {more.map(({ what, words }) => (
          <button key={what} type="button" className="plain small" onClick={() => setAsked(what)}>
            {words}
            {name}
          </button>
        ))}
      </div>
      <ProblemNotice problem={problem} />
      {asked === 'unlock' ? (
        <Sheet title={`Unlock step ${step.key}`} onClose={close}>
          <ReasonForm
            subject={`unlock:${step.id}`}
            intro="The patient sees it at once, whatever its rule says."
            reasonLabel="Why now?"
            finishWords="Unlock"
            date={{
              label: staleDate
                ? 'Its date has passed. New date to do it by'
                : 'To do by (leave empty to keep its own date)',
              required: staleDate,
              first: today,
              suggested: staleDate ? addDays(today, 7) : '',
            }}
            onCancel={close}
            onFinish={async ({ reason, date }) => {
              await move({ event: 'unlock', reason, ...(date === '' ? {} : { schedule: { type: 'once', by: date } }) });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'relock' ? (
        <Sheet title={`Lock step ${step.key} again`} onClose={close}>
          <ReasonForm
            subject={`relock:${step.id}`}
            intro="It leaves what the patient has to do, until a clinician unlocks it."
            reasonLabel="Why?"
            finishWords="Lock again"
            onCancel={close}
            onFinish={async ({ reason }) => {
              await move({ event: 'relock', reason });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'excuse' && excusable !== undefined ? (
        <Sheet
          title={`Excuse ${excusable.status === 'missed' ? 'what was missed' : 'what is due'} in step ${step.key}`}
          onClose={close}
        >
          <ReasonForm
            subject={`excuse:${step.id}`}
            intro="It leaves the count of what was to be done."
            reasonLabel="Why?"
            hint="For example: the meeting was cancelled."
            finishWords="Excuse"
            onCancel={close}
            onFinish={async ({ reason }) => {
              await change({ method: 'POST', path: `/occurrences/${excusable.id}/excuse`, body: { reason } });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'pause' ? (
        <Sheet title={`Pause step ${step.key}`} onClose={close}>
          <ReasonForm
            subject={`pause:${step.id}`}
            intro="Nothing becomes overdue while it is paused; the time is added when it goes on."
            reasonLabel="Why?"
            optional
            finishWords="Pause"
            onCancel={close}
            onFinish={async ({ reason }) => {
              await move({ event: 'pause', ...(reason === '' ? {} : { reason }) });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'accept' ? (
        <Sheet title={`Accept step ${step.key} as done`} onClose={close}>
          <ReasonForm
            subject={`accept:${step.id}`}
            intro="What was logged so far is enough; nothing more is asked in this step."
            reasonLabel="Why?"
            optional
            finishWords="Accept as done"
            onCancel={close}
            onFinish={async ({ reason }) => {
              await move({ event: 'accept-as-done', ...(reason === '' ? {} : { reason }) });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'withdraw' ? (
        <Sheet title={`Withdraw step ${step.key}`} onClose={close}>
          <ReasonForm
            subject={`withdraw:${step.id}`}
            intro="It is taken off the plan for good; logs that were written stay. You can undo it for ten minutes."
            reasonLabel="Why?"
            finishWords="Withdraw"
            onCancel={close}
            onFinish={async ({ reason }) => {
              await move({ event: 'withdraw', reason });
              close();
              onWithdrawn();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'barrier' ? (
        <Sheet title={`What is in the way of step ${step.key}?`} onClose={close}>
          <BarrierForm
            subject={`barrier:${step.id}`}
            title="What comes closest"
            finishWords="Note it"
            onCancel={close}
            onFinish={async (barrier) => {
              await change({ method: 'POST', path: `/assignments/${step.id}/barriers`, body: barrier });
              close();
            }}
          />
        </Sheet>
      ) : null}
      {asked === 'feedback' ? (
        <Sheet title={`Feedback on step ${step.key}`} onClose={close}>
          <WriteFeedback assignmentId={step.id} onSent={close} />
        </Sheet>
      ) : null}
    </div>
  );
}
