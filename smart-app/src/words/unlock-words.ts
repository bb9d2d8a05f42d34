import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import type { UnlockRule } from '../../../src/homework/model.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { opensWords, type RuleSpeech } from '../../../src/homework/plan/rule-words.ts';
import { type Place, writeDate } from './dates.ts';

/** A lock's rule in words: `Opens once step 1 has been logged 3 times`; `speech` says how this reader calls steps and questions. */
export function unlockWords(rule: UnlockRule, place: Place, speech: Omit<RuleSpeech, 'day' | 'tense'> = {}): string {
  return opensWords(rule, { ...speech, day: (date) => writeDate(date, place) });
}

/** What opens a locked step by its rule as it works now: `Opens once step 4b has been done`. */
export function lockWords(view: PlanView, step: StepView, place: Place): string {
  return unlockWords(ruleInForce(view, step), place);
}

/** The same of a step that is stuck, as a sentence: somebody need not wait for what may never come. */
export function stuckLockWords(view: PlanView, step: StepView, place: Place): string {
  return `${lockWords(view, step, place)}, or by hand.`;
}
