import type { BarrierCode, EhrReference, Instant, PlanState } from '../model.ts';
import { assignmentById, refuseKnownId } from '../replace-in-state.ts';
import type { Sent } from '../told.ts';

/** What stood in the way, and who said so. */
export interface AddBarrier extends Sent {
  readonly id: string;
  /** Absent: it stands in the way of the plan as a whole. */
  readonly assignmentId?: string;
  readonly code: BarrierCode;
  readonly text?: string;
  readonly saidBy: 'patient' | EhrReference;
}

/**
 * Records a barrier, to be talked over; also on a plan that is closed, for it may come up afterwards.
 * @throws IntersessionError `unknown-artefact`, `invalid-request`
 */
export function addBarrier(state: PlanState, command: AddBarrier, at: Instant): PlanState {
  if (command.assignmentId !== undefined) assignmentById(state, command.assignmentId);
  refuseKnownId(state.barriers, command.id);
  const barrier = { ...command, planId: state.plan.id, patientId: state.plan.patientId, recordedAt: at };
  return { ...state, barriers: [...state.barriers, barrier] };
}
