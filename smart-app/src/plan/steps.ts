import type {
  AdherenceView,
  BarrierView,
  FeedbackView,
  LogView,
  PlanView,
  StepView,
} from '../../../src/contract/app/plan-view.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { percentBeside } from '../../../src/homework/plan/count-due.ts';

export { stepName } from './step-name.ts';

/** The plan's steps in their order, without what was made by mistake. */
export function stepsOf({ assignments }: PlanView): readonly StepView[] {
  return assignments
    .filter(({ status }) => status !== 'entered-in-error')
    .toSorted((assignment, other) => assignment.step - other.step);
}

/** Whether the plan is still worked on. */
export function isRunning({ plan }: PlanView): boolean {
  return plan.status === 'active' || plan.status === 'on-hold';
}

/** The plans, those worked on first, the newest first among them. */
export function inOrder(plans: readonly PlanView[]): readonly PlanView[] {
  return plans
    .filter(({ plan }) => plan.status !== 'entered-in-error')
    .toSorted(
      (plan, other) =>
        Number(isRunning(other)) - Number(isRunning(plan)) || other.plan.createdAt.localeCompare(plan.plan.createdAt),
    );
}

/** Whether a log for the step would be taken. */
export function canLog(view: PlanView, { status, businessStatus }: StepView): boolean {
  const closed = status === 'draft' || status === 'rejected' || status === 'cancelled' || status === 'entered-in-error';
  return isRunning(view) && !closed && businessStatus !== 'paused';
}

/** A step's times to be done, in order. */
export function occurrencesOf({ occurrences }: PlanView, assignmentId: string): readonly Occurrence[] {
  return occurrences
    .filter((occurrence) => occurrence.assignmentId === assignmentId)
    .toSorted((occurrence, other) => occurrence.ordinal - other.ordinal);
}

/** The times that can be done now, the one that has waited longest first. */
export function openOccurrences(view: PlanView, assignmentId: string): readonly Occurrence[] {
  return (
    occurrencesOf(view, assignmentId)
      // one in place of which another was given is asked for no longer
      .filter(({ status, superseded }) => (status === 'due' || status === 'overdue') && superseded !== true)
      .toSorted((occurrence, other) => occurrence.dueUntil.localeCompare(other.dueUntil))
  );
}

/**
 * The time that is to be done now: the one that has waited longest. Of what is done again and again it is today's: a day that was
 * left out can still be written about, but it is not what is asked for.
 */
export function openOccurrence(view: PlanView, assignmentId: string): Occurrence | undefined {
  const open = openOccurrences(view, assignmentId);
  if (open[0]?.day === undefined) return open[0];
  return open.find(({ status }) => status === 'due') ?? open.at(-1);
}

/** Finished logs in the order in which it happened; of one step, or of the whole plan. */
export function finishedLogs({ logs }: PlanView, assignmentId?: string): readonly LogView[] {
  return logs
    .filter(isFinished)
    .filter((log) => assignmentId === undefined || log.assignmentId === assignmentId)
    .toSorted((log, other) => log.performedAt.localeCompare(other.performedAt));
}

/** The log of the step that was begun and not finished; where each day has one of its own, of that day. */
export function begunLog(
  { logs }: PlanView,
  assignmentId: string,
  time?: Pick<Occurrence, 'id' | 'day'>,
): LogView | undefined {
  const isOf = ({ occurrenceId }: LogView): boolean => time?.day === undefined || occurrenceId === time.id;
  return logs
    .filter((log) => log.assignmentId === assignmentId && log.status === 'in-progress' && isOf(log))
    .toSorted((log, other) => other.authored.localeCompare(log.authored))[0];
}

/** What stood in the way of a step and was not talked over yet. */
export function openBarriers({ barriers }: PlanView, assignmentId?: string): readonly BarrierView[] {
  return barriers.filter(
    (barrier) =>
      barrier.talkedOverAt === undefined && (assignmentId === undefined || barrier.assignmentId === assignmentId),
  );
}

/** How much was done of the plan as a whole. */
function adherenceOf({ adherence }: PlanView): AdherenceView | undefined {
  return adherence.find(({ assignmentId }) => assignmentId === undefined);
}

/** Messages in the order in which they were sent. */
export function messagesOf({ feedback }: PlanView): readonly FeedbackView[] {
  return feedback.toSorted((feedbackView, other) => feedbackView.sentAt.localeCompare(other.sentAt));
}

/** Messages to one side that it has not read yet. */
export function unread(view: PlanView, reader: 'patient' | 'clinician'): readonly FeedbackView[] {
  return messagesOf(view).filter(
    ({ author, readAt }) => readAt === undefined && (author === 'patient') === (reader === 'clinician'),
  );
}

export interface DoneOfDue {
  readonly done: number;
  readonly due: number;
  readonly percent: number | undefined;
}

/** `6 of 7`, with late ones, of what was due so far, and the percentage where there were many; absent when nothing was due. */
export function doneOf(view: PlanView): DoneOfDue | undefined {
  const overall = adherenceOf(view);
  if (overall === undefined || overall.counts.due === 0) return undefined;
  const { done, due } = overall.counts;
  return { done, due, percent: percentBeside(overall) };
}
