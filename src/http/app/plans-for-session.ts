import type { PlanView as AppPlanView } from '../../contract/app/plan-view.ts';
import type { ReadPlan } from '../../record/store/read-plans.ts';
import { undoableActs } from '../../record/use-cases/noted-act.ts';
import { undoableWithdrawals } from '../../record/use-cases/undoable-withdrawals.ts';
import type { AppCall } from './app-route.ts';
import { planForReader } from './plan-for-reader.ts';
import { toldOfRisk, withTold } from './told-of-risk.ts';

/** Plans as the app shows them to this session: by its role, with what it can still undo wherever one goes. */
export async function plansForSession(
  call: Pick<AppCall<unknown, unknown>, 'record' | 'tenant' | 'session'>,
  views: readonly ReadPlan[],
): Promise<readonly AppPlanView[]> {
  const { record, tenant, session } = call;
  const { role, launchId } = session;
  const told = await toldOfRisk(call);
  const withdrawn =
    role === 'clinician' ? await undoableWithdrawals(record, tenant.id, { plans: views, launchId }) : [];
  const noted = role === 'clinician' ? await undoableActs(record, tenant.id, { plans: views, launchId }) : [];
  return views.map((view) => {
    const has = (list: readonly { readonly id: string }[], wanted: string) => list.some(({ id }) => id === wanted);
    const own = [
      ...withdrawn.filter(({ assignmentId }) => has(view.assignments, assignmentId)),
      ...noted.filter((act) =>
        'barrierId' in act ? has(view.barriers, act.barrierId) : has(view.feedback, act.feedbackId),
      ),
    ];
    const shown = planForReader(view, role, tenant);
    const logs = shown.logs.map((log) => withTold(log, told));
    return { ...shown, logs, ...(own.length === 0 ? {} : { undoable: own }) };
  });
}
