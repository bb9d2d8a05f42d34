import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, EhrReference, Instant, LocalDate, PlanState, Schedule, UnlockRule } from '../model.ts';
import {
  assignmentById,
  invalidRequest,
  occurrencesOf,
  refuseClosedPlan,
  withAssignment,
  withOccurrence,
} from '../replace-in-state.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { addDays, dayOf, daysBetween } from '../schedule/day-end.ts';
import { pauseOccurrences } from '../schedule/open-occurrence.ts';
import { lastDayOf, scheduleOf, timesAsked } from '../schedule/schedule-of.ts';
import type { Sent } from '../told.ts';
import { type AddStep, checkStep, isTheSame, withStep } from './add-step.ts';
import { applyMove, illegalMove } from './apply-move.ts';
import { waitsInVain } from './check-rule.ts';
import { keepChange } from './keep-change.ts';
import { refuseStaleStep } from './refuse-stale.ts';
import { renewOtherTimes } from './renew-times.ts';
import { ruleInForce } from './rule-in-force.ts';
import { asksClinician } from './rule-parts.ts';
import { scheduleWithin } from './schedule-within.ts';
import { sweep } from './sweep.ts';

/** A smaller step, to be done before one that is too hard. */
export interface MakeSmallerStep extends Sent {
  /** The step that is too hard. */
  readonly assignmentId: string;
  /** The revision (`revisionOf`) of it that whoever asks has read. */
  readonly basedOn: number;
  readonly by: EhrReference;
  readonly reason: string;
  /** Its place and its rule follow from the hard step. */
  readonly smaller: Omit<AddStep, 'step' | 'unlock' | 'via'>;
  /** When the hard step is to be done then; absent: as `timesAfter` says. */
  readonly schedule?: Schedule;
}

/**
 * Puts a smaller step before one that is too hard, in one act: the hard one waits and opens once the smaller one is done, the smaller
 * one opens now, or when the hard one would have. What was done, missed or begun of the hard step stays as it was. The same smaller step
 * again, by its key and as it was first given, is no second one.
 * @throws IntersessionError `version-conflict`, `plan-closed`, `illegal-move` of a step that is done or was taken out;
 *   `schedule-never-occurs`, `invalid-request` naming the field
 */
export function makeSmallerStep(
  state: PlanState,
  command: MakeSmallerStep,
  at: Instant,
  rules: HomeworkRules,
): PlanState {
  const { assignmentId, basedOn, by, reason, smaller, via } = command;
  if (reason.trim() === '') throw invalidRequest('reason', 'is empty');
  const now = sweep(state, at, rules);
  const hard = assignmentById(now, assignmentId);
  const made = now.assignments.find(({ id }) => id === smaller.id);
  if (made !== undefined && isBefore(hard, made) && isTheSame(made, smaller)) return now;
  refuseClosedPlan(state);
  refuseStaleStep(hard, basedOn);
  if (now.assignments.some(({ key }) => key === smaller.key))
    throw invalidRequest('smaller.key', 'is that of another step');
  const waits =
    hard.status === 'draft' && hard.unlockedAt === undefined && !waitsInVain(now, ruleInForce(now, hard), rules);
  if (hard.standing) throw illegalMove(hard, 'step-down', 'a standing step is never locked');
  if (hard.kind !== smaller.kind) throw invalidRequest('smaller.kind', 'must be that of the step which is too hard');
  const step: AddStep = { ...smaller, step: hard.step, unlock: waits ? hard.unlock : { type: 'at-start' } };
  const ready = stepDown(now, hard, reason, at);
  checkStep(ready, step, { at, rules, prefix: 'smaller.' });
  const schedule =
    command.schedule ??
    timesAfter(scheduleOf(hard), smaller.schedule, { at, timeZone: now.plan.timeZone, end: now.plan.period.end });
  checkSchedule(schedule, 'schedule', scheduleWithin(now, rules), at);
  const stepped = withStep(ready, { ...step, ...(via === undefined ? {} : { via }) }, at);
  const unlock = ruleAfter(hard, step, rules);
  const decided = { by, reason, smaller: step.key, ...(via === undefined ? {} : { via }) };
  const changed = keepChange(stepped, { assignmentId, to: { unlock, schedule }, ...decided }, at);
  return sweep(renewOtherTimes(changed, hard, at, rules), at, rules);
}

/** Key of the smaller step that was last put before this one. */
export function smallerBefore({ changes = [] }: Pick<Assignment, 'changes'>): string | undefined {
  return changes.findLast(({ smaller }) => smaller !== undefined)?.smaller;
}

/** Whether that step was put before the hard one as a smaller one. */
function isBefore({ changes = [] }: Assignment, { key }: Pick<Assignment, 'key'>): boolean {
  return changes.some(({ smaller }) => smaller === key);
}

/** The hard step, locked until the smaller one is done; what of it has passed was missed, what is open waits. */
function stepDown(state: PlanState, hard: Assignment, reason: string, at: Instant): PlanState {
  const {
    unlockedAt: _once,
    unlocked: _then,
    ...locked
  } = hard.status === 'draft' ? hard : applyMove(hard, 'step-down', at, { reason: { text: reason } });
  const pauses = locked.pauses.map((pause) => ({ until: at, ...pause }));
  const ended = occurrencesOf(state, hard.id).reduce((next, occurrence) => {
    // what went with the step when the patient ended it is asked for again
    const over = occurrence.status === 'excused' && occurrence.endedAt === hard.endedAt;
    if (over || occurrence.status === 'missed') return withOccurrence(next, { ...occurrence, superseded: true });
    if (occurrence.status !== 'overdue') return next;
    const missed = { status: 'missed', superseded: true, endedAt: at, lastModified: at } as const;
    return withOccurrence(next, { ...occurrence, ...missed });
  }, state);
  return pauseOccurrences(withAssignment(ended, { ...locked, pauses }), hard.id, at, 'a smaller step comes first');
}

/** What a clinician alone opens stays with them; else the smaller step has to be done. */
function ruleAfter({ unlock }: Assignment, smaller: AddStep, rules: HomeworkRules): UnlockRule {
  const { key: after } = smaller;
  const byHand = unlock.type === 'by-clinician' || asksClinician(unlock);
  if (byHand) return { type: 'after', after, criterion: { type: 'clinician-approves' } };
  if (rules.behaviourLinkId(smaller.questionnaire) !== undefined)
    return { type: 'after', after, criterion: { type: 'behaviour-done' } };
  const count = timesAsked(smaller.schedule);
  // when enough was done of what is asked for again and again, a person says
  if (count === undefined) return { type: 'after', after, criterion: { type: 'clinician-approves' } };
  return { type: 'after', after, criterion: { type: 'logs-done', count } };
}

/** Days that a step is given which waits for another, where nobody says. */
const daysThen = 7;

/**
 * When a step is to be done that waits for a smaller one: once within days of its opening, as it was, or a window or series that goes
 * on long enough after the smaller one's.
 */
function timesAfter(
  schedule: Schedule,
  smaller: Schedule,
  { at, timeZone, end }: { readonly at: Instant; readonly timeZone: string; readonly end?: string | undefined },
): Schedule {
  if (schedule.type === 'once') return { type: 'once-within', days: daysThen };
  const today = dayOf(at, timeZone);
  const begins = smaller.type === 'once-within' ? addDays(today, smaller.days) : (lastDayOf(smaller) ?? today);
  const lastDay = (first: LocalDate, last: LocalDate): LocalDate => {
    const then = addDays(begins, Math.max(daysThen, daysBetween(first, last)));
    const until = end !== undefined && end < then ? end : then;
    return until > last ? until : last;
  };
  if (schedule.type === 'series') {
    const { start = today, ...again } = schedule;
    const { ends } = again;
    return ends.type === 'on' ? { ...again, ends: { ...ends, date: lastDay(start, ends.date) } } : again;
  }
  if (schedule.type !== 'event') return schedule;
  const { window } = schedule;
  return { ...schedule, window: { start: today, end: lastDay(window.start, window.end) } };
}
