import type { ReportedBy } from '../../contract/told.ts';
import type { Assignment, Barrier, Feedback, LogSource, Plan } from '../../homework/model.ts';
import { reportedBy, type Sources, withReporter } from './reported-by.ts';

/** A barrier as answers show it. */
export function barrierView(barrier: Barrier, sources: Sources) {
  return withReporter(barrier, barrier.saidBy, sources);
}

/** A message as answers show it. */
export function feedbackView(feedback: Feedback, sources: Sources) {
  return withReporter(feedback, feedback.author, sources);
}

/** A plan's own row as answers show it. */
export function planRowView(plan: Plan, sources: Sources) {
  return withReporter(plan, plan.author, sources);
}

/** An assignment as answers show it: who asked for it, and the last move that a source system told. */
export function assignmentView({ toldMove, ...assignment }: Assignment, sources: Sources) {
  const told = toldMove && reportedBy(toldMove, toldMove.by, sources);
  return {
    ...withReporter(assignment, assignment.requester, sources),
    ...(toldMove === undefined || told === undefined ? {} : { reportedMove: moveView(toldMove, told) }),
  };
}

function moveView({ event, at }: { readonly event: string; readonly at: string }, told: ReportedBy) {
  return { event, at, reportedBy: told };
}

/** Who supplied a log, in one word or reference. */
export function supplierOf(source: LogSource): string {
  return source.type === 'patient' ? 'patient' : source.reference;
}
