import type { PlanView as AppPlanView } from '../../contract/app/plan-view.ts';
import type { PlanView } from '../../record/use-cases/get-plan.ts';
import { undoableActs } from '../../record/use-cases/noted-act.ts';
import { undoableWithdrawals } from '../../record/use-cases/undoable-withdrawals.ts';
import type { AppCall } from './app-route.ts';
import { planForReader } from './plan-for-reader.ts';

/** Plans as the app shows them to this session: by its role, with what it can still undo wherever one goes. */
export async function plansForSession(
  { record, tenant, session }: Pick<AppCall<unknown, unknown>, 'record' | 'tenant' | 'session'>,
  views: readonly PlanView[],
): Promise<readonly AppPlanView[]> {
  const { role, launchId } = session;
  if (role !== 'clinician') return views.map((view) => planForReader(view, role, tenant));
  const withdrawn = await undoableWithdrawals(record, tenant.id, { plans: views, launchId });
  const noted = await undoableActs(record, tenant.id, { plans: views, launchId });
  return views.map((view) => {
    const has = (list: readonly { readonly id: string }[], wanted: string) => list.some(({ id }) => id === wanted);
    const own = [
      ...withdrawn.filter(({ assignmentId }) => has(view.assignments, assignmentId)),
      ...noted.filter((act) =>
        'barrierId' in act ? has(view.barriers, act.barrierId) : has(view.feedback, act.feedbackId),
      ),
    ];
    return { ...planForReader(view, role, tenant), ...(own.length === 0 ? {} : { undoable: own }) };
  });
}
