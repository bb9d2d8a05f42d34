import { defined } from '../../foundation/defined.ts';
import { isFinished } from '../log/log.ts';
import type { Assignment, BarrierCode, Instant, PlanState } from '../model.ts';
import { hasDied } from '../patient/has-died.ts';
import { dayOf } from '../schedule/day-end.ts';
import { adherenceOf } from './adherence-of.ts';
import type { AttentionReason, CurrentStep } from './attention-reason.ts';
import { attentionReasons, isStopped, latestNews } from './attention-reasons.ts';
import { isEnded } from './is-ended.ts';
import { waitsForClinician } from './waits-for-clinician.ts';

/** What of a plan may need someone's attention, in numbers and in reasons: what the coordinator's worklist says of it. */
export interface Attention {
  /** Occurrences that are overdue. */
  readonly overdue: number;
  /** Assignments that the patient declined or stopped, or that ended without being done. */
  readonly stopped: number;
  /** Locked assignments that nothing but a clinician can unlock any more. */
  readonly waitingUnlock: number;
  /** Messages of the patient that nobody has read. */
  readonly unreadMessages: number;
  /** The latest barrier that was not talked over. */
  readonly openBarrier?: BarrierCode;
  /** When the latest completed log was performed. */
  readonly lastLogAt?: Instant;
  /** What came to be due after that and has no log: when each was to be done by, the earliest first. */
  readonly unlogged: readonly Instant[];
  /** Of what was due so far, and of it done. */
  readonly due: number;
  readonly done: number;
  readonly adherencePercent?: number;
  /** What needs care first has more of it; 0: nothing does, as of a patient who has died. */
  readonly urgency: number;
  /** The worst first; of each code one. */
  readonly reasons: readonly AttentionReason[];
  /** When the latest of what asks for attention came about, told of or counted; more of a silence that was known is nothing new. */
  readonly newsAt?: Instant;
  readonly currentStep?: CurrentStep;
}

/** A barrier is a patient who said why; an overdue step is one who did not yet; the rest waits for us. */
const weights = { stopped: 8, openBarrier: 6, overdue: 4, waitingUnlock: 3, message: 2 } as const;

/** Sums up what of a plan needs attention; a pure function of its state. */
export function attentionOf(state: PlanState, at: Instant): Attention {
  const openBarrier = state.barriers.findLast(({ talkedOverAt }) => talkedOverAt === undefined)?.code;
  const lastLogAt = state.logs
    .filter(isFinished)
    .map(({ performedAt }) => performedAt)
    .sort()
    .at(-1);
  const { percent, counts } = adherenceOf(state, {}, at);
  const overdue = state.occurrences.filter(
    ({ status, superseded }) => status === 'overdue' && superseded !== true,
  ).length;
  const stopped = state.assignments.filter(isStopped).length;
  const today = dayOf(at, state.plan.timeZone);
  const waitingUnlock = state.assignments.filter(
    (assignment) => waitsForClinician(state.assignments, assignment, today) !== undefined,
  ).length;
  const unreadMessages = state.feedback.filter(isUnread).length;
  const barriers = openBarrier === undefined ? 0 : weights.openBarrier;
  const unlogged = unloggedSince(state, lastLogAt);
  const reasons = attentionReasons(state, today);
  const newsAt = latestNews(state, unlogged[0], today);
  return {
    ...{ overdue, stopped, waitingUnlock, unreadMessages, unlogged, reasons },
    ...{ due: counts.due, done: counts.done },
    ...defined({ openBarrier, lastLogAt, adherencePercent: percent, newsAt, currentStep: currentStep(state) }),
    urgency: hasDied(state, at)
      ? 0
      : barriers +
        stopped * weights.stopped +
        overdue * weights.overdue +
        waitingUnlock * weights.waitingUnlock +
        (unreadMessages === 0 ? 0 : weights.message),
  };
}

function isUnread({ author, readAt }: PlanState['feedback'][number]): boolean {
  return author === 'patient' && readAt === undefined;
}

/** What was made by mistake was never due. */
function unloggedSince({ assignments, occurrences }: PlanState, lastLogAt: Instant | undefined): readonly Instant[] {
  const mistakes = new Set(assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id));
  return occurrences
    .filter(({ status, assignmentId }) => (status === 'overdue' || status === 'missed') && !mistakes.has(assignmentId))
    .map(({ dueUntil }) => dueUntil)
    .filter((dueUntil) => lastLogAt === undefined || dueUntil > lastLogAt)
    .sort();
}

/** The first step that is open, else one that is paused, else the next one that is locked. */
function currentStep({ assignments }: PlanState): CurrentStep | undefined {
  const inOrder = assignments.filter((assignment) => !isEnded(assignment)).toSorted((a, b) => a.step - b.step);
  for (const state of ['open', 'paused', 'locked'] as const) {
    const found = inOrder.find((assignment) => stateOf(assignment) === state);
    if (found !== undefined) return { key: found.key, title: found.title, state };
  }
  return undefined;
}

function stateOf({ status, businessStatus }: Assignment): CurrentStep['state'] {
  if (status === 'draft') return 'locked';
  return status === 'on-hold' || businessStatus === 'paused' ? 'paused' : 'open';
}
