import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Instant, PlanState, Schedule } from '../model.ts';
import { withAssignment } from '../replace-in-state.ts';
import { fitSeries } from '../schedule/fit-series.ts';
import { openOccurrence, reopenPaused } from '../schedule/open-occurrence.ts';
import { lastDayField, scheduleOf, withSchedule } from '../schedule/schedule-of.ts';
import { stillOccurs } from '../schedule/still-occurs.ts';
import { timesNow } from '../schedule/times-now.ts';
import { dated } from '../schedule/times-of.ts';
import { applyMove } from './apply-move.ts';
import type { Unlocked } from './assignment.ts';
import { renewOtherTimes } from './renew-times.ts';

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
  if (!stillOccurs(schedule, at, state.plan))
    throw new IntersessionError(
      'schedule-never-occurs',
      { field: lastDayField(schedule), problem: 'is in the past' },
      'the step can be unlocked with a new date only',
    );
  const unlocked: Assignment = {
    ...(schedule === before ? moved : withSchedule(moved, schedule, at)),
    unlockedAt: assignment.unlockedAt ?? at,
    unlocked: { at, ...byHand },
  };
  const renewed = renewOtherTimes(withAssignment(state, unlocked), assignment, at, rules);
  const next = reopenPaused(renewed, unlocked, at, rules);
  // a series makes its own times, and a session is begun by a clinician
  if (schedule.type === 'series') return fitSeries(next, unlocked, at, rules);
  if (schedule.type === 'sessions') return next;
  const opened = timesNow(next, unlocked.id).open.some(({ status }) => status === 'due');
  return opened ? next : openOccurrence(next, unlocked, at, rules).state;
}
