import type { Feedback, Instant, PlanState } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { ownerOf } from '../store/owner-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';

/**
 * Notes that a message was read by the side it was sent to; the sender's own reading, and reading again, changes nothing.
 * @returns when it was noted; undefined where nothing changed
 * @throws `unknown-artefact`
 */
export async function markFeedbackRead(
  record: HomeworkRecord,
  tenantId: string,
  { feedbackId, reader }: { readonly feedbackId: string; readonly reader: 'patient' | 'clinician' },
): Promise<Instant | undefined> {
  const { planId } = await ownerOf(record, tenantId, { artefact: 'feedback', id: feedbackId });
  let before: PlanState | undefined;
  const { state } = await changePlan(record, tenantId, {
    of: { artefact: 'plan', id: planId },
    apply: (loaded, at) => {
      before = loaded;
      return read(loaded, feedbackId, { reader, at });
    },
  });
  const readAt = (of: PlanState | undefined) => of?.feedback.find(({ id }) => id === feedbackId)?.readAt;
  return readAt(before) === undefined ? readAt(state) : undefined;
}

function read(
  state: PlanState,
  feedbackId: string,
  { reader, at }: { readonly reader: 'patient' | 'clinician'; readonly at: Instant },
): PlanState {
  const feedback = state.feedback.find(({ id }) => id === feedbackId);
  if (feedback === undefined) throw unknownArtefact({ artefact: 'feedback', id: feedbackId });
  const sentBy = feedback.author === 'patient' ? 'patient' : 'clinician';
  if (feedback.readAt !== undefined || sentBy === reader) return state;
  const marked: Feedback = { ...feedback, readAt: at };
  return { ...state, feedback: state.feedback.map((entry) => (entry === feedback ? marked : entry)) };
}
