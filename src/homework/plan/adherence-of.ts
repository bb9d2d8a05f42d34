import { defined } from '../../foundation/defined.ts';
import { isFinished } from '../log/log.ts';
import type { Adherence, Assignment, Instant, LogResolution, Occurrence, PlanState } from '../model.ts';
import { dayEnd, dayStart } from '../schedule/day-end.ts';
import { noEnd } from '../schedule/schedule-of.ts';
import { countDue, percentOf } from './count-due.ts';
import { cameTo } from './due-in-time.ts';

/** Not yet done, and not yet missed. */
const open = ({ status }: Occurrence) => status === 'due' || status === 'overdue';

/**
 * Done, of what was planned, counted from occurrences and logs alone; of one assignment or of the whole plan. Shares are in %,
 * one decimal, half up, and absent when nothing was due yet. What was made by mistake doesn't count.
 */
export function adherenceOf(state: PlanState, scope: { readonly assignmentId?: string }, at: Instant): Adherence {
  const { plan } = state;
  const mistakes = new Set(state.assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id));
  const inScope = ({ assignmentId }: { readonly assignmentId: string }) =>
    !mistakes.has(assignmentId) && (scope.assignmentId === undefined || scope.assignmentId === assignmentId);
  const occurrences = state.occurrences.filter(inScope);
  const logged = (resolution: LogResolution) =>
    state.logs.filter((log) => inScope(log) && log.resolution === resolution && isFinished(log)).length;
  const { due, done, onTime, late, missed } = countDue(occurrences.map((occurrence) => cameTo(occurrence, at)));
  const stillOpen = occurrences.filter(open).length;
  return {
    planId: plan.id,
    ...defined({ assignmentId: scope.assignmentId }),
    patientId: plan.patientId,
    from: dayStart(plan.period.start, plan.timeZone),
    ...periodEnd(state),
    status: statusOf(state, occurrences, inScope, at),
    counts: {
      expected: done + missed + stillOpen,
      due,
      done,
      onTime,
      late,
      missed,
      open: stillOpen,
      excused: occurrences.filter(({ status }) => status === 'excused').length,
      adHoc: logged('ad-hoc'),
      extra: logged('extra'),
    },
    ...(due === 0 ? {} : { percent: percentOf(done, due), onTimePercent: percentOf(onTime, due) }),
  };
}

/** The adherence of the plan and of every assignment that was ever unlocked, in step order. */
export function adherencesOf(state: PlanState, at: Instant): readonly Adherence[] {
  const unlocked = state.assignments
    .filter(({ id, unlockedAt }: Assignment) => {
      // one that waits for a smaller step is as if it had never been open, but what was done of it counts
      return unlockedAt !== undefined || state.occurrences.some(({ assignmentId }) => assignmentId === id);
    })
    .sort((a, b) => a.step - b.step);
  return [adherenceOf(state, {}, at), ...unlocked.map(({ id }) => adherenceOf(state, { assignmentId: id }, at))];
}

function periodEnd({ plan }: PlanState): { readonly to?: Instant } {
  const to = plan.period.end === undefined ? plan.closedAt : dayEnd(plan.period.end, plan.timeZone);
  return to === undefined ? {} : { to };
}

/** Preliminary while the period runs or something is open; final then; amended when it was set right after that. */
function statusOf(
  { plan, logs }: PlanState,
  occurrences: readonly Occurrence[],
  inScope: (item: { readonly assignmentId: string }) => boolean,
  at: Instant,
): Adherence['status'] {
  const ended = plan.period.end === undefined ? undefined : dayEnd(plan.period.end, plan.timeZone);
  const over = plan.closedAt ?? (ended !== undefined && ended <= at ? ended : undefined);
  if (over === undefined || (plan.closedAt === undefined && occurrences.some(open))) return 'preliminary';
  // The grace of the last days runs on after the period; what arrives in it belongs to the count and amends nothing.
  const finalAt =
    plan.closedAt ??
    occurrences.reduce((last, { lateUntil }) => (lateUntil > last && lateUntil !== noEnd ? lateUntil : last), over);
  const amended =
    logs.some((log) => inScope(log) && log.authored > finalAt) ||
    occurrences.some(({ status, lastModified }) => status === 'excused' && lastModified > finalAt);
  return amended ? 'amended' : 'final';
}
