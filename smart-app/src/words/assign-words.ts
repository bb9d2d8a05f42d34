import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { LibraryStep } from '../../../src/homework/plan/library-plan.ts';
import { openOccurrence, stepsOf } from '../plan/steps.ts';
import { dueWords, type Place } from './dates.ts';
import { isolate } from './isolate.ts';

const stepCount = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);

/** What assigning will do, before it is done: `6 steps. Step 1 opens at once.` @param of how many the library plan has */
export function willAssign(steps: readonly Pick<LibraryStep, 'key' | 'unlock'>[], of: number): string {
  const leftOut = of - steps.length;
  const opening = steps.filter(({ unlock }) => unlock.type === 'at-start').map(({ key }) => key);
  return [
    `${stepCount(steps.length)}${leftOut === 0 ? '' : `, ${leftOut} left out`}.`,
    opening.length === 0
      ? 'None opens by itself: you unlock the first.'
      : `${opening.length === 1 ? 'Step' : 'Steps'} ${list(opening)} ${opening.length === 1 ? 'opens' : 'open'} as soon as you assign it.`,
  ].join(' ');
}

/** What the patient sees of a plan right after it was assigned; they may have others. */
export function wasAssigned(view: PlanView, name: string, { now, place }: { now: string; place: Place }): string {
  const patient = isolate(name);
  const steps = stepsOf(view);
  const open = steps.filter(({ status }) => status !== 'draft');
  const [first] = open;
  const locked = steps.length - open.length;
  const rest = locked === 0 ? '' : ` ${locked === 1 ? '1 step is' : `${locked} steps are`} still locked.`;
  if (first === undefined) return `Assigned. ${patient} sees the plan, and nothing to do in it yet.${rest}`;
  const occurrence = openOccurrence(view, first.id);
  const due = occurrence === undefined ? '' : `, ${dueWords(occurrence.dueUntil, now, place)}`;
  const what =
    open.length === 1
      ? `one thing to do now in this plan: step ${first.key}, “${isolate(first.title)}”${due}.`
      : `${open.length} things to do now in this plan, the first of them “${isolate(first.title)}”${due}.`;
  return `Assigned. ${patient} sees ${what}${rest}`;
}

const list = (keys: readonly string[]): string =>
  keys.length < 2 ? keys.join('') : `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`;
