import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState, Schedule } from '../model.ts';
import { occurrencesOf, withAssignment } from '../replace-in-state.ts';
import { openOccurrence, reopenPaused } from '../schedule/open-occurrence.ts';
import { dated, scheduleOf, withSchedule } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
import { applyMove } from './apply-move.ts';
import type { Unlocked } from './assignment.ts';

/**
 * Unlocks a locked assignment, dates its schedule and opens its occurrence; who may do so is the caller's question.
 * @throws IntersessionError `schedule-never-occurs` when its date has passed, `illegal-move` when it isn't locked
 */
export function unlockAssignment(
  state: PlanState,
  assignment: Assignment,
  at: Instant,
  rules: HomeworkRules,
  options: { readonly schedule?: Schedule; readonly byHand?: Required<Omit<Unlocked, 'at'>> } = {},
): PlanState {
  const { timeZone } = state.plan;
  const before = scheduleOf(assignment);
  const schedule = dated(options.schedule ?? before, at, timeZone);
  const { byHand } = options;
  const reason = byHand === undefined ? {} : { reason: { text: byHand.reason } };
  const moved = applyMove(assignment, 'unlock', at, reason);
  if (!stillOccurs(schedule, at, timeZone))
    throw new IntersessionError(
      'schedule-never-occurs',
      { field: schedule.type === 'event' ? 'schedule.window.end' : 'schedule.by', problem: 'is in the past' },
      'the step can be unlocked with a new date only',
    );
  const unlocked: Assignment = {
    ...(schedule === before ? moved : withSchedule(moved, schedule, at)),
    unlockedAt: assignment.unlockedAt ?? at,
    unlocked: { at, ...byHand },
  };
  const next = reopenPaused(withAssignment(state, unlocked), unlocked, at, rules);
  const opened = occurrencesOf(next, unlocked.id).some(({ status }) => status === 'due');
  return opened ? next : openOccurrence(next, unlocked, at, rules).state;
}
