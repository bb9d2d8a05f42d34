import { defined } from '../../foundation/defined.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, EhrReference, Instant, PlanState, Schedule } from '../model.ts';
import { assignmentById, invalidRequest, refuseClosedPlan, withAssignment } from '../replace-in-state.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { dayOf, daysBetween } from '../schedule/day-end.ts';
import { pauseOccurrences, reopenPaused } from '../schedule/open-occurrence.ts';
import { postponed, scheduleOf, withSchedule } from '../schedule/schedule-of.ts';
import type { ToldMove } from '../told.ts';
import { type AddBarrier, addBarrier } from './add-barrier.ts';
import { applyMove, illegalMove } from './apply-move.ts';
import { endAssignment } from './end-assignment.ts';
import { keepChange } from './keep-change.ts';
import { renewOtherTimes } from './renew-times.ts';
import { scheduleWithin } from './schedule-within.ts';
import { sweep } from './sweep.ts';
import { unlockAllows } from './unlock-allows.ts';
import { unlockAssignment } from './unlock-assignment.ts';
import { unlockHeldBy } from './unlock-held-by.ts';

/** What a person does with an assignment; the moves that follow from logs and from time are made by the other operations. */
export type MoveEvent =
  | {
      readonly type: 'unlock';
      /** `criterion`: its own rule holds. */
      readonly by: 'criterion' | { readonly actor: EhrReference; readonly reason: string };
      /** A new date, when a clinician unlocks by hand. */
      readonly schedule?: Schedule;
    }
  | { readonly type: 'relock'; readonly actor: EhrReference; readonly reason: string }
  | {
      readonly type: 'regrade';
      readonly actor: EhrReference;
      readonly reason: string;
      readonly title?: string;
      readonly instructions?: string;
      readonly schedule?: Schedule;
    }
  | { readonly type: 'seen' }
  | { readonly type: 'agree' }
  | { readonly type: 'decline'; readonly barrier: Omit<AddBarrier, 'assignmentId'> }
  | { readonly type: 'stop'; readonly barrier: Omit<AddBarrier, 'assignmentId'> }
  | { readonly type: 'pause'; readonly reason?: string }
  | { readonly type: 'resume' }
  | { readonly type: 'accept-as-done'; readonly actor: EhrReference; readonly reason?: string }
  | { readonly type: 'withdraw'; readonly actor: EhrReference; readonly reason: string }
  | { readonly type: 'mistake'; readonly reason?: string };

export interface MakeMove {
  readonly assignmentId: string;
  /** Client id of the source system that tells of it; absent: a person made it. */
  readonly via?: string;
  readonly event: MoveEvent;
}

/**
 * Makes a move of the table of moves, with all that follows from it.
 * @throws IntersessionError `illegal-move` naming from and event, and the guard that said no; `invalid-request` for an empty
 *   reason; `plan-closed`; `schedule-never-occurs` for a date that has passed; `unknown-artefact`
 */
export function makeMove(
  state: PlanState,
  { assignmentId, event, via }: MakeMove,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  assignmentById(state, assignmentId);
  // A mistake is set right whenever it is found; everything else happens while the plan runs.
  if (event.type !== 'mistake') refuseClosedPlan(state);
  const now = sweep(state, at, rules);
  const moved = sweep(
    move(now, assignmentById(now, assignmentId), { event, ...defined({ via }) }, at, rules),
    at,
    rules,
  );
  if (via === undefined) return withoutToldMove(moved, assignmentId);
  return withToldMove(moved, assignmentId, { event: event.type, at, via, ...namedIn(event) });
}

/** A move that a person makes is theirs: what was told of an earlier one does not stand beside it. */
function withoutToldMove(state: PlanState, assignmentId: string): PlanState {
  const { toldMove: earlier, ...assignment } = assignmentById(state, assignmentId);
  return earlier === undefined ? state : withAssignment(state, assignment);
}

/** The assignment says which move was told, and whom the source system named. */
function withToldMove(state: PlanState, assignmentId: string, toldMove: ToldMove): PlanState {
  return withAssignment(state, { ...assignmentById(state, assignmentId), toldMove });
}

/** Whose decision a move is, as it is told. */
function namedIn(event: MoveEvent): Pick<ToldMove, 'by'> {
  if ('barrier' in event) return { by: event.barrier.saidBy };
  if ('actor' in event) return { by: event.actor };
  return event.type === 'seen' || event.type === 'agree' ? { by: 'patient' } : {};
}

function move(
  state: PlanState,
  assignment: Assignment,
  { event, via }: Pick<MakeMove, 'event' | 'via'>,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  switch (event.type) {
    case 'unlock':
      return unlock(state, assignment, event, at, rules);
    case 'relock':
    case 'regrade':
      return lock(state, assignment, { ...event, ...defined({ via }) }, at, rules);
    case 'seen':
    case 'agree':
      return withAssignment(state, applyMove(assignment, event.type, at));
    case 'decline':
    case 'stop':
      return refuse(state, assignment, event, at);
    case 'pause':
      return pause(state, assignment, event.reason, at);
    case 'resume':
      return resume(state, assignment, at, rules);
    case 'withdraw':
      return endAssignment(state, assignment, 'withdraw', { text: given(event.reason) }, at);
    case 'accept-as-done':
      return endAssignment(state, assignment, 'accept-as-done', { text: event.reason ?? 'accepted as done' }, at);
    case 'mistake':
      return endAssignment(state, assignment, 'mistake', { text: event.reason ?? 'made by mistake' }, at);
  }
}

function given(reason: string): string {
  if (reason.trim() === '') throw invalidRequest('event.reason', 'is empty');
  return reason;
}

function unlock(
  state: PlanState,
  assignment: Assignment,
  { by, schedule }: Extract<MoveEvent, { type: 'unlock' }>,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  applyMove(assignment, 'unlock', at);
  const heldBy = unlockHeldBy(state.plan, state.openSafetySignals);
  if (heldBy === 'plan') throw illegalMove(assignment, 'unlock', 'the plan is not active');
  if (heldBy === 'safety-signal') throw illegalMove(assignment, 'unlock', 'a safety signal is open');
  if (by === 'criterion') {
    if (assignment.unlockedAt !== undefined) throw illegalMove(assignment, 'unlock', 'a clinician locked it');
    if (!unlockAllows(state, assignment, { rules, at }))
      throw illegalMove(assignment, 'unlock', 'its criterion is not met');
    return unlockAssignment(state, assignment, at, rules);
  }
  const byHand = { by: by.actor, reason: given(by.reason) };
  if (schedule === undefined) return unlockAssignment(state, assignment, at, rules, { byHand });
  checkSchedule(schedule, 'event.schedule', scheduleWithin(state, rules), at);
  return unlockAssignment(state, assignment, at, rules, { byHand, schedule });
}

function lock(
  state: PlanState,
  assignment: Assignment,
  event: Extract<MoveEvent, { type: 'relock' | 'regrade' }> & { readonly via?: string },
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  if (assignment.standing) throw illegalMove(assignment, event.type, 'a standing step is never locked');
  const reason = { text: given(event.reason) };
  const locked = applyMove(assignment, event.type, at, { reason });
  const next = pauseOccurrences(withAssignment(state, locked), assignment.id, at, event.reason);
  if (event.type === 'relock') return next;
  const { title, instructions, schedule } = event;
  if (title?.trim() === '') throw invalidRequest('event.title', 'is empty');
  if (schedule !== undefined) checkSchedule(schedule, 'event.schedule', scheduleWithin(state, rules), at);
  const to = defined({ title, instructions, schedule });
  const decided = { by: event.actor, reason: reason.text, ...defined({ via: event.via }) };
  const changed = keepChange(next, { assignmentId: assignment.id, to, ...decided }, at);
  return renewOtherTimes(changed, locked, at, rules);
}

/** The patient's own end of a step: never without what stood in the way. */
function refuse(
  state: PlanState,
  assignment: Assignment,
  { type, barrier }: Extract<MoveEvent, { type: 'decline' | 'stop' }>,
  at: Instant,
): PlanState {
  const logged = state.logs.some((log) => log.assignmentId === assignment.id && log.status !== 'entered-in-error');
  const reason = { code: barrier.code, text: barrier.text ?? barrier.code };
  const ended = endAssignment(state, assignment, type, reason, at);
  if (type === 'decline' && logged) throw illegalMove(assignment, type, 'it was logged already');
  return addBarrier(ended, { ...barrier, assignmentId: assignment.id }, at);
}

function pause(state: PlanState, assignment: Assignment, reason: string | undefined, at: Instant): PlanState {
  const moved = applyMove(assignment, 'pause', at, reason === undefined ? {} : { reason: { text: reason } });
  const begun = { from: at, ...defined({ reason }) };
  const paused = { ...moved, pauses: [...moved.pauses, begun] };
  return pauseOccurrences(withAssignment(state, paused), assignment.id, at, reason);
}

function resume(state: PlanState, assignment: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { statusReason: _over, ...moved } = applyMove(assignment, 'resume', at);
  const begun = moved.pauses.at(-1);
  const resumed = begun === undefined ? moved : { ...moved, pauses: moved.pauses.with(-1, { ...begun, until: at }) };
  const { timeZone } = state.plan;
  // dates that were given while it was paused have been put off by nothing before that
  const given = resumed.schedules.at(-1)?.from ?? '';
  const since = begun === undefined || begun.from > given ? begun?.from : given;
  const days = since === undefined ? 0 : daysBetween(dayOf(since, timeZone), dayOf(at, timeZone));
  const later = days > 0 ? postponed(scheduleOf(resumed), days) : scheduleOf(resumed);
  const dated = later === scheduleOf(resumed) ? resumed : withSchedule(resumed, later, at);
  return reopenPaused(withAssignment(state, dated), dated, at, rules);
}
