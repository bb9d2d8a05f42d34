import type { EhrReference, Instant } from '../../homework/model.ts';
import { illegalMove } from '../../homework/plan/apply-move.ts';
import { makeMove } from '../../homework/plan/make-move.ts';
import { type BeforeWithdrawal, undoWithdrawal } from '../../homework/plan/undo-withdrawal.ts';
import { assignmentById, occurrencesOf } from '../../homework/replace-in-state.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';

export interface WithdrawCommand {
  readonly assignmentId: string;
  readonly actor: EhrReference;
  readonly reason: string;
  /** The app session's launch: only it can undo. */
  readonly launchId: string;
}

/** Withdrawals can be undone for so long. */
export const undoMs = 10 * 60_000;

/** Withdraws an assignment so that the same launch can undo it for ten minutes. @throws `unknown-artefact`, `illegal-move` */
export async function withdrawAssignment(
  record: HomeworkRecord,
  tenantId: string,
  { assignmentId, actor, reason, launchId }: WithdrawCommand,
): Promise<ChangedPlan> {
  let before: BeforeWithdrawal | undefined;
  const changed = await changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    apply(state, at) {
      before = { assignment: assignmentById(state, assignmentId), occurrences: occurrencesOf(state, assignmentId) };
      return makeMove(
        state,
        { assignmentId, event: { type: 'withdraw', actor, reason } },
        at,
        rulesOfTenant(record, tenantId, state.assignments),
      );
    },
  });
  // after the commit, for a change may not write beside its plan; lost in between, the withdrawal just can't be undone
  await record.database.query(
    `insert into withdrawal (tenant, assignment_id, launch_id, withdrawn_at, before) values ($1, $2, $3, $4, $5::jsonb)
     on conflict (tenant, assignment_id) do update set launch_id = excluded.launch_id, withdrawn_at = excluded.withdrawn_at, before = excluded.before`,
    [tenantId, assignmentId, launchId, changed.at, JSON.stringify(before)],
  );
  return changed;
}

/**
 * Undoes a withdrawal that this launch made within the last ten minutes.
 * @throws `illegal-move` when there is none, or it is too late; `unknown-artefact`
 */
export async function undoWithdraw(
  record: HomeworkRecord,
  tenantId: string,
  { assignmentId, launchId }: Pick<WithdrawCommand, 'assignmentId' | 'launchId'>,
): Promise<ChangedPlan> {
  return changePlan(record, tenantId, {
    of: { artefact: 'assignment', id: assignmentId },
    async apply(state, at, { tx }) {
      const { rows } = await tx.query<{ withdrawn_at: Instant; before: BeforeWithdrawal }>(
        'select withdrawn_at, before from withdrawal where tenant = $1 and assignment_id = $2 and launch_id = $3',
        [tenantId, assignmentId, launchId],
      );
      const made = rows[0];
      if (made === undefined || Date.parse(at) - Date.parse(made.withdrawn_at) > undoMs) {
        const because = 'only the withdrawal of this session, for ten minutes';
        throw illegalMove(assignmentById(state, assignmentId), 'undo-withdraw', because);
      }
      return undoWithdrawal(
        state,
        { before: made.before, withdrawnAt: made.withdrawn_at },
        at,
        rulesOfTenant(record, tenantId, state.assignments),
      );
    },
  });
}
