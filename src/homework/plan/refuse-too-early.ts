import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { LocalDate, Schedule } from '../model.ts';
import { lastDayField, lastDayOf } from '../schedule/schedule-of.ts';
import { partsOf } from './rule-parts.ts';
import type { RuledStep } from './ruled-step.ts';

/**
 * Refuses a step whose time is over before the one begins whose logs open it.
 * @throws IntersessionError `schedule-never-occurs`
 */
export function refuseTooEarly({ unlock, schedule }: RuledStep, at: string, all: readonly RuledStep[]): void {
  const last = lastDayOf(schedule);
  if (last === undefined) return;
  for (const part of partsOf(unlock)) {
    if (part.type !== 'after' || part.criterion.type === 'clinician-approves') continue;
    const before = all.find(({ key }) => key === part.after);
    const first = before === undefined ? undefined : firstDay(before.schedule);
    if (before === undefined || first === undefined || last >= first) continue;
    const field = `${at}${lastDayField(schedule)}`;
    const problem = `is before step ${before.key} begins, which opens it`;
    throw new IntersessionError('schedule-never-occurs', { field, problem }, `${field} ${problem}`);
  }
}

/** Before which day nothing of it is asked. */
function firstDay(schedule: Schedule): LocalDate | undefined {
  if (schedule.type === 'event') return schedule.window.start;
  return schedule.type === 'series' ? schedule.start : undefined;
}
