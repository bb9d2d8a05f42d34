import type { LogView, PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { loggedNotDone } from '../../../src/homework/log/told-not-done.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { asksClinician, withParts } from '../../../src/homework/plan/rule-parts.ts';
import { ruleWords } from '../../../src/homework/plan/rule-words.ts';
import type { AfterStep } from '../../../src/homework/plan/unlock-rule.ts';
import { targetOf } from '../../../src/homework/schedule/schedule-of.ts';
import { type Place, writeDate, writeDay } from './dates.ts';
import { isolate } from './isolate.ts';
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
 * When a step was opened, by whom and why: `Unlocked on Wed, Mar 18, because step 4a had been done.`; undefined for one that is
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
  if (by === undefined) return `${byRule({ view, said, place }, step, day)}.`;
  // whom a source system names is no sign-in: never "you"
  const move = step.reportedMove?.event === 'unlock' && step.reportedMove.at === at ? step.reportedMove : undefined;
  const who = by === reader && move === undefined ? 'You' : isolate(names.get(by) ?? 'A clinician');
  const told = move === undefined ? '' : toldWords(move);
  return `${who} unlocked it on ${day}${told}${reason === '' ? '.' : `: “${isolate(reason.trim())}”`}`;
}

type Seen = Required<Pick<UnlockedAround, 'view' | 'said' | 'place'>>;

/** Whether a rule that counts logs asks for as many as the step before does: it was done then, unless its logs say that it was not. */
function asksForAll({ view, said }: Seen, { after, criterion }: AfterStep): boolean {
  const before = view.assignments.find(({ key }) => key === after);
  if (before === undefined || criterion.type !== 'logs-done') return false;
  const target = targetOf(before);
  return target !== undefined && criterion.count >= target && loggedNotDone(view, before.id, said) === undefined;
}

function byRule(seen: Seen, step: StepView, day: string): string {
  const { view, place } = seen;
  const rule = ruleInForce(view, step);
  if (rule.type === 'at-start')
    return `Opened ${step.authoredOn > view.plan.createdAt ? 'when it was put into the plan' : 'with the plan'}, on ${day}`;
  // of an `any` nobody knows which part it was; what a clinician alone opens was not opened by its rule
  if (rule.type === 'by-clinician' || rule.type === 'on-date' || rule.type === 'any' || asksClinician(rule))
    return `Opened on ${day}`;
  const told = withParts(rule, (part) =>
    part.type === 'after' && asksForAll(seen, part) ? { ...part, criterion: { type: 'behaviour-done' } } : part,
  );
  return `Unlocked on ${day}, because ${ruleWords(told, { tense: 'had', day: (date) => writeDate(date, place) })}`;
}
