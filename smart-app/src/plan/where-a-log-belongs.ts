import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { resolveLog } from '../../../src/homework/log/resolve-log.ts';
import type { Instant, LogResolution } from '../../../src/homework/model.ts';
import { scheduleOf, timesAsked } from '../../../src/homework/schedule/schedule-of.ts';

/** Which of a step's times a log is, as it would be tied now by when it happened; the service decides. */
export function whereALogBelongs(
  view: PlanView,
  step: StepView,
  performedAt: Instant,
  now: Instant,
): { readonly resolution: LogResolution; readonly ordinal?: number } {
  // of a kind's rules a time needs none
  const rules = { behaviourLinkId: () => undefined, safetyOf: () => [] };
  const { resolution, occurrence } = resolveLog(
    { ...view, reports: [], openSafetySignals: 0 },
    step,
    { performedAt },
    now,
    rules,
  );
  return { resolution, ...(occurrence === undefined ? {} : { ordinal: occurrence.ordinal }) };
}

/** The same in words: `time 2 of 3`. */
export function belongsWords(
  { resolution, ordinal }: { readonly resolution: LogResolution; readonly ordinal?: number },
  step: StepView,
): string {
  const times = timesAsked(scheduleOf(step));
  if (resolution === 'extra')
    return times === 1
      ? 'this was logged already: it is kept as one more'
      : 'all that is asked for was logged already: it is kept as one more';
  if (ordinal === undefined) return 'at no time that was planned: it is kept as unplanned';
  const which =
    times === 1
      ? 'the one time that was planned'
      : times === undefined
        ? `time ${ordinal}`
        : `time ${ordinal} of ${times}`;
  return resolution === 'late' ? `${which}, late` : which;
}
