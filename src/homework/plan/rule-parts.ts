import type { SimpleRule, UnlockRule } from './unlock-rule.ts';

/** The parts of a rule that data can judge: of a joined one all of them; none of one that opens at the start or by hand. */
export function partsOf(rule: UnlockRule): readonly SimpleRule[] {
  switch (rule.type) {
    case 'at-start':
    case 'by-clinician':
      return [];
    case 'all':
    case 'any':
      return rule.of;
    default:
      return [rule];
  }
}

/** Each part of a rule with where it stands: `unlock`, or `unlock.of[1]`. */
export function partsWithPath(
  rule: UnlockRule,
  path: string,
): readonly { readonly part: SimpleRule; readonly path: string }[] {
  const isJoined = rule.type === 'all' || rule.type === 'any';
  return partsOf(rule).map((part, index) => ({ part, path: isJoined ? `${path}.of[${index}]` : path }));
}

/** Whether a rule holds, when that is known of its parts: all of an `all`, some of an `any`. By a clinician none ever does. */
export function ruleHolds(rule: UnlockRule, holds: (part: SimpleRule) => boolean): boolean {
  switch (rule.type) {
    case 'at-start':
      return true;
    case 'by-clinician':
      return false;
    case 'all':
      return rule.of.every(holds);
    case 'any':
      return rule.of.some(holds);
    default:
      return holds(rule);
  }
}

/** The keys of the steps that a rule names, each once, in the order in which it names them. */
export function stepsNamed(rule: UnlockRule): readonly string[] {
  return [...new Set(partsOf(rule).flatMap((part) => (part.type === 'after' ? [part.after] : [])))];
}

/** The rule with each part as `change` makes it; the same object where nothing changes. */
export function withParts(rule: UnlockRule, change: (part: SimpleRule) => SimpleRule): UnlockRule {
  switch (rule.type) {
    case 'at-start':
    case 'by-clinician':
      return rule;
    case 'all':
    case 'any': {
      const of = rule.of.map(change);
      return of.every((part, index) => part === rule.of[index]) ? rule : { ...rule, of };
    }
    default:
      return change(rule);
  }
}

/** Whether a clinician's approval is what the rule waits for, or one of the things. */
export function asksClinician(rule: UnlockRule): boolean {
  return partsOf(rule).some((part) => part.type === 'after' && part.criterion.type === 'clinician-approves');
}
