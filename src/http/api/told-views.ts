import type { ReportedBy } from '../../contract/told.ts';
import { defined } from '../../foundation/defined.ts';
import type { Assignment, Barrier, Feedback, LogSource, Plan } from '../../homework/model.ts';
import { currentForm } from '../../homework/plan/own-form.ts';
import { planRevision } from '../../homework/plan/plan-revision.ts';
import { revisionOf } from '../../homework/plan/step-words.ts';
import { reportedBy, type Sources, withReporter } from './reported-by.ts';

/** A barrier as answers show it. */
export function barrierView(barrier: Barrier, sources: Sources) {
  const { talkedOver, ...own } = withReporter(barrier, barrier.saidBy, sources);
  return { ...own, ...defined({ talkedOver: talkedOver && withReporter(talkedOver, talkedOver.by, sources) }) };
}

/** A message as answers show it. */
export function feedbackView(feedback: Feedback, sources: Sources) {
  return withReporter(feedback, feedback.author, sources);
}

/** A plan's own row as answers show it. */
export function planRowView(plan: Plan, sources: Sources) {
  const { changes, ...own } = withReporter(plan, plan.author, sources);
  const shown = changes?.map((change) => withReporter(change, change.by, sources));
  return { ...own, ...defined({ changes: shown }), revision: planRevision(plan) };
}

/** An assignment as answers show it: who asked for it, and the last move that a source system told. */
export function assignmentView({ toldMove, forms, ...assignment }: Assignment, sources: Sources) {
  const told = toldMove && reportedBy(toldMove, toldMove.by, sources);
  const { changes, ...own } = withReporter(assignment, assignment.requester, sources);
  return {
    ...own,
    ...defined({ changes: changes?.map((change) => withReporter(change, change.by, sources)) }),
    ...defined({ form: formView({ ...assignment, ...defined({ forms }) }) }),
    revision: revisionOf(assignment),
    ...(toldMove === undefined || told === undefined ? {} : { reportedMove: moveView(toldMove, told) }),
  };
}

/** What is the plan's own in the form that the step asks for now. */
function formView(assignment: Assignment) {
  const form = currentForm(assignment);
  if (form === undefined) return undefined;
  const { version, settings, own } = form;
  return { version, settings, own };
}

function moveView({ event, at }: { readonly event: string; readonly at: string }, told: ReportedBy) {
  return { event, at, reportedBy: told };
}

/** Who supplied a log, in one word or reference. */
export function supplierOf(source: LogSource): string {
  return source.type === 'patient' ? 'patient' : source.reference;
}
