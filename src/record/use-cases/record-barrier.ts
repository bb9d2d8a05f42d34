import { defined } from '../../foundation/defined.ts';
import type { Barrier, BarrierCode, EhrReference } from '../../homework/model.ts';
import { addBarrier } from '../../homework/plan/add-barrier.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { viaOf } from './require-person.ts';
import type { Sourced } from './sourced.ts';

export interface RecordBarrierCommand extends Sourced {
  /** Of which assignment; else of the plan as a whole. */
  readonly of:
    | { readonly artefact: 'assignment'; readonly id: string }
    | { readonly artefact: 'plan'; readonly id: string };
  readonly code: BarrierCode;
  readonly text?: string;
  /** Default: the patient. */
  readonly saidBy?: 'patient' | EhrReference;
}

/** Records what stood in the way. @throws `unknown-artefact`, `source-id-conflict` */
export async function recordBarrier(
  record: HomeworkRecord,
  tenantId: string,
  command: RecordBarrierCommand,
): Promise<{ readonly planId: string; readonly barrier: Barrier; readonly created: boolean }> {
  const { of, code, text, saidBy = 'patient' } = command;
  const changed = await changePlan(record, tenantId, {
    of,
    source: { operation: 'barrier', command },
    apply: (state, at, { artefactId: id }) =>
      addBarrier(
        state,
        {
          id,
          ...(of.artefact === 'assignment' ? { assignmentId: of.id } : {}),
          code,
          ...defined({ text }),
          saidBy,
          ...viaOf(record.actor),
        },
        at,
      ),
  });
  const barrier = changed.state.barriers.find((barrier) => barrier.id === changed.artefactId);
  if (barrier === undefined) throw unknownArtefact({ artefact: 'barrier', id: changed.artefactId });
  return { planId: changed.state.plan.id, barrier, created: changed.created };
}
