import type { PlanState } from '../../homework/model.ts';
import { type MoveEvent, makeMove } from '../../homework/plan/make-move.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type ChangedPlan, changePlan } from './change-plan.ts';
import { requirePerson, viaOf } from './require-person.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import type { Sourced } from './sourced.ts';

type WithBarrier = Extract<MoveEvent, { readonly barrier: unknown }>;
/** A move as it is asked for: the barrier that some moves record has no id yet. */
export type AskedMove =
  | Exclude<MoveEvent, WithBarrier>
  | { readonly type: WithBarrier['type']; readonly barrier: Omit<WithBarrier['barrier'], 'id'> };

export interface MoveAssignmentCommand {
  readonly assignmentId: string;
  readonly event: AskedMove;
  /** The source system's name for the barrier that the move records: the same move that comes again is the same move. */
  readonly barrierSource?: Sourced;
}

/**
 * Moves an assignment as a person asks: unlock, regrade, pause, withdraw …
 * @throws `person-needed`, `unknown-artefact`, `illegal-move`, `source-id-conflict`
 */
export async function moveAssignment(
  record: HomeworkRecord,
  tenantId: string,
  { assignmentId, event, barrierSource }: MoveAssignmentCommand,
): Promise<ChangedPlan> {
  const rulesOf = ({ assignments }: PlanState) => rulesOfTenant(record, tenantId, assignments);
  requirePerson(record.actor, `move ${event.type}`);
  const of = { artefact: 'assignment', id: assignmentId } as const;
  const via = viaOf(record.actor);
  if (!('barrier' in event)) {
    return changePlan(record, tenantId, {
      of,
      apply: (state, at) => makeMove(state, { assignmentId, event, ...via }, at, rulesOf(state)),
    });
  }
  const command = { ...barrierSource, assignmentId, event };
  return changePlan(record, tenantId, {
    of,
    source: { operation: 'barrier', command },
    apply: (state, at, { artefactId: id }) => {
      const { type, barrier } = event;
      return makeMove(
        state,
        { assignmentId, event: { type, barrier: { ...barrier, ...via, id } }, ...via },
        at,
        rulesOf(state),
      );
    },
  });
}
