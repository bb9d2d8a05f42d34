import type { Extension } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromUnlockRule } from '../../../src/fhir/from-unlock-rule.ts';
import { toUnlockRule, unlockText } from '../../../src/fhir/to-unlock-rule.ts';
import type { UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { refusedElement } from '../refused-element.ts';

const url = 'https://intersession.dev/fhir/StructureDefinition/unlock-rule';

describe('an unlock rule, for software and for people', () => {
  it.each<[UnlockRule['type'], string]>([
    ['at-start', 'Open from the start'],
    ['by-clinician', 'Opens when the clinician unlocks it'],
  ])('%s names no step', (type, words) => {
    const rule = { type } as UnlockRule;
    expect(toUnlockRule(rule)).toStrictEqual({ url, extension: [{ url: 'type', valueCode: type }] });
    expect(unlockText(rule)).toBe(words);
  });

  it.each<[string, UnlockCriterion, unknown[]]>([
    [
      'Opens once step 4a has been logged',
      { type: 'logs-done', count: 1 },
      [
        { url: 'criterion', valueCode: 'logs-done' },
        { url: 'count', valuePositiveInt: 1 },
      ],
    ],
    [
      'Opens once step 4a has been logged 3 times',
      { type: 'logs-done', count: 3 },
      [
        { url: 'criterion', valueCode: 'logs-done' },
        { url: 'count', valuePositiveInt: 3 },
      ],
    ],
    [
      'Opens once step 4a has been done',
      { type: 'behaviour-done' },
      [{ url: 'criterion', valueCode: 'behaviour-done' }],
    ],
    [
      'Opens once “belief after” in step 4a is 50 or less',
      { type: 'measure-reached', linkId: 'belief-after', comparator: '<=', value: 50 },
      [
        { url: 'criterion', valueCode: 'measure-reached' },
        { url: 'linkId', valueString: 'belief-after' },
        { url: 'comparator', valueCode: '<=' },
        { url: 'value', valueDecimal: 50 },
      ],
    ],
    [
      'Opens once “confidence after” in step 4a is 7.5 or more',
      { type: 'measure-reached', linkId: 'confidence-after', comparator: '>=', value: 7.5 },
      [
        { url: 'criterion', valueCode: 'measure-reached' },
        { url: 'linkId', valueString: 'confidence-after' },
        { url: 'comparator', valueCode: '>=' },
        { url: 'value', valueDecimal: 7.5 },
      ],
    ],
    [
      'Opens once “SUDS peak” in step 4a has fallen by 20',
      { type: 'measure-fell', linkId: 'suds-peak', by: 20 },
      [
        { url: 'criterion', valueCode: 'measure-fell' },
        { url: 'linkId', valueString: 'suds-peak' },
        { url: 'by', valueDecimal: 20 },
      ],
    ],
    [
      'Opens after step 4a, when the clinician says so',
      { type: 'clinician-approves' },
      [{ url: 'criterion', valueCode: 'clinician-approves' }],
    ],
  ])('after a step: %s', (words, criterion, parts) => {
    const rule: UnlockRule = { type: 'after', after: '4a', criterion };
    expect(toUnlockRule(rule)).toStrictEqual({
      url,
      extension: [{ url: 'type', valueCode: 'after' }, { url: 'after', valueString: '4a' }, ...parts],
    });
    expect(unlockText(rule)).toBe(words);
  });
});

const bound = { comparator: '<=', value: 30 } as const;
const boundParts = [
  { url: 'comparator', valueCode: '<=' },
  { url: 'value', valueDecimal: 30 },
];
const linkId = (id: string) => ({ url: 'linkId', valueString: id });

describe('a criterion as an extension, and back', () => {
  it.each<[UnlockCriterion, unknown[]]>([
    [{ type: 'prediction-not-true', count: 2 }, [{ url: 'count', valuePositiveInt: 2 }]],
    [
      { type: 'in-a-row', linkId: 'peak', ...bound, count: 2 },
      [linkId('peak'), ...boundParts, { url: 'count', valuePositiveInt: 2 }],
    ],
    [
      { type: 'mean-of-days', linkId: 'se', ...bound, days: 7, atLeast: 5 },
      [linkId('se'), ...boundParts, { url: 'days', valuePositiveInt: 7 }, { url: 'atLeast', valuePositiveInt: 5 }],
    ],
    [
      { type: 'fell-within-log', peak: 'peak', after: 'left', fall: { by: 20 } },
      [linkId('peak'), { url: 'otherLinkId', valueString: 'left' }, { url: 'by', valueDecimal: 20 }],
    ],
    [
      { type: 'fell-within-log', peak: 'peak', after: 'left', fall: { toPercent: 50 } },
      [linkId('peak'), { url: 'otherLinkId', valueString: 'left' }, { url: 'toPercent', valueDecimal: 50 }],
    ],
    [
      { type: 'quota-kept', planned: 'plan', actual: 'done', from: 80, to: 120, days: 5, of: 7 },
      [
        ...[linkId('plan'), { url: 'otherLinkId', valueString: 'done' }, { url: 'fromPercent', valueDecimal: 80 }],
        ...[
          { url: 'toPercent', valueDecimal: 120 },
          { url: 'days', valuePositiveInt: 5 },
        ],
        { url: 'of', valuePositiveInt: 7 },
      ],
    ],
    [{ type: 'score-reached', score: 'total', ...bound }, [linkId('total'), ...boundParts]],
    [
      { type: 'score-changed', score: 'total', by: 5, direction: 'up' },
      [linkId('total'), { url: 'by', valueDecimal: 5 }, { url: 'direction', valueCode: 'up' }],
    ],
  ])('%j', (criterion, parts) => {
    const rule: UnlockRule = { type: 'after', after: '1', criterion };
    const extension = toUnlockRule(rule);
    expect(extension.extension?.slice(3)).toStrictEqual(parts);
    expect(extension.extension?.[2]).toStrictEqual({ url: 'criterion', valueCode: criterion.type });
    expect(fromUnlockRule(extension)).toStrictEqual(rule);
  });

  it('a day, and a joined rule with its parts', () => {
    const day = { type: 'on-date', date: '2026-03-09' } as const;
    const done = { type: 'after', after: '1', criterion: { type: 'behaviour-done' } } as const;
    const dayParts = [
      { url: 'type', valueCode: 'on-date' },
      { url: 'date', valueDate: '2026-03-09' },
    ];
    expect(toUnlockRule(day)).toStrictEqual({ url, extension: dayParts });
    for (const type of ['all', 'any'] as const) {
      const rule: UnlockRule = { type, of: [day, done] };
      const extension = toUnlockRule(rule);
      expect(extension.extension).toStrictEqual([
        { url: 'type', valueCode: type },
        { url: 'part', extension: dayParts },
        { url: 'part', extension: toUnlockRule(done).extension },
      ]);
      expect(fromUnlockRule(extension)).toStrictEqual(rule);
    }
  });

  it.each<[string, Extension[], string]>([
    [
      'a joined part of a joined rule',
      [
        { url: 'type', valueCode: 'all' },
        { url: 'part', extension: [{ url: 'type', valueCode: 'any' }] },
      ],
      'unlock-rule.part.type',
    ],
    ['a day that is missing', [{ url: 'type', valueCode: 'on-date' }], 'unlock-rule.date'],
    [
      'a fall by points and to a share',
      [
        ...[
          { url: 'type', valueCode: 'after' },
          { url: 'after', valueString: '1' },
        ],
        ...[{ url: 'criterion', valueCode: 'fell-within-log' }, linkId('p'), { url: 'otherLinkId', valueString: 'a' }],
        ...[
          { url: 'by', valueDecimal: 1 },
          { url: 'toPercent', valueDecimal: 50 },
        ],
      ],
      'unlock-rule.toPercent',
    ],
  ])('refuses %s', (_what, extension, path) => {
    expect(refusedElement(() => fromUnlockRule({ url, extension }))?.path).toBe(path);
  });
});
