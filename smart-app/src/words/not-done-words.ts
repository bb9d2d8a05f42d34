import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDone } from '../../../src/homework/log/told-not-done.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { stillOccurs } from '../../../src/homework/schedule/still-occurs.ts';
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
  const logged = step.businessStatus === 'late' ? 'Logged late' : 'Logged';
  const { notDone, logged: times } = found;
  return { words: `${logged}, ${notDone === times ? '' : `${notDone} of ${times} `}not done`, tone: 'care' };
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

/** Of a step that its rule has not opened though the step before is over. */
interface Stuck {
  /** As what follows its name. */
  readonly why: string;
  /** What opens it now, as a sentence. */
  readonly opens: string;
}

/** @param before what its rule waited for */
export function stuckWords(homework: PatientHomework, view: PlanView, step: StepView, before: StepView): Stuck {
  const rule = ruleInForce(view, step);
  const criterion = rule.type === 'after' ? rule.criterion.type : undefined;
  const notDone = loggedNotDone(view, before.id, (log) => saidDone(homework, log)) !== undefined;
  const byHand = 'It opens only by hand now.';
  // a day that is over keeps it locked, whatever its rule says
  const byItself = stillOccurs(scheduleOf(step), homework.now, view.plan.timeZone);
  const stays = `stays locked, because step ${before.key}`;
  if (before.status !== 'completed')
    return {
      why: `${stays} is ${assignmentWords[before.businessStatus].words.toLowerCase()}`,
      opens: byHand,
    };
  if (criterion === 'behaviour-done' && notDone)
    return {
      why: `${stays} was logged, but not done`,
      opens: byItself ? 'It opens once that has been done, or by hand.' : byHand,
    };
  return {
    why: `${stays} is over and did not open it`,
    // a log beyond what was planned, or one that is put right, may still bring what the rule waits for; no further one counts
    opens: criterion === 'logs-done' || !byItself ? byHand : `${unlockWords(rule)}, or by hand.`,
  };
}
