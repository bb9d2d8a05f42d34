import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { ownVersion } from '../../src/kinds/own/own-version.ts';
import { currentOf } from './current-of.ts';
import { logged } from './logged.ts';

const base = currentOf('relapse-prevention');
const signs = [
  { id: 'mornings', text: 'I stay in bed after ten' },
  { id: 'phone', text: 'I don’t answer the phone' },
  { id: 'shop', text: 'I order food rather than shop' },
];
const version = ownVersion(base, { settings: {}, own: { signs } }, 'step-1');
const week = { skill: 'Asked for help', context: ['at-work', 'with-people'], 'how-it-went': 7 };
const all = { 'sign.mornings': true, 'sign.phone': false, 'sign.shop': true };

describe('a week of staying well', () => {
  it('tells the skill, the signs by the names that the plan gives them, and a slip in plain words', () => {
    const { lines, measures } = logged(version, {
      ...{ ...week, ...all, 'what-i-did': 'Rang my sister', lapse: true },
      ...{ 'what-helped': 'A walk', next: 'Call Sam on Sunday' },
    });
    expect(lines).toEqual([
      'Skill: "Asked for help"',
      'Where: At work, school or college, With friends or family',
      'What they did: "Rang my sister"',
      'How it went 7 of 10',
      'Early signs 2',
      'Signs: “I stay in bed after ten” yes, “I don’t answer the phone” no, “I order food rather than shop” yes',
      'Slipped yes',
      'What helped: "A walk"',
      'Next: "Call Sam on Sunday"',
    ]);
    expect(measures.toSorted()).toEqual(
      ['skill-went 7', 'warning-sign true', 'warning-sign false', 'warning-sign true', 'lapse true']
        .concat('warning-signs 2')
        .sort(),
    );
  });

  it.each([
    ['all of them seen', { 'sign.mornings': true, 'sign.phone': true, 'sign.shop': true }, 'warning-signs 3'],
    ['none of them', { 'sign.mornings': false, 'sign.phone': false, 'sign.shop': false }, 'warning-signs 0'],
    ['one left open, which may be any', { 'sign.mornings': true, 'sign.phone': false }, undefined],
    ['nothing of signs', {}, undefined],
  ])('counts the signs: %s', (_what, answers, count) => {
    const { measures } = logged(version, { ...week, ...answers });
    expect(measures.find((measure) => measure.startsWith('warning-signs'))).toBe(count);
  });

  it('does not count a sign that is kept, nor tells the others’ number', () => {
    const { measures, lines } = logged(version, { ...week, ...all }, ['sign.shop']);
    expect(measures.join()).not.toContain('warning-signs');
    expect(lines.join()).not.toMatch(/shop|Early signs/);
  });

  it('raises no alarm, whatever was ticked', () => {
    expect(version.safety ?? []).toEqual([]);
  });

  it('has signs to begin with, before a plan names its own', () => {
    const [part] = base.ownParts ?? [];
    const usual = ownVersion(base, { settings: {}, own: { signs: part?.defaults ?? [] } }, 'step-1');
    expect(logged(usual, { ...week, 'sign.people': true }).lines).toContain('Signs: “I pulled back from people” yes');
  });

  it('asks what helped of a slip only', () => {
    const answers = { ...week, lapse: false, 'what-helped': 'A walk' };
    expect(() => readAnswers(version.questionnaire, answers)).toThrow();
  });
});
