import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDoneWords } from '../../../src/homework/log/told-not-done.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { stuckOf } from '../../../src/homework/plan/stuck-of.ts';
import { saidDone, stepNotDone } from '../plan/said-done.ts';
import { type Place, writeDate } from './dates.ts';
import { assignmentWords, ownStepWords, type Tone, unlockWords } from './status-words.ts';

/** Where a step stands; of one that was logged and not done, that: it is over, and it is no success. */
export function stepStands(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
): { readonly words: string; readonly tone: Tone } {
  const found = stepNotDone(homework, view, step);
  if (found === undefined) return assignmentWords[step.businessStatus];
  return { words: loggedNotDoneWords(found, step.businessStatus === 'late' ? 'late' : 'done'), tone: 'care' };
}

/** The same, where the patient reads it about themselves: no praise, and no reproach. */
export function ownStepStands(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
): { readonly words: string; readonly tone: Tone } {
  const found = stepNotDone(homework, view, step);
  if (found === undefined)
    return { words: ownStepWords[step.businessStatus], tone: assignmentWords[step.businessStatus].tone };
  const { notDone, logged } = found;
  return { words: `Written down, ${notDone === logged ? '' : `${notDone} of ${logged} `}not done`, tone: 'quiet' };
}

interface StuckWords {
  /** As what follows its name. */
  readonly why: string;
  /** What opens it now, as a sentence. */
  readonly opens: string;
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
    opens: opens === 'rule' ? `${unlockWords(ruleInForce(view, step))}, or by hand.` : opensWords[opens],
  };
}

const opensWords = {
  'new-day': 'It opens only by hand now, with a new day.',
  'once-done': 'It opens once that has been done, or by hand.',
  hand: 'It opens only by hand now.',
} as const;
