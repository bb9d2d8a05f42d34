import { defined } from '../../foundation/defined.ts';
import type { EhrReference, Feedback } from '../../homework/model.ts';
import { addFeedback } from '../../homework/plan/add-feedback.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { changePlan } from './change-plan.ts';
import { mayKnowOf } from './may-change-log.ts';
import { viaOf } from './require-person.ts';
import type { Sourced } from './sourced.ts';

export interface GiveFeedbackCommand extends Sourced {
  /** What it is about. */
  readonly of: { readonly artefact: 'plan' | 'assignment' | 'log'; readonly id: string };
  readonly author: 'patient' | EhrReference;
  readonly text: string;
  /** Id of the feedback that this answers. */
  readonly inResponseTo?: string;
}

/** Sends a message about homework, in either direction. @throws `unknown-artefact`, `source-id-conflict` */
export async function giveFeedback(
  record: HomeworkRecord,
  tenantId: string,
  command: GiveFeedbackCommand,
): Promise<{ readonly planId: string; readonly feedback: Feedback; readonly created: boolean }> {
  const { of, author, text, inResponseTo } = command;
  const changed = await changePlan(record, tenantId, {
    of,
    source: { operation: 'feedback', command },
    apply: (state, at, { artefactId: id }) => {
      const log = of.artefact === 'log' ? state.logs.find((log) => log.id === of.id) : undefined;
      // somebody else's draft is not there for a source system, also not to be spoken of
      if (log !== undefined && !mayKnowOf(record.actor, log)) throw unknownArtefact({ artefact: 'log', id: log.id });
      const assignmentId = of.artefact === 'assignment' ? of.id : log?.assignmentId;
      return addFeedback(
        state,
        {
          id,
          ...defined({ assignmentId }),
          ...(log === undefined ? {} : { logId: log.id }),
          author,
          ...viaOf(record.actor),
          text,
          ...defined({ inResponseTo }),
        },
        at,
      );
    },
  });
  const feedback = changed.state.feedback.find((feedback) => feedback.id === changed.artefactId);
  if (feedback === undefined) throw unknownArtefact({ artefact: 'feedback', id: changed.artefactId });
  return { planId: changed.state.plan.id, feedback, created: changed.created };
}
