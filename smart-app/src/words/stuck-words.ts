import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDone } from '../../../src/homework/log/told-not-done.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { stillOccurs } from '../../../src/homework/schedule/still-occurs.ts';
import { saidDone } from '../plan/said-done.ts';
import { assignmentWords, unlockWords } from './status-words.ts';

/** Of a step that its rule has not opened though the step before is over. */
interface Stuck {
  /** As what follows its name. */
  readonly why: string;
  /** What opens it now, as a sentence. */
  readonly opens: string;
}

/** @param before what its rule waited for */
export function stuckWords(homework: PatientHomework, view: PlanView, step: StepView, before: StepView): Stuck {
  // of a rule that counts logs nothing more is said, so that the count in force is of no matter
  const { unlock: rule } = step;
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
