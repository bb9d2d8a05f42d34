import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { assignmentById, occurrencesOf, withOccurrence } from '../replace-in-state.ts';
import { madeOfSeries } from '../schedule/fit-series.ts';
import { openOccurrence, passTime, timesToGive } from '../schedule/open-occurrence.ts';
import { scheduleOf, timesAsked } from '../schedule/schedule-of.ts';
import { takeBack } from '../schedule/take-back.ts';
import { askedOf, stillAsked } from '../schedule/target-reached.ts';
import { isFresh } from './is-fresh.ts';
import { renewSeries, startsAnew, supersedeOthers, takeBackFresh } from './renew-series.ts';

/**
 * Fits the times of a step to a schedule that it was given just now. What was done or missed stays as it was, and a time whose day has
 * passed runs out as it would have; where the days changed, another is given for it. What is still to come gets the new days under its
 * own id, what is begun only when they are later, and what is too many is not asked for any more. A day of a series is no other schedule's:
 * what was begun of it keeps its day, and another time is given beside it.
 * @param before the step as it stood before
 */
export function renewTimes(state: PlanState, before: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const step = assignmentById(state, before.id);
  const { type } = scheduleOf(step);
  if (type === 'series') return renewSeries(state, before, step, at);
  const redated = isRedated(before, step);
  // a day of a series is not another schedule's, and of sessions none is open until one begins
  const isOther = startsAnew(before, step) || (redated && type === 'sessions');
  const taken = isOther ? takeBackFresh(state, step.id, at) : state;
  const begun = startsAnew(before, step) ? supersedeOthers(taken, step.id) : taken;
  const past = redated ? occurrencesOf(begun, step.id).reduce(supersedePassed, begun) : begun;
  const fitting = dropSurplus(past, step, at);
  const dated = redated ? redate(fitting, step, at, rules) : fitting;
  return redated ? openAnother(dated, step, at, rules) : dated;
}

/**
 * The same, where the schedule is of another sort than the one before: what waits of a day is no meeting, and what waits of a meeting no
 * day. Within one sort what waits gets its days when it opens.
 */
export function renewOtherTimes(state: PlanState, before: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const sort = (assignment: Assignment) => {
    const { type } = scheduleOf(assignment);
    return type === 'once-within' ? 'once' : type;
  };
  const step = assignmentById(state, before.id);
  if (sort(before) === sort(step) && !startsAnew(before, step)) return state;
  return renewTimes(state, before, at, rules);
}

/** How many times of a step cannot be taken back any more by asking for fewer: done, missed, excused or begun. */
export function timesSettled(state: PlanState, before: Assignment, step: Assignment): number {
  if (scheduleOf(step).type === 'series') return madeOfSeries(state, step);
  const settled = askedOf(state, step.id).filter((occurrence) => !isFresh(state, occurrence));
  if (startsAnew(before, step)) return settled.filter(({ status }) => isOver(status)).length;
  return settled.filter(({ status }) => !isRedated(before, step) || !hasPassed(status)).length;
}

/** Whether the days have changed, and not only how often or in which words. */
function isRedated(before: Assignment, step: Assignment): boolean {
  const days = (assignment: Assignment) => {
    const schedule = scheduleOf(assignment);
    if (schedule.type === 'event') return `${schedule.window.start} ${schedule.window.end}`;
    if (schedule.type === 'once') return schedule.by;
    return schedule.type === 'once-within' ? schedule.days : schedule.type;
  };
  return days(before) !== days(step);
}

/** Done or excused: neither counts as another time that it asks for, nor runs out by its own. */
function isOver(status: Occurrence['status']): boolean {
  return status === 'done' || status === 'late' || status === 'excused';
}

function hasPassed(status: Occurrence['status']): boolean {
  return status === 'overdue' || status === 'missed';
}

function supersedePassed(state: PlanState, occurrence: Occurrence): PlanState {
  if (!hasPassed(occurrence.status) || occurrence.superseded) return state;
  return withOccurrence(state, { ...occurrence, superseded: true });
}

/** The last of those that are still to come go first. */
function dropSurplus(state: PlanState, step: Assignment, at: Instant): PlanState {
  const asked = askedOf(state, step.id);
  const surplus = asked.length - (timesAsked(scheduleOf(step)) ?? asked.length);
  if (surplus <= 0) return state;
  const fresh = asked.filter((occurrence) => isFresh(state, occurrence));
  return takeBack(state, fresh.slice(-surplus), 'the step asks for fewer times now', at);
}

/** What is begun gets more time, never less: nobody is to lose a day that they counted on. */
function redate(state: PlanState, step: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { dueUntil, lateUntil } = timesToGive(state, step, at, rules);
  return askedOf(state, step.id)
    .filter((occurrence) => occurrence.status === 'due' && occurrence.dueUntil !== dueUntil)
    .filter((occurrence) => isFresh(state, occurrence) || occurrence.dueUntil < dueUntil)
    .reduce(
      (next, occurrence) =>
        withOccurrence(next, passTime({ ...occurrence, dueUntil, lateUntil, lastModified: at }, at)),
      state,
    );
}

/** Another time in place of one that has passed, or of all that were excused: at once, for the patient is to see what is asked now. */
function openAnother(state: PlanState, step: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  if (scheduleOf(step).type === 'sessions') return state;
  const live = step.status !== 'draft' && step.businessStatus !== 'paused' && state.plan.status === 'active';
  const asked = askedOf(state, step.id);
  const waits = asked.some(({ status }) => status === 'due' || status === 'overdue');
  const counted = asked.filter(({ status }) => status !== 'excused');
  return live && !waits && counted.length < (stillAsked(state, step) ?? 0)
    ? openOccurrence(state, step, at, rules).state
    : state;
}
