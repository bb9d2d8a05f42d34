import type { QuestionnaireItem } from 'fhir/r4';

/**
 * Which linkIds are not asked when these are left out: all below them, what turns on an answer that nobody can give any more, and a
 * group of which nothing is left.
 */
export function withoutUnasked(items: readonly QuestionnaireItem[], leftOut: ReadonlySet<string>): ReadonlySet<string> {
  const gone = new Set(leftOut);
  for (;;) {
    const before = gone.size;
    mark(items, gone, false);
    if (gone.size === before) return gone;
  }
}

function mark(items: readonly QuestionnaireItem[], gone: Set<string>, above: boolean): void {
  for (const item of items) {
    const below = item.item ?? [];
    const isGone = above || gone.has(item.linkId) || neverEnabled(item, gone) || isEmptied(item, gone);
    if (isGone) gone.add(item.linkId);
    mark(below, gone, isGone);
  }
}

function isEmptied({ type, item = [] }: QuestionnaireItem, gone: ReadonlySet<string>): boolean {
  return type === 'group' && item.length > 0 && item.every(({ linkId }) => gone.has(linkId));
}

/** Whether the conditions of an item can never hold: a question without an answer enables nothing, except by `exists`. */
function neverEnabled({ enableWhen = [], enableBehavior }: QuestionnaireItem, gone: ReadonlySet<string>): boolean {
  const isNever = ({ question, operator, answerBoolean }: (typeof enableWhen)[number]) =>
    gone.has(question) && !(operator === 'exists' && answerBoolean === false);
  if (enableWhen.length === 0) return false;
  return enableBehavior === 'any' ? enableWhen.every(isNever) : enableWhen.some(isNever);
}
