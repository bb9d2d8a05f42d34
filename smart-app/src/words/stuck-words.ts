import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { stuckOf } from '../../../src/homework/plan/stuck-of.ts';
import { saidDone } from '../plan/said-done.ts';
import { type Place, writeDate } from './dates.ts';
import { assignmentWords } from './status-words.ts';

interface StuckWords {
  /** As what follows its name. */
  readonly why: string;
  /** What opens it now, as a sentence; undefined: its rule, or a hand, as `stuckLockWords` has it. */
  readonly opens: string | undefined;
}

/**
 * Of a step that its rule has not opened though the step before is over, or its own time: why, and what opens it; undefined: it is no
 * such step.
 */
export function stuckWords(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
  place: Place,
): StuckWords | undefined {
  const stuck = stuckOf(view, step, { at: homework.now, said: (log) => saidDone(homework, log) });
  if (stuck === undefined) return undefined;
  const { before, notDone, day, opens } = stuck;
  const why = [
    ...(before === undefined || before.status === 'completed'
      ? []
      : [`step ${before.key} is ${assignmentWords[before.businessStatus].words.toLowerCase()}`]),
    ...(notDone ? [`step ${before?.key} was logged, but not done`] : []),
    // a step that is done may well have opened it, had its own day not been over
    ...(day === undefined ? [] : [`its own day, ${writeDate(day, place)}, is over`]),
  ];
  return {
    why: `stays locked, because ${why.length === 0 ? `step ${before?.key} is over and did not open it` : why.join(', and ')}`,
    opens: opensWords[opens],
  };
}

const opensWords = {
  'new-day': 'It opens only by hand now, with a new day.',
  'once-done': 'It opens once that has been done, or by hand.',
  hand: 'It opens only by hand now.',
  // the words of rules are many, and few steps are stuck so: the first page fetches them after it is shown
  rule: undefined,
} as const;
