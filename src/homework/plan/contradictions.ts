import type { UnlockRule } from '../model.ts';
import type { Issue } from './ruled-step.ts';
import type { Comparator, SimpleRule } from './unlock-rule.ts';

/** What must stand where, of which measure of which step. */
interface Bound {
  readonly of: string;
  readonly comparator: Comparator;
  readonly value: number;
}

/** Parts of an `all` that can't hold together: of one measure at most so much, and at least more. */
export function contradictions(rule: UnlockRule, path: string): readonly Issue[] {
  if (rule.type !== 'all') return [];
  const bounds = rule.of.map(boundOf);
  return bounds.flatMap((bound, index) => {
    const against = bounds.slice(0, index).some((other) => bound !== undefined && exclude(bound, other));
    if (!against) return [];
    const problem = 'contradicts another part of the rule: both can never be so';
    return [{ path: `${path}.of[${index}].criterion.value`, problem }];
  });
}

function exclude(one: Bound, other: Bound | undefined): boolean {
  if (other === undefined || other.of !== one.of || other.comparator === one.comparator) return false;
  const [most, least] = one.comparator === '<=' ? [one.value, other.value] : [other.value, one.value];
  return least > most;
}

function boundOf(part: SimpleRule): Bound | undefined {
  if (part.type !== 'after') return undefined;
  const { criterion, after } = part;
  switch (criterion.type) {
    case 'measure-reached':
    case 'in-a-row':
    case 'mean-of-days':
      return { ...criterion, of: JSON.stringify([after, criterion.type, criterion.linkId]) };
    case 'score-reached':
      return { ...criterion, of: JSON.stringify([after, criterion.type, criterion.score]) };
    default:
      return undefined;
  }
}
