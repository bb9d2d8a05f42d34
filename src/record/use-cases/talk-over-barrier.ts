import { defined } from '../../foundation/defined.ts';
import type { Barrier, EhrReference, Instant } from '../../homework/model.ts';
import { markTalkedOver } from '../../homework/plan/mark-talked-over.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { refuseForeignRow } from '../store/own-reach.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { personOf, viaOf } from './require-person.ts';

/** Which barrier, and whom a source system names as having talked it over. */
export interface TalkOverBarrier {
  readonly barrierId: string;
  readonly actor?: EhrReference;
}

/**
 * Notes that a barrier was talked over with the patient, now.
 * @returns with `at`, when it was noted; absent where it had been before
 * @throws `unknown-artefact`
 */
export async function talkOverBarrier(
  record: HomeworkRecord,
  tenantId: string,
  { barrierId, actor }: TalkOverBarrier,
): Promise<{ readonly planId: string; readonly barrier: Barrier; readonly at?: Instant | undefined }> {
  const of = { artefact: 'barrier', id: barrierId } as const;
  const who = { ...defined({ by: personOf(record.actor, actor) }), ...viaOf(record.actor) };
  let known = false;
  const { state } = await changePlan(record, tenantId, {
    of,
    apply: async (before, at, { tx }) => {
      await refuseForeignRow(tx, tenantId, { actor: record.actor, of });
      known = before.barriers.some(({ id, talkedOverAt }) => id === barrierId && talkedOverAt !== undefined);
      return markTalkedOver(before, { barrierId, ...who }, at);
    },
  });
  const barrier = state.barriers.find((barrier) => barrier.id === barrierId);
  if (barrier === undefined) throw unknownArtefact(of);
  return { planId: state.plan.id, barrier, at: known ? undefined : barrier.talkedOverAt };
}
