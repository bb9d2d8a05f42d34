import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, EhrReference, Instant, PlanState, Schedule } from '../model.ts';
import { assignmentById, invalidRequest, refuseClosedPlan } from '../replace-in-state.ts';
import { checkSchedule } from '../schedule/check-schedule.ts';
import { scheduleOf, timesAsked, unitOf } from '../schedule/schedule-of.ts';
import { targetReached } from '../schedule/target-reached.ts';
import { dated } from '../schedule/times-of.ts';
import type { Sent } from '../told.ts';
import { checkRule } from './check-rule.ts';
import { followCount } from './follow-count.ts';
import { isEnded } from './is-ended.ts';
import { differences, keepChange, type StepBecomes } from './keep-change.ts';
import { placeOf, placeStep } from './place-step.ts';
import { refuseStaleStep } from './refuse-stale.ts';
import { renewTimes, timesSettled } from './renew-times.ts';
import { sameValue } from './same-value.ts';
import { scheduleWithin } from './schedule-within.ts';
import { revisionOf } from './step-words.ts';
import { sweep } from './sweep.ts';

/** What a step of a running plan is to be from now on; what is absent stays as it is. */
export interface ChangeStep extends StepBecomes, Sent {
  readonly assignmentId: string;
  /** The revision (`revisionOf`) that whoever asks has read. */
  readonly basedOn: number;
  readonly by?: EhrReference;
  readonly reason?: string;
}

/**
 * Changes a step that is not over, from now on: its words, its form, how often and by when it is to be done, what opens it, its place. What was
 * done, missed or begun stays as it was, with the words under which it was; rules that count this step's logs go with the new
 * number. What is so already changes nothing, so the same command again is no second change, also when its day has passed, the step is over
 * or the plan is closed by then.
 * @throws IntersessionError `version-conflict` when it was changed since it was read; `assignment-closed`, `plan-closed`;
 *   `schedule-never-occurs`, `invalid-request` naming the field
 */
export function changeStep(state: PlanState, command: ChangeStep, at: Instant, rules: HomeworkRules): PlanState {
  const { assignmentId, basedOn, by, reason, via } = command;
  const now = sweep(state, at, rules);
  const before = assignmentById(now, assignmentId);
  if (isSoAlready(now, before, command, at)) return now;
  refuseClosedPlan(state);
  const frame = { ...scheduleWithin(now, rules), current: scheduleOf(before) };
  if (command.schedule !== undefined) checkSchedule(command.schedule, 'schedule', frame, at);
  const to = asked(before, command, at, now.plan.timeZone);
  refuseStaleStep(before, basedOn);
  refuseOver(before);
  refuseBlank(to);
  // days that were counted from its opening have become a date
  if (to.schedule !== undefined) checkSchedule(to.schedule, 'schedule', frame, at);
  checkOpening(now, before, to, rules);
  const { step: place, ...own } = to;
  const decided = { by, ...(reason === undefined ? {} : { reason }), ...(via === undefined ? {} : { via }) };
  const changed = keepChange(now, { assignmentId, to: own, ...decided }, at);
  const step = reopenable(assignmentById(changed, assignmentId), own);
  const kept = { ...changed, assignments: changed.assignments.map((one) => (one.id === step.id ? step : one)) };
  const settled = timesSettled(kept, before, step);
  if (settled > (timesAsked(scheduleOf(step)) ?? settled)) throw tooFew(settled, step);
  // it would open, and ask once more than it says
  if (step.status === 'draft' && targetReached(kept, step)) throw nothingLeft(step);
  const renewed = followCount(renewTimes(kept, before, at, rules), before, { ...decided }, at);
  return sweep(place === undefined ? renewed : placeStep(renewed, { assignmentId, place, ...decided }, at), at, rules);
}

/**
 * Whether the step is what is asked. The same command sent again is based on an earlier edition: then days that are counted begin where
 * they began, and a place behind all others is the last.
 */
function isSoAlready(state: PlanState, step: Assignment, command: ChangeStep, at: Instant): boolean {
  const { schedule, step: place } = command;
  // before it is checked: there is nothing to count from what is no number of days
  const counted = schedule?.type === 'once-within' && (!Number.isInteger(schedule.days) || schedule.days < 1);
  if (counted) return false;
  const begun = command.basedOn < revisionOf(step) ? (step.schedules.at(-1)?.from ?? at) : at;
  const to = asked(step, command, begun, state.plan.timeZone);
  // one that was never opened is over with its days not counted yet
  const asGiven = schedule !== undefined && sameValue(schedule, scheduleOf(step)) ? { schedule } : {};
  const placed = place === undefined ? {} : { step: placeOf(state, step.id, place) ?? place };
  return Object.keys(differences(step, { ...to, ...asGiven, ...placed })).length === 0;
}

/** The times of an open step have days. */
function asked(step: Assignment, command: ChangeStep, at: Instant, timeZone: string): StepBecomes {
  const { title, instructions, rationale, schedule, unlock, step: place, questionnaire, forms } = command;
  const days =
    schedule !== undefined && step.status !== 'draft'
      ? dated(withStartOf(scheduleOf(step), schedule), at, timeZone)
      : schedule;
  const to = { title, instructions, rationale, schedule: days, unlock, step: place, questionnaire, forms };
  return Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined));
}

/** A series that is changed keeps its first day, and so its rhythm, unless it is given another, or goes from days to weeks. */
function withStartOf(was: Schedule, is: Schedule): Schedule {
  if (was.type !== 'series' || is.type !== 'series' || is.start !== undefined || was.start === undefined) return is;
  return unitOf(was) === unitOf(is) ? { ...is, start: was.start } : is;
}

function refuseOver({ id, status, businessStatus }: Assignment): void {
  if (!isEnded({ status })) return;
  const message = `the step is over (${businessStatus}), and what was done stays as it was; add a step instead`;
  throw new IntersessionError('assignment-closed', { assignmentId: id, status: businessStatus }, message);
}

function refuseBlank(to: StepBecomes): void {
  for (const field of ['title', 'instructions', 'rationale'] as const)
    if (to[field]?.trim() === '') throw invalidRequest(field, 'is empty');
}

/** Refuses another rule or place for a step that is open already, and a rule that cannot be met. */
function checkOpening(state: PlanState, before: Assignment, to: StepBecomes, rules: HomeworkRules): void {
  const { schedule = scheduleOf(before), unlock, step: place } = to;
  const locked = before.status === 'draft';
  if (unlock !== undefined && !locked) throw invalidRequest('unlock', 'can be changed of a locked step only');
  if (place !== undefined && place !== before.step && (!locked || before.unlockedAt !== undefined))
    throw invalidRequest('step', 'can be changed of a step only that was not open yet');
  if (!locked || (to.schedule ?? unlock) === undefined) return;
  const { id, key, standing } = before;
  const step = { ...{ id, key, schedule, unlock: unlock ?? before.unlock }, ...defined({ standing }) };
  checkRule(state, step, { rules, isNew: unlock !== undefined });
}

/** A step that a clinician locked again and gave another rule opens by that rule. */
function reopenable(step: Assignment, to: StepBecomes): Assignment {
  if (to.unlock === undefined || step.unlockedAt === undefined) return step;
  const { unlockedAt: _was, unlocked: _then, ...locked } = step;
  return locked;
}

function nothingLeft(step: Assignment) {
  const field = scheduleOf(step).type === 'event' ? 'schedule.count' : 'schedule.type';
  return invalidRequest(
    field,
    'asks for no more than is logged already: the step is locked, and nothing would be left to open',
  );
}

function tooFew(settled: number, step: Assignment) {
  const schedule: Schedule = scheduleOf(step);
  const times = settled === 1 ? '1 time that is' : `${settled} times that are`;
  const problem = `asks for fewer than the ${times} logged or begun already`;
  if (schedule.type === 'series')
    return invalidRequest('schedule.ends.count', 'is less than what was asked for already');
  return invalidRequest(
    schedule.type === 'event' || schedule.type === 'sessions' ? 'schedule.count' : 'schedule.type',
    problem,
  );
}
