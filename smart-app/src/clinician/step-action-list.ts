import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { isEnded } from '../../../src/homework/plan/is-ended.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { canMove } from '../plan/can-move.ts';
import { canLog, finishedLogs, occurrencesOf, openBarriers, openOccurrence } from '../plan/steps.ts';
import { mayShrink } from '../plan/too-hard.ts';
import { unlockHeld } from '../plan/unlock-held.ts';
import type { StepAction } from './action.ts';
import { changeStep, smallerStep } from './change-forms.ts';
import { GiveFeedback, NoteBarrier } from './step-forms.tsx';
import { AcceptStep, ExcuseTime, excusable, LockStep, PauseStep, UnlockStep, WithdrawStep } from './step-moves.tsx';

/** Everything that can be done with a step, in the order of the menu. An act more is a line more. */
export const stepActions: readonly StepAction[] = [
  {
    ...{ name: 'unlock', words: 'Unlock', Form: UnlockStep },
    offer: (step, { homework, view }) =>
      canMove(step, 'unlock') && unlockHeld(homework, view) === undefined ? 'first' : undefined,
  },
  {
    ...{ name: 'resume', words: 'Resume' },
    offer: (step) => (canMove(step, 'resume') ? 'first' : undefined),
    async act(step, { change }) {
      await change({ method: 'POST', path: `/assignments/${step.id}/moves`, body: { event: 'resume' } });
      return `Step ${step.key} goes on. The days of the pause were added to its dates.`;
    },
  },
  {
    ...{ name: 'feedback', words: 'Give feedback', preposition: 'on', Form: GiveFeedback },
    offer(step, { view }) {
      if (step.status === 'draft') return undefined;
      // a step that was logged and got no word yet asks for one
      const logged = finishedLogs(view, step.id).length > 0;
      const answered = view.feedback.some(
        ({ author, assignmentId }) => author !== 'patient' && assignmentId === step.id,
      );
      return logged && !answered ? 'first' : 'often';
    },
  },
  {
    ...{ name: 'barrier', words: 'Note a barrier', preposition: 'to', Form: NoteBarrier },
    offer: (step) => (isOver(step) || step.status === 'draft' ? 'seldom' : 'often'),
  },
  {
    ...{ name: 'smaller', words: 'Make a smaller step', preposition: 'before', Form: smallerStep.Part },
    offer: (step, { view }) => (mayShrink(step) ? (asksForSmaller(view, step) ? 'first' : 'seldom') : undefined),
  },
  {
    ...{ name: 'change', words: 'Change this step', Form: changeStep.Part },
    offer: (step) => (isEnded(step) ? undefined : 'seldom'),
  },
  {
    ...{ name: 'paper', words: 'Enter a paper log', preposition: 'for' },
    page: ({ id }) => ({ name: 'paper', assignmentId: id }),
    offer: (step, { view }) => (canLog(view, step) ? 'seldom' : undefined),
  },
  {
    ...{ name: 'session', words: 'Start a session', preposition: 'for' },
    offer: (step, { view }) => (mayStartSession(view, step) ? 'first' : undefined),
    async act(step, { change }) {
      await change({ method: 'POST', path: `/assignments/${step.id}/sessions`, body: {} });
      return `A session of step ${step.key} has begun. What is logged next belongs to it.`;
    },
  },
  {
    ...{ name: 'relock', words: 'Lock again', Form: LockStep },
    offer: (step) => (canMove(step, 'relock') ? 'seldom' : undefined),
  },
  {
    ...{ name: 'excuse', words: 'Excuse', Form: ExcuseTime },
    offer: (step, { view }) => (excusable(view, step) === undefined ? undefined : 'seldom'),
  },
  {
    ...{ name: 'pause', words: 'Pause', Form: PauseStep },
    offer: (step) => (canMove(step, 'pause') ? 'seldom' : undefined),
  },
  {
    ...{ name: 'accept', words: 'Accept as done', Form: AcceptStep },
    offer: (step) => (canMove(step, 'accept-as-done') ? 'seldom' : undefined),
  },
  {
    ...{ name: 'withdraw', words: 'Withdraw', apart: true, Form: WithdrawStep },
    offer: (step) => (canMove(step, 'withdraw') ? 'seldom' : undefined),
  },
];

/** It is done in sessions, none goes on, and not all were held. */
function mayStartSession(view: PlanView, step: StepView): boolean {
  const schedule = scheduleOf(step);
  if (schedule.type !== 'sessions' || !canLog(view, step) || openOccurrence(view, step.id) !== undefined) return false;
  return occurrencesOf(view, step.id).filter(({ status }) => status !== 'excused').length < schedule.count;
}

/** It was not done, or something is in its way that was not talked over yet. */
function asksForSmaller(view: PlanView, { id, businessStatus }: StepView): boolean {
  if (['missed', 'declined', 'stopped-by-patient'].includes(businessStatus)) return true;
  return businessStatus === 'overdue' && openBarriers(view, id).length > 0;
}

/** Whether nothing more is expected of it; what stood in the way is told afterwards, too. */
const isOver = ({ status }: StepView): boolean => status === 'completed' || status === 'cancelled';
