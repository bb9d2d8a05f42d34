import type { Extension } from 'fhir/r4';
import type { UnlockCriterion, UnlockRule } from '../homework/model.ts';
import { opensWords } from '../homework/plan/rule-words.ts';
import type { SimpleRule } from '../homework/plan/unlock-rule.ts';
import { ourExtensions } from './systems.ts';

/** An unlock rule as the extension that software reads; people read `unlockText`. */
export function toUnlockRule(rule: UnlockRule): Extension {
  return { url: ourExtensions.unlockRule, extension: ruleParts(rule) };
}

/** An unlock rule in a sentence: `Opens once step 3 has been done`. */
export function unlockText(rule: UnlockRule): string {
  return opensWords(rule);
}

function ruleParts(rule: UnlockRule): Extension[] {
  const type: Extension = { url: 'type', valueCode: rule.type };
  switch (rule.type) {
    case 'at-start':
    case 'by-clinician':
      return [type];
    case 'all':
    case 'any':
      return [type, ...rule.of.map((part) => ({ url: 'part', extension: simpleParts(part) }))];
    default:
      return simpleParts(rule);
  }
}

function simpleParts(rule: SimpleRule): Extension[] {
  const type: Extension = { url: 'type', valueCode: rule.type };
  if (rule.type === 'on-date') return [type, { url: 'date', valueDate: rule.date }];
  return [type, { url: 'after', valueString: rule.after }, ...criterionParts(rule.criterion)];
}

function criterionParts(criterion: UnlockCriterion): Extension[] {
  const type: Extension = { url: 'criterion', valueCode: criterion.type };
  switch (criterion.type) {
    case 'logs-done':
    case 'prediction-not-true':
      return [type, whole('count', criterion.count)];
    case 'measure-reached':
      return [type, item('linkId', criterion.linkId), ...bound(criterion)];
    case 'in-a-row':
      return [type, item('linkId', criterion.linkId), ...bound(criterion), whole('count', criterion.count)];
    case 'mean-of-days': {
      const { linkId, days, atLeast } = criterion;
      return [type, item('linkId', linkId), ...bound(criterion), whole('days', days), whole('atLeast', atLeast)];
    }
    case 'score-reached':
      return [type, item('linkId', criterion.score), ...bound(criterion)];
    case 'measure-fell':
      return [type, item('linkId', criterion.linkId), decimal('by', criterion.by)];
    case 'score-changed': {
      const { score, by, direction } = criterion;
      return [type, item('linkId', score), decimal('by', by), { url: 'direction', valueCode: direction }];
    }
    case 'fell-within-log': {
      const { peak, after, fall } = criterion;
      const by = 'by' in fall ? decimal('by', fall.by) : decimal('toPercent', fall.toPercent);
      return [type, item('linkId', peak), item('otherLinkId', after), by];
    }
    case 'quota-kept': {
      const { planned, actual, from, to, days, of } = criterion;
      const shares = [decimal('fromPercent', from), decimal('toPercent', to)];
      return [
        type,
        item('linkId', planned),
        item('otherLinkId', actual),
        ...shares,
        whole('days', days),
        whole('of', of),
      ];
    }
    case 'behaviour-done':
    case 'clinician-approves':
      return [type];
  }
}

function bound({ comparator, value }: { readonly comparator: '<=' | '>='; readonly value: number }): Extension[] {
  return [{ url: 'comparator', valueCode: comparator }, decimal('value', value)];
}

const item = (url: string, linkId: string): Extension => ({ url, valueString: linkId });
const whole = (url: string, value: number): Extension => ({ url, valuePositiveInt: value });
const decimal = (url: string, value: number): Extension => ({ url, valueDecimal: value });
