import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { DoneOfDue } from '../plan/steps.ts';
import { isRunning } from '../plan/steps.ts';

/**
 * How much of a plan was done, always of what came to be due, which is not all that it has: `done 6 of 7 that were due so far`. Where
 * some of it was logged as not done, what was logged is called that.
 */
export function doneWords(
  view: PlanView,
  of: DoneOfDue,
  notDone: number,
): { readonly what: string; readonly count: string } {
  const count = countWords(view, of);
  if (notDone === 0) return { what: 'done', count };
  const which = of.done === 1 ? 'it was' : `${notDone} of these ${of.done} ${notDone === 1 ? 'was' : 'were'}`;
  return { what: 'logged', count: `${count}; ${which} logged as not done` };
}

function countWords(view: PlanView, { done, due, percent }: DoneOfDue): string {
  return `${done} of ${due}${percent === undefined ? '' : ` (${percent} %)`} that ${due === 1 ? 'was' : 'were'} due${isRunning(view) ? ' so far' : ''}`;
}
