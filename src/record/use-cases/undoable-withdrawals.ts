import type { Instant, PlanState } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { undoMs } from './withdraw-assignment.ts';

/** A withdrawal that can still be undone, and until when. */
export interface UndoableWithdrawal {
  readonly assignmentId: string;
  readonly until: Instant;
}

/** The withdrawals of these plans' steps that this launch has made and can still undo. */
export async function undoableWithdrawals(
  record: HomeworkRecord,
  tenantId: string,
  { plans, launchId }: { readonly plans: readonly Pick<PlanState, 'assignments'>[]; readonly launchId: string },
): Promise<readonly UndoableWithdrawal[]> {
  const withdrawn = plans.flatMap(({ assignments }) =>
    assignments.filter(({ businessStatus }) => businessStatus === 'withdrawn'),
  );
  if (withdrawn.length === 0) return [];
  const now = (await record.clockOf(tenantId)).now().getTime();
  const { rows } = await record.database.query<{ assignment_id: string; withdrawn_at: Instant }>(
    'select assignment_id, withdrawn_at from withdrawal where tenant = $1 and launch_id = $2 and assignment_id = any($3)',
    [tenantId, launchId, withdrawn.map(({ id }) => id)],
  );
  return rows.flatMap(({ assignment_id: assignmentId, withdrawn_at: at }) => {
    const until = Date.parse(at) + undoMs;
    // as the withdrawal left it: what was changed since cannot be put back
    const untouched = withdrawn.some(({ id, lastModified }) => id === assignmentId && lastModified === at);
    return untouched && now <= until ? [{ assignmentId, until: new Date(until).toISOString() }] : [];
  });
}
