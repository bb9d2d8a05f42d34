import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, Occurrence, PlanState } from '../model.ts';
import { assignmentById, occurrencesOf, withOccurrence } from '../replace-in-state.ts';
import { openOccurrence, passTime } from '../schedule/open-occurrence.ts';
import { scheduleOf, timesAsked, timesOf } from '../schedule/schedule-of.ts';
import { askedOf, stillAsked } from '../schedule/target-reached.ts';
import { isFresh } from './is-fresh.ts';

/**
 * Fits the times of a step to a schedule that it was given just now. What was done or missed stays as it was, and a time whose day has
 * passed runs out as it would have; where the days changed, another is given for it. What is still to come gets the new days under its
 * own id, what is begun only when they are later, and what is too many is not asked for any more.
 * @param before the step as it stood before
 */
export function renewTimes(state: PlanState, before: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const step = assignmentById(state, before.id);
  const redated = isRedated(before, step);
  const past = redated ? occurrencesOf(state, step.id).reduce(supersedePassed, state) : state;
  const fitting = dropSurplus(past, step, at);
  const dated = redated ? redate(fitting, step, at, rules) : fitting;
  return redated ? openAnother(dated, step, at, rules) : dated;
}

/** How many times of a step cannot be taken back any more by asking for fewer: done, missed, excused or begun. */
export function timesSettled(state: PlanState, before: Assignment, step: Assignment): number {
  const settled = askedOf(state, step.id).filter((occurrence) => !isFresh(state, occurrence));
  return settled.filter(({ status }) => !isRedated(before, step) || !hasPassed(status)).length;
}

/** Whether the days have changed, and not only how often or in which words. */
function isRedated(before: Assignment, step: Assignment): boolean {
  const days = (assignment: Assignment) => {
    const schedule = scheduleOf(assignment);
    if (schedule.type === 'event') return `${schedule.window.start} ${schedule.window.end}`;
    return schedule.type === 'once' ? schedule.by : schedule.days;
  };
  return days(before) !== days(step);
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
  const surplus = asked.length - timesAsked(scheduleOf(step));
  if (surplus <= 0) return state;
  const reason = 'the step asks for fewer times now';
  return asked
    .filter((occurrence) => isFresh(state, occurrence))
    .slice(-surplus)
    .reduce((next, occurrence) => {
      const over = { status: 'excused', superseded: true, reason, endedAt: at, lastModified: at } as const;
      return withOccurrence(next, { ...occurrence, ...over });
    }, state);
}

/** What is begun gets more time, never less: nobody is to lose a day that they counted on. */
function redate(state: PlanState, step: Assignment, at: Instant, rules: HomeworkRules): PlanState {
  const { dueUntil, lateUntil } = timesOf(step, at, state.plan.timeZone, rules);
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
  const live = step.status !== 'draft' && step.businessStatus !== 'paused' && state.plan.status === 'active';
  const asked = askedOf(state, step.id);
  const waits = asked.some(({ status }) => status === 'due' || status === 'overdue');
  const counted = asked.filter(({ status }) => status !== 'excused');
  return live && !waits && counted.length < stillAsked(state, step)
    ? openOccurrence(state, step, at, rules).state
    : state;
}
