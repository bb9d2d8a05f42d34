import type { AppBody } from '../../../src/contract/app/bodies.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { pastDay } from '../../../src/homework/plan/past-day.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { Sheet } from '../parts/sheet.tsx';
import { occurrencesOf, openOccurrence } from '../plan/steps.ts';
import { suggestedDay } from '../plan/suggested-day.ts';
import type { StepFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';

type Move = AppBody<'POST /assignments/{assignmentId}/moves'>;

/** Makes a move of a step; undefined while it is not possible. */
function useMove({ id }: StepView): (body: Move) => Promise<unknown> {
  const { change } = useClinicianPages();
  return (body) => change({ method: 'POST', path: `/assignments/${id}/moves`, body });
}

/** Opens a locked step by hand, with the reason, and with a new date where its own has passed. */
export function UnlockStep({ step, onClose, onDone }: StepFormProps) {
  const { homework, view, place } = useClinicianPages();
  const move = useMove(step);
  const days = { today: dayOf(homework.now, place.timeZone), last: view.plan.period.end };
  const staleDate = pastDay(step, homework.now, place.timeZone) !== undefined;
  return (
    <Sheet title={`Unlock step ${step.key}`} onClose={onClose}>
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
          first: days.today,
          last: days.last,
          suggested: staleDate ? suggestedDay(days) : '',
        }}
        onCancel={onClose}
        onFinish={async ({ reason, date }) => {
          await move({ event: 'unlock', reason, ...(date === '' ? {} : { schedule: { type: 'once', by: date } }) });
          onDone(`Step ${step.key} is unlocked. The patient sees it as something to do now.`);
        }}
      />
    </Sheet>
  );
}

interface ReasonedMove {
  readonly title: (key: string) => string;
  readonly intro: string;
  /** It may be made without a reason. */
  readonly optional?: true;
  readonly finishWords: string;
  /** @param reason empty: none was given */
  readonly move: (reason: string) => Move;
  /** What is said when it was made. */
  readonly done: (key: string) => string;
}

/** The form of a move that needs nothing but a reason, kept under the move's name while it is written. */
function moveForm(name: string, { title, intro, optional, finishWords, ...made }: ReasonedMove) {
  return function MoveForm({ step, onClose, onDone }: StepFormProps) {
    const move = useMove(step);
    return (
      <Sheet title={title(step.key)} onClose={onClose}>
        <ReasonForm
          subject={`${name}:${step.id}`}
          intro={intro}
          reasonLabel="Why?"
          optional={optional === true}
          finishWords={finishWords}
          onCancel={onClose}
          onFinish={async ({ reason }) => {
            await move(made.move(reason));
            onDone(made.done(step.key));
          }}
        />
      </Sheet>
    );
  };
}

/** Takes an open step back until a clinician unlocks it. */
export const LockStep = moveForm('relock', {
  title: (key) => `Lock step ${key} again`,
  intro: 'It leaves what the patient has to do, until a clinician unlocks it.',
  finishWords: 'Lock again',
  move: (reason) => ({ event: 'relock', reason }),
  done: (key) => `Step ${key} is locked again. Only a clinician unlocks it.`,
});

/** Stops the clock of a step. */
export const PauseStep = moveForm('pause', {
  title: (key) => `Pause step ${key}`,
  intro: 'Nothing becomes overdue while it is paused; the time is added when it goes on.',
  optional: true,
  finishWords: 'Pause',
  move: (reason) => ({ event: 'pause', ...(reason === '' ? {} : { reason }) }),
  done: (key) => `Step ${key} is paused. Nothing of it becomes overdue until you resume it.`,
});

/** Lets what was logged so far be enough. */
export const AcceptStep = moveForm('accept', {
  title: (key) => `Accept step ${key} as done`,
  intro: 'What was logged so far is enough; nothing more is asked in this step.',
  optional: true,
  finishWords: 'Accept as done',
  move: (reason) => ({ event: 'accept-as-done', ...(reason === '' ? {} : { reason }) }),
  done: (key) => `Step ${key} counts as done. Nothing more is asked in it.`,
});

/** Takes a step off the plan. */
export const WithdrawStep = moveForm('withdraw', {
  title: (key) => `Withdraw step ${key}`,
  intro: 'It is taken off the plan for good; logs that were written stay. You can undo it for ten minutes.',
  finishWords: 'Withdraw',
  move: (reason) => ({ event: 'withdraw', reason }),
  done: (key) => `Step ${key} is withdrawn. The patient no longer sees it as something to do.`,
});

/** The time of a step that can be taken out of the count: what is due, else what was missed last. */
export function excusable(view: PlanView, { id }: StepView): Occurrence | undefined {
  return openOccurrence(view, id) ?? occurrencesOf(view, id).findLast(({ status }) => status === 'missed');
}

/** Takes one time to be done out of the count. */
export function ExcuseTime({ step, onClose, onDone }: StepFormProps) {
  const { view, change } = useClinicianPages();
  const time = excusable(view, step);
  if (time === undefined) return null;
  return (
    <Sheet
      title={`Excuse ${time.status === 'missed' ? 'what was missed' : 'what is due'} in step ${step.key}`}
      onClose={onClose}
    >
      <ReasonForm
        subject={`excuse:${step.id}`}
        intro="It leaves the count of what was to be done."
        reasonLabel="Why?"
        hint="For example: the meeting was cancelled."
        finishWords="Excuse"
        onCancel={onClose}
        onFinish={async ({ reason }) => {
          await change({ method: 'POST', path: `/occurrences/${time.id}/excuse`, body: { reason } });
          onDone(`Time ${time.ordinal} of step ${step.key} is excused and no longer counted.`);
        }}
      />
    </Sheet>
  );
}
