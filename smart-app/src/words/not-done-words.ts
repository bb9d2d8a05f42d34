import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDone, loggedNotDoneWords } from '../../../src/homework/log/told-not-done.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { saidDone, stepNotDone } from '../plan/said-done.ts';
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

/** Why a locked step opens by its rule no more, or not yet. */
export interface Stuck {
  /** What its rule waited for, where that is over. */
  readonly before?: StepView | undefined;
  /** Its own last day, in words, where that is over: it stays locked then, whatever became of the one before. */
  readonly day?: string | undefined;
}

interface StuckWords {
  /** As what follows its name. */
  readonly why: string;
  /** What opens it now, as a sentence. */
  readonly opens: string;
}

/** Of a step that its rule has not opened though the step before is over, or its own time: why, and what opens it. */
export function stuckWords(
  homework: PatientHomework,
  view: PlanView,
  step: StepView,
  { before, day }: Stuck,
): StuckWords {
  const rule = ruleInForce(view, step);
  const criterion = rule.type === 'after' ? rule.criterion.type : undefined;
  const notDone =
    before?.status === 'completed' &&
    criterion === 'behaviour-done' &&
    loggedNotDone(view, before.id, (log) => saidDone(homework, log)) !== undefined;
  const why = [
    ...(before === undefined || before.status === 'completed'
      ? []
      : [`step ${before.key} is ${assignmentWords[before.businessStatus].words.toLowerCase()}`]),
    ...(notDone ? [`step ${before.key} was logged, but not done`] : []),
    // a step that is done may well have opened it, had its own day not been over
    ...(day === undefined ? [] : [`its own day, ${day}, is over`]),
  ];
  return {
    why: `stays locked, because ${why.length === 0 ? `step ${before?.key} is over and did not open it` : why.join(', and ')}`,
    opens: opensBy(),
  };

  function opensBy(): string {
    // a day that is over keeps it locked, whatever its rule says
    if (day !== undefined) return 'It opens only by hand now, with a new day.';
    if (notDone) return 'It opens once that has been done, or by hand.';
    // a log beyond what was planned, or one that is put right, may still bring what the rule waits for; no further one counts
    if (before?.status !== 'completed' || criterion === 'logs-done') return 'It opens only by hand now.';
    return `${unlockWords(rule)}, or by hand.`;
  }
}
