import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { occurrencesOf } from '../plan/steps.ts';

/**
 * What of a step a change leaves as it is, in words: `3 logged and 1 missed stay as they are, with the words they had.`; undefined:
 * nothing of it has happened yet.
 */
export function staysWords(view: PlanView, step: StepView): string | undefined {
  const own = occurrencesOf(view, step.id);
  const count = (...statuses: readonly string[]) => own.filter(({ status }) => statuses.includes(status)).length;
  const begun = own.filter(({ id, status }) => {
    return status === 'due' && view.logs.some((log) => log.occurrenceId === id && log.status === 'in-progress');
  }).length;
  const parts = [
    // whether it was done is what its log says
    [count('done', 'late'), 'logged'],
    [count('missed'), 'missed'],
    [count('overdue'), 'overdue'],
    [begun, 'begun'],
  ].flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  if (parts.length === 0) return undefined;
  const listed = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  const one = parts.length === 1 && listed?.startsWith('1 ') === true;
  return `${listed} ${one ? 'stays as it is, with the words it had' : 'stay as they are, with the words they had'}.`;
}
