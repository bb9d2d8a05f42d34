import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { DoneOfDue } from '../plan/steps.ts';
import { isRunning } from '../plan/steps.ts';

/** How much of a plan was done, always of what came to be due, which is not all that it has: `6 of 7 that were due so far`. */
export function doneWords(view: PlanView, { done, due, percent }: DoneOfDue): string {
  return `${done} of ${due}${percent === undefined ? '' : ` (${percent} %)`} that ${due === 1 ? 'was' : 'were'} due${isRunning(view) ? ' so far' : ''}`;
}
