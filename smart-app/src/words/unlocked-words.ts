import type { LogView, PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDone } from '../../../src/homework/log/told-not-done.ts';
import type { UnlockRule } from '../../../src/homework/model.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { type Place, writeDay } from './dates.ts';
import { isolate } from './isolate.ts';
import { measureWords } from './status-words.ts';
import { toldWords } from './told-words.ts';

export interface UnlockedAround {
  readonly view: PlanView;
  readonly place: Place;
  /** What a log shows of whether it was done; absent: of none is it known. */
  readonly said?: (log: LogView) => boolean | undefined;
  /** Who reads it, as the EHR refers to them. */
  readonly reader: string;
  /** Names of people by how the EHR refers to them, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * When a step was opened, by whom and why: `Unlocked on Wed, Mar 18, because step 4a was done.`; undefined for one that is
 * locked, or never was open. Of an opening before that was kept only the day is known.
 */
export function unlockedWords(
  step: StepView,
  { view, place, reader, names, said = () => undefined }: UnlockedAround,
): string | undefined {
  const { unlockedAt, unlocked, status } = step;
  if (unlockedAt === undefined || status === 'draft') return undefined;
  if (unlocked === undefined) return `Opened on ${writeDay(unlockedAt, place)}.`;
  const { at, by, reason = '' } = unlocked;
  const day = writeDay(at, place);
  if (by === undefined) return `${byRule({ view, said }, step, day)}.`;
  // whom a source system names is no sign-in: never "you"
  const move = step.reportedMove?.event === 'unlock' && step.reportedMove.at === at ? step.reportedMove : undefined;
  const who = by === reader && move === undefined ? 'You' : isolate(names.get(by) ?? 'A clinician');
  const told = move === undefined ? '' : toldWords(move);
  return `${who} unlocked it on ${day}${told}${reason === '' ? '.' : `: “${isolate(reason.trim())}”`}`;
}

type Seen = Required<Pick<UnlockedAround, 'view' | 'said'>>;

/** Whether a rule that counts logs asks for as many as the step before does: it was done then, unless its logs say that it was not. */
function asksForAll({ view, said }: Seen, { after, criterion }: Extract<UnlockRule, { type: 'after' }>): boolean {
  const before = view.assignments.find(({ key }) => key === after);
  if (before === undefined || criterion.type !== 'logs-done') return false;
  return criterion.count >= targetOf(before) && loggedNotDone(view, before.id, said) === undefined;
}

function byRule(seen: Seen, step: StepView, day: string): string {
  const { view } = seen;
  const rule = ruleInForce(view, step);
  if (rule.type === 'at-start')
    return `Opened ${step.authoredOn > view.plan.createdAt ? 'when it was put into the plan' : 'with the plan'}, on ${day}`;
  if (rule.type === 'by-clinician') return `Opened on ${day}`;
  const { after, criterion } = rule;
  const because = `Unlocked on ${day}, because`;
  switch (criterion.type) {
    case 'logs-done':
      if (asksForAll(seen, rule)) return `${because} step ${after} was done`;
      return `${because} step ${after} had been logged${criterion.count === 1 ? '' : ` ${criterion.count} times`}`;
    case 'behaviour-done':
      return `${because} step ${after} was done`;
    case 'measure-reached':
      return `${because} “${measureWords(criterion.linkId)}” in step ${after} was ${criterion.value} or ${criterion.comparator === '<=' ? 'less' : 'more'}`;
    case 'measure-fell':
      return `${because} “${measureWords(criterion.linkId)}” in step ${after} had fallen by ${criterion.by}`;
    case 'clinician-approves':
      return `Opened on ${day}`;
  }
}
