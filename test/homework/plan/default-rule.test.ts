import { expect, it } from 'vitest';
import { defaultRule, type UnruledStep } from '../../../src/homework/plan/default-rule.ts';

it.each<[UnruledStep, object]>([
  [{}, { type: 'at-start' }],
  [{ before: '1' }, { type: 'after', after: '1', criterion: { type: 'behaviour-done' } }],
  [{ byClinician: true }, { type: 'by-clinician' }],
  [
    { byClinician: true, before: '1' },
    { type: 'after', after: '1', criterion: { type: 'clinician-approves' } },
  ],
  [{ standing: true, byClinician: true, before: '1' }, { type: 'at-start' }],
])('a step that is designed without a rule, %j, has %j', (step, rule) => {
  expect(defaultRule(step)).toEqual(rule);
});
