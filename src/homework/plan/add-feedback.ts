import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Feedback, Instant, PlanState } from '../model.ts';
import { assignmentById, invalidRequest, logById, refuseKnownId } from '../replace-in-state.ts';
import type { Sent } from '../told.ts';

/** A message about homework, in either direction. */
export interface AddFeedback extends Sent {
  readonly id: string;
  readonly assignmentId?: string;
  readonly logId?: string;
  readonly author: 'patient' | EhrReference;
  readonly text: string;
  /** The feedback it answers. */
  readonly inResponseTo?: string;
}

/**
 * Sends feedback on a plan, an assignment or a log; what speaks of a log speaks of its assignment.
 * @throws IntersessionError `unknown-artefact`; `invalid-request` for an empty text or a log of another assignment
 */
export function addFeedback(state: PlanState, command: AddFeedback, at: Instant): PlanState {
  const { assignmentId, ...rest } = command;
  if (command.text.trim() === '') throw invalidRequest('text', 'is empty');
  refuseKnownId(state.feedback, command.id);
  const log = command.logId === undefined ? undefined : logById(state, command.logId);
  const about = assignmentId === undefined ? log?.assignmentId : assignmentById(state, assignmentId).id;
  if (log !== undefined && log.assignmentId !== about) throw invalidRequest('logId', 'belongs to another assignment');
  const { inResponseTo } = command;
  if (inResponseTo !== undefined && !state.feedback.some(({ id }) => id === inResponseTo))
    throw new IntersessionError(
      'unknown-artefact',
      { artefact: 'feedback', id: inResponseTo },
      'no feedback has this id',
    );
  const feedback: Feedback = {
    ...rest,
    ...defined({ assignmentId: about }),
    planId: state.plan.id,
    patientId: state.plan.patientId,
    sentAt: at,
  };
  return { ...state, feedback: [...state.feedback, feedback] };
}
