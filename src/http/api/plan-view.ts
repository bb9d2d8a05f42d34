import type { AnswerOf } from '../../contract/answer-type.ts';
import type { planViewShape } from '../../contract/plan-view.ts';
import { defined } from '../../foundation/defined.ts';
import type { PlanView } from '../../record/use-cases/get-plan.ts';
import { ledgerView } from './ledger-view.ts';
import { logView } from './log-view.ts';
import { reportView } from './report-view.ts';
import type { Sources } from './reported-by.ts';
import { assignmentView, barrierView, feedbackView, planRowView } from './told-views.ts';

/** The plan as the API shows it. */
export function planView(
  view: PlanView,
  chartUrl: string | undefined,
  sources: Sources,
): AnswerOf<typeof planViewShape> {
  const { plan, version, updatedAt, assignments, occurrences, barriers, feedback, reports } = view;
  const ofPlan = view.adherences.find(({ assignmentId }) => assignmentId === undefined);
  if (ofPlan === undefined) throw new TypeError('the plan as a whole was not counted');
  return {
    ...{ plan: planRowView(plan, sources), version, updatedAt, occurrences },
    assignments: assignments.map((assignment) => assignmentView(assignment, sources)),
    logs: view.logs.map((log) => logView(log, sources)),
    barriers: barriers.map((barrier) => barrierView(barrier, sources)),
    feedback: feedback.map((feedback) => feedbackView(feedback, sources)),
    reports: reports.map((report) => reportView(report, sources)),
    adherence: {
      plan: ofPlan,
      assignments: view.adherences.filter(({ assignmentId }) => assignmentId !== undefined),
    },
    landings: view.ledger.map(ledgerView),
    ...defined({ chartUrl, proposedClose: view.proposedClose }),
  };
}
