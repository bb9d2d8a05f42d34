import type { Extension } from 'fhir/r4';
import type { UnlockCriterion, UnlockRule } from '../homework/model.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';

const types = ['at-start', 'by-clinician', 'after'] as const satisfies UnlockRule['type'][];
const criteria = [
  'logs-done',
  'behaviour-done',
  'measure-reached',
  'measure-fell',
  'clinician-approves',
] as const satisfies UnlockCriterion['type'][];

/**
 * The unlock rule that the extension carries.
 * @throws IntersessionError `invalid-request` naming the part that is missing
 */
export function fromUnlockRule(extension: Extension): UnlockRule {
  const type = expectCode(findExtension(extension, 'type')?.valueCode, types, 'unlock-rule.type');
  if (type !== 'after') return { type };
  const after = expectElement(findExtension(extension, 'after')?.valueString, 'unlock-rule.after');
  return { type, after, criterion: fromCriterion(extension) };
}

function fromCriterion(extension: Extension): UnlockCriterion {
  const type = expectCode(findExtension(extension, 'criterion')?.valueCode, criteria, 'unlock-rule.criterion');
  const linkId = () => expectElement(findExtension(extension, 'linkId')?.valueString, 'unlock-rule.linkId');
  const decimal = (url: string) => expectElement(findExtension(extension, url)?.valueDecimal, `unlock-rule.${url}`);
  switch (type) {
    case 'logs-done':
      return { type, count: expectElement(findExtension(extension, 'count')?.valuePositiveInt, 'unlock-rule.count') };
    case 'measure-reached': {
      const comparator = findExtension(extension, 'comparator')?.valueCode;
      return {
        type,
        linkId: linkId(),
        comparator: expectCode(comparator, ['<=', '>='], 'unlock-rule.comparator'),
        value: decimal('value'),
      };
    }
    case 'measure-fell':
      return { type, linkId: linkId(), by: decimal('by') };
    case 'behaviour-done':
    case 'clinician-approves':
      return { type };
  }
}
