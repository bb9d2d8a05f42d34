import { describe, expect, it } from 'vitest';
import { toUnlockRule, unlockText } from '../../../src/fhir/to-unlock-rule.ts';
import type { UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';

const url = 'https://intersession.dev/fhir/StructureDefinition/unlock-rule';

describe('an unlock rule, for software and for people', () => {
  it.each<[UnlockRule['type'], string]>([
    ['at-start', 'From the start of the plan'],
    ['by-clinician', 'When the clinician unlocks it'],
  ])('%s names no step', (type, words) => {
    const rule = { type } as UnlockRule;
    expect(toUnlockRule(rule)).toStrictEqual({ url, extension: [{ url: 'type', valueCode: type }] });
    expect(unlockText(rule)).toBe(words);
  });

  it.each<[string, UnlockCriterion, unknown[]]>([
    [
      'it was logged once',
      { type: 'logs-done', count: 1 },
      [
        { url: 'criterion', valueCode: 'logs-done' },
        { url: 'count', valuePositiveInt: 1 },
      ],
    ],
    [
      'it was logged 3 times',
      { type: 'logs-done', count: 3 },
      [
        { url: 'criterion', valueCode: 'logs-done' },
        { url: 'count', valuePositiveInt: 3 },
      ],
    ],
    ['the behaviour was done', { type: 'behaviour-done' }, [{ url: 'criterion', valueCode: 'behaviour-done' }]],
    [
      'belief-after is at most 50',
      { type: 'measure-reached', linkId: 'belief-after', comparator: '<=', value: 50 },
      [
        { url: 'criterion', valueCode: 'measure-reached' },
        { url: 'linkId', valueString: 'belief-after' },
        { url: 'comparator', valueCode: '<=' },
        { url: 'value', valueDecimal: 50 },
      ],
    ],
    [
      'confidence-after is at least 7.5',
      { type: 'measure-reached', linkId: 'confidence-after', comparator: '>=', value: 7.5 },
      [
        { url: 'criterion', valueCode: 'measure-reached' },
        { url: 'linkId', valueString: 'confidence-after' },
        { url: 'comparator', valueCode: '>=' },
        { url: 'value', valueDecimal: 7.5 },
      ],
    ],
    [
      'suds-peak fell by 20',
      { type: 'measure-fell', linkId: 'suds-peak', by: 20 },
      [
        { url: 'criterion', valueCode: 'measure-fell' },
        { url: 'linkId', valueString: 'suds-peak' },
        { url: 'by', valueDecimal: 20 },
      ],
    ],
    ['the clinician approves', { type: 'clinician-approves' }, [{ url: 'criterion', valueCode: 'clinician-approves' }]],
  ])('after a step, when %s', (words, criterion, parts) => {
    const rule: UnlockRule = { type: 'after', after: '4a', criterion };
    expect(toUnlockRule(rule)).toStrictEqual({
      url,
      extension: [{ url: 'type', valueCode: 'after' }, { url: 'after', valueString: '4a' }, ...parts],
    });
    expect(unlockText(rule)).toBe(`After step 4a, when ${words}`);
  });
});
