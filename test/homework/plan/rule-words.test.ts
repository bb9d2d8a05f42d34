import { describe, expect, it } from 'vitest';
import type { UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { opensWords, type RuleSpeech, ruleWords } from '../../../src/homework/plan/rule-words.ts';

const bound = { linkId: 'suds-peak', comparator: '<=', value: 30 } as const;

describe('what opens a step, in words', () => {
  it.each<[UnlockCriterion, string]>([
    [{ type: 'logs-done', count: 1 }, 'Opens once step 1 has been logged'],
    [{ type: 'logs-done', count: 3 }, 'Opens once step 1 has been logged 3 times'],
    [{ type: 'behaviour-done' }, 'Opens once step 1 has been done'],
    [{ ...bound, type: 'measure-reached' }, 'Opens once “SUDS peak” in step 1 is 30 or less'],
    [{ type: 'measure-fell', linkId: 'suds-peak', by: 20 }, 'Opens once “SUDS peak” in step 1 has fallen by 20'],
    [
      { type: 'fell-within-log', peak: 'suds-peak', after: 'suds-after', fall: { by: 20 } },
      'Opens once “SUDS after” in step 1 is 20 or more below “SUDS peak”',
    ],
    [
      { type: 'fell-within-log', peak: 'suds-peak', after: 'suds-after', fall: { toPercent: 50 } },
      'Opens once “SUDS after” in step 1 is 50% of “SUDS peak”, or less',
    ],
    [{ type: 'prediction-not-true', count: 1 }, 'Opens once step 1 has shown that what was feared did not happen'],
    [
      { type: 'prediction-not-true', count: 2 },
      'Opens once step 1 has shown 2 times that what was feared did not happen',
    ],
    [{ ...bound, type: 'in-a-row', count: 2 }, 'Opens once “SUDS peak” in step 1 has been 30 or less 2 times in a row'],
    [
      { type: 'mean-of-days', linkId: 'sleep', comparator: '>=', value: 85, days: 7, atLeast: 5 },
      'Opens once “sleep” in step 1 has been 85 or more on average over 7 days, with 5 of them logged',
    ],
    [
      { type: 'quota-kept', planned: 'planned-minutes', actual: 'minutes', from: 80, to: 120, days: 5, of: 7 },
      'Opens once “minutes” in step 1 has been 80 to 120% of “planned minutes” on 5 of 7 days',
    ],
    [
      { type: 'score-reached', score: 'total', comparator: '<=', value: 9 },
      'Opens once “total” in step 1 is 9 or less',
    ],
    [{ type: 'score-changed', score: 'total', by: 5, direction: 'up' }, 'Opens once “total” in step 1 has risen by 5'],
    [{ type: 'clinician-approves' }, 'Opens after step 1, when the clinician says so'],
  ])('%j', (criterion, words) => {
    expect(opensWords({ type: 'after', after: '1', criterion })).toBe(words);
  });

  const done = { type: 'after', after: '1', criterion: { type: 'behaviour-done' } } as const;
  const asks = { type: 'after', after: '2', criterion: { type: 'clinician-approves' } } as const;
  const day = { type: 'on-date', date: '2026-03-09' } as const;
  it.each<[UnlockRule, string, string]>([
    [{ type: 'at-start' }, 'Open from the start', 'the plan had started'],
    [{ type: 'by-clinician' }, 'Opens when the clinician unlocks it', 'the clinician had unlocked it'],
    [day, 'Opens on 2026-03-09', '2026-03-09 had come'],
    [
      { type: 'all', of: [done, day] },
      'Opens once step 1 has been done, and 2026-03-09 has come',
      'step 1 had been done, and 2026-03-09 had come',
    ],
    [
      { type: 'any', of: [done, asks] },
      'Opens once step 1 has been done, or the clinician has agreed after step 2',
      'step 1 had been done, or the clinician had agreed after step 2',
    ],
  ])('%j', (rule, opens, because) => {
    expect(opensWords(rule)).toBe(opens);
    expect(ruleWords(rule, { tense: 'had' })).toBe(because);
  });

  it('calls things as its reader does', () => {
    const speech: RuleSpeech = {
      clinician: 'your clinician',
      step: (key) => `“Ask one question” (${key})`,
      measure: (linkId, key) => `${linkId} of ${key}`,
      number: (value) => value.toFixed(1),
      day: () => 'Mon, Mar 9',
    };
    const reached = { type: 'after', after: '1', criterion: { ...bound, type: 'measure-reached' } } as const;
    expect(opensWords({ type: 'all', of: [reached, day, asks] }, speech)).toBe(
      'Opens once “suds-peak of 1” in “Ask one question” (1) is 30.0 or less, and Mon, Mar 9 has come, and your clinician has agreed after “Ask one question” (2)',
    );
  });
});
