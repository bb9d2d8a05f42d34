import type { Extension } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromUnlockRule } from '../../../src/fhir/from-unlock-rule.ts';
import type { UnlockRule } from '../../../src/homework/model.ts';
import { broken, expectRefusal, missing, type Refusal, unknownCode } from './broken.ts';

const rule = (...extension: Extension[]): Extension => ({ url: 'unlock-rule', extension });
const afterStep = (criterion: string, ...parts: Extension[]) =>
  rule(
    { url: 'type', valueCode: 'after' },
    { url: 'after', valueString: '3a' },
    { url: 'criterion', valueCode: criterion },
    ...parts,
  );
const linkId: Extension = { url: 'linkId', valueString: 'belief-after' };
const reached = afterStep(
  'measure-reached',
  linkId,
  { url: 'comparator', valueCode: '<=' },
  { url: 'value', valueDecimal: 0 },
);
const fell = afterStep('measure-fell', linkId, { url: 'by', valueDecimal: 12.5 });
const logged = afterStep('logs-done', { url: 'count', valuePositiveInt: 3 });

describe('an unlock rule', () => {
  it.each<[extension: Extension, read: UnlockRule]>([
    [rule({ url: 'type', valueCode: 'at-start' }), { type: 'at-start' }],
    [rule({ url: 'type', valueCode: 'by-clinician' }), { type: 'by-clinician' }],
    [logged, { type: 'after', after: '3a', criterion: { type: 'logs-done', count: 3 } }],
    [afterStep('behaviour-done'), { type: 'after', after: '3a', criterion: { type: 'behaviour-done' } }],
    [afterStep('clinician-approves'), { type: 'after', after: '3a', criterion: { type: 'clinician-approves' } }],
    [
      reached,
      {
        type: 'after',
        after: '3a',
        criterion: { type: 'measure-reached', linkId: 'belief-after', comparator: '<=', value: 0 },
      },
    ],
    [
      broken(reached, 'extension:comparator.valueCode', '>='),
      {
        type: 'after',
        after: '3a',
        criterion: { type: 'measure-reached', linkId: 'belief-after', comparator: '>=', value: 0 },
      },
    ],
    [fell, { type: 'after', after: '3a', criterion: { type: 'measure-fell', linkId: 'belief-after', by: 12.5 } }],
  ])('is read from its extension, in whatever order its parts stand: %j', (extension, read) => {
    expect(fromUnlockRule(extension)).toStrictEqual(read);
    const turned = { ...extension, extension: extension.extension?.toReversed() ?? [] };
    expect(fromUnlockRule(turned)).toStrictEqual(read);
  });

  it.each<[extension: Extension, ...Refusal]>([
    [reached, ...missing('extension', 'unlock-rule.type')],
    [reached, ...missing('extension:type', 'unlock-rule.type')],
    [reached, ...unknownCode('extension:type.valueCode', 'unlock-rule.type')],
    [reached, ...missing('extension:after', 'unlock-rule.after')],
    [reached, ...missing('extension:after.valueString', 'unlock-rule.after')],
    [reached, ...missing('extension:criterion', 'unlock-rule.criterion')],
    [reached, ...unknownCode('extension:criterion.valueCode', 'unlock-rule.criterion')],
    [reached, ...missing('extension:linkId', 'unlock-rule.linkId')],
    [reached, ...missing('extension:comparator', 'unlock-rule.comparator')],
    [reached, ...unknownCode('extension:comparator.valueCode', 'unlock-rule.comparator')],
    [reached, ...missing('extension:value', 'unlock-rule.value')],
    [fell, ...missing('extension:linkId', 'unlock-rule.linkId')],
    [fell, ...missing('extension:by', 'unlock-rule.by')],
    [logged, ...missing('extension:count', 'unlock-rule.count')],
  ])('%j is refused by its part when %s is %s', (extension, path, by, issue) => {
    expectRefusal(() => fromUnlockRule(broken(extension, path, by)), issue);
  });
});
