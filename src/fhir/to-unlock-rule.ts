import type { Extension } from 'fhir/r4';
import type { UnlockCriterion, UnlockRule } from '../homework/model.ts';
import { ourExtensions } from './systems.ts';

/** An unlock rule as the extension that software reads; people read `unlockText`. */
export function toUnlockRule(rule: UnlockRule): Extension {
  const parts: Extension[] = [{ url: 'type', valueCode: rule.type }];
  if (rule.type === 'after') parts.push({ url: 'after', valueString: rule.after }, ...criterionParts(rule.criterion));
  return { url: ourExtensions.unlockRule, extension: parts };
}

function criterionParts(criterion: UnlockCriterion): Extension[] {
  const type: Extension = { url: 'criterion', valueCode: criterion.type };
  switch (criterion.type) {
    case 'logs-done':
      return [type, { url: 'count', valuePositiveInt: criterion.count }];
    case 'measure-reached':
      return [
        type,
        { url: 'linkId', valueString: criterion.linkId },
        { url: 'comparator', valueCode: criterion.comparator },
        { url: 'value', valueDecimal: criterion.value },
      ];
    case 'measure-fell':
      return [type, { url: 'linkId', valueString: criterion.linkId }, { url: 'by', valueDecimal: criterion.by }];
    case 'behaviour-done':
    case 'clinician-approves':
      return [type];
  }
}

/** An unlock rule in a sentence: `After step 3, when the behaviour was done`. */
export function unlockText(rule: UnlockRule): string {
  if (rule.type === 'at-start') return 'From the start of the plan';
  if (rule.type === 'by-clinician') return 'When the clinician unlocks it';
  return `After step ${rule.after}, when ${criterionText(rule.criterion)}`;
}

function criterionText(criterion: UnlockCriterion): string {
  switch (criterion.type) {
    case 'logs-done':
      return criterion.count === 1 ? 'it was logged once' : `it was logged ${criterion.count} times`;
    case 'behaviour-done':
      return 'the behaviour was done';
    case 'measure-reached':
      return `${criterion.linkId} is ${criterion.comparator === '<=' ? 'at most' : 'at least'} ${criterion.value}`;
    case 'measure-fell':
      return `${criterion.linkId} fell by ${criterion.by}`;
    case 'clinician-approves':
      return 'the clinician approves';
  }
}
