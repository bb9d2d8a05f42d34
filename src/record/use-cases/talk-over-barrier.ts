import type { Barrier } from '../../homework/model.ts';
import { markTalkedOver } from '../../homework/plan/mark-talked-over.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { refuseForeignRow } from '../store/own-reach.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';

/** Notes that a barrier was talked over with the patient, now. @throws `unknown-artefact` */
export async function talkOverBarrier(
  record: HomeworkRecord,
  tenantId: string,
  command: { readonly barrierId: string },
): Promise<{ readonly planId: string; readonly barrier: Barrier }> {
  const of = { artefact: 'barrier', id: command.barrierId } as const;
  const { state } = await changePlan(record, tenantId, {
    of,
    apply: async (before, at, { tx }) => {
      await refuseForeignRow(tx, tenantId, { actor: record.actor, of });
      return markTalkedOver(before, command, at);
    },
  });
  const barrier = state.barriers.find((barrier) => barrier.id === command.barrierId);
  if (barrier === undefined) throw unknownArtefact(of);
  return { planId: state.plan.id, barrier };
}
