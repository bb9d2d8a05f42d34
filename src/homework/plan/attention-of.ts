import { defined } from '../../foundation/defined.ts';
import { isFinished } from '../log/log.ts';
import type { Assignment, BarrierCode, Instant, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { adherenceOf } from './adherence-of.ts';
import { isEnded } from './apply-move.ts';

/** What of a plan may need someone's attention, in numbers: a row of the coordinator's worklist. */
export interface Attention {
  /** Occurrences that are overdue. */
  readonly overdue: number;
  /** Assignments that the patient declined or stopped, or that ended without being done. */
  readonly stopped: number;
  /** Locked assignments that nothing but a clinician can unlock any more. */
  readonly waitingUnlock: number;
  /** The latest barrier that was not talked over. */
  readonly openBarrier?: BarrierCode;
  /** When the latest completed log was performed. */
  readonly lastLogAt?: Instant;
  readonly adherencePercent?: number;
  /** What needs care first has more of it; 0: nothing does, as of a patient who has died. */
  readonly urgency: number;
}

/** A barrier is a patient who said why; an overdue step is one who did not yet; the rest waits for us. */
const weights = { stopped: 8, openBarrier: 6, overdue: 4, waitingUnlock: 3 } as const;

/** Sums up what of a plan needs attention; a pure function of its state. */
export function attentionOf(state: PlanState, at: Instant): Attention {
  const openBarrier = state.barriers.findLast(({ talkedOverAt }) => talkedOverAt === undefined)?.code;
  const lastLogAt = state.logs
    .filter(isFinished)
    .map(({ performedAt }) => performedAt)
    .sort()
    .at(-1);
  const { percent } = adherenceOf(state, {}, at);
  const overdue = state.occurrences.filter(
    ({ status, superseded }) => status === 'overdue' && superseded !== true,
  ).length;
  const stopped = state.assignments.filter(({ status, businessStatus }) => {
    return status === 'rejected' || status === 'failed' || businessStatus === 'stopped-by-patient';
  }).length;
  const waitingUnlock = state.assignments.filter((assignment) => waitsForClinician(state, assignment)).length;
  const barriers = openBarrier === undefined ? 0 : weights.openBarrier;
  return {
    ...{ overdue, stopped, waitingUnlock },
    ...defined({ openBarrier, lastLogAt, adherencePercent: percent }),
    urgency: hasDied(state, at)
      ? 0
      : barriers + stopped * weights.stopped + overdue * weights.overdue + waitingUnlock * weights.waitingUnlock,
  };
}

/** A locked step whose turn has come, and which no rule will unlock by itself. */
function waitsForClinician({ assignments }: PlanState, assignment: Assignment): boolean {
  if (assignment.status !== 'draft') return false;
  if (assignment.unlockedAt !== undefined) return true;
  const { unlock } = assignment;
  if (unlock.type === 'after') {
    const before = assignments.find(({ key }) => key === unlock.after);
    return before !== undefined && isEnded(before);
  }
  const earlier = assignments.filter(({ step }) => step < assignment.step);
  return unlock.type === 'by-clinician' && earlier.every(isEnded);
}
