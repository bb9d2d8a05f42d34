import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { expect, it } from 'vitest';
import { choicesOnce } from '../../../src/fhir/answers/choices-once.ts';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';
import { readLogItems } from '../../../src/record/use-cases/read-log-items.ts';

const option = (code: string, system = 'urn:x') => ({ system, code, display: code });
const coding = (code: string, system = 'urn:x', display = code): AnswerValue => ({
  ...{ type: 'coding', value: { system, code, display } },
});
const text = (value: string): AnswerValue => ({ type: 'string', value });
const number = (value: number): AnswerValue => ({ type: 'integer', value });
const answered = (linkId: string, answers: readonly AnswerValue[], items: readonly AnswerItem[] = []): AnswerItem => ({
  ...{ linkId, answers, items },
});
const skills: QuestionnaireItem = {
  ...{ linkId: 'skills', type: 'choice', repeats: true },
  answerOption: [
    { valueCoding: option('walk') },
    { valueCoding: option('call') },
    { valueCoding: option('walk', 'urn:y') },
  ],
};
const form: Questionnaire = {
  ...{ resourceType: 'Questionnaire', status: 'active' },
  item: [
    skills,
    { ...skills, linkId: 'open', type: 'open-choice' },
    { linkId: 'times', type: 'choice', repeats: true, answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }] },
    { linkId: 'numbers', type: 'integer', repeats: true },
    { linkId: 'words', type: 'string', repeats: true },
    { linkId: 'one', type: 'choice', answerOption: skills.answerOption ?? [] },
    { linkId: 'g', type: 'group', item: [{ ...skills, linkId: 'inner' }] },
  ],
};

it.each<[string, AnswerItem, AnswerItem]>([
  [
    'an option stands once, in the order in which it came, with its first words',
    answered('skills', [coding('walk'), coding('call'), coding('walk', 'urn:x', 'Walked')]),
    answered('skills', [coding('walk'), coding('call')]),
  ],
  [
    'the same code of another system is another option',
    answered('skills', [coding('walk'), coding('walk', 'urn:y')]),
    answered('skills', [coding('walk'), coding('walk', 'urn:y')]),
  ],
  [
    'also beside what was typed, which stands once, too',
    answered('open', [text('sang'), coding('walk'), text('sang'), coding('walk'), text('walk')]),
    answered('open', [text('sang'), coding('walk'), text('walk')]),
  ],
  ['options that are numbers', answered('times', [number(1), number(1)]), answered('times', [number(1)])],
  ['two readings are two', answered('numbers', [number(5), number(5)]), answered('numbers', [number(5), number(5)])],
  ['two texts are two', answered('words', [text('a'), text('a')]), answered('words', [text('a'), text('a')])],
  [
    'however deep it stands',
    answered('g', [], [answered('inner', [coding('call'), coding('call')])]),
    answered('g', [], [answered('inner', [coding('call')])]),
  ],
])('of what is chosen from a list %s', (_what, given, kept) => {
  expect(choicesOnce(form, [given])).toStrictEqual([kept]);
});

it('is so by every door: flat answers and items are read alike', () => {
  const rules = { complete: true, withheld: [] };
  const kept = [answered('skills', [coding('call')])];
  expect(readLogItems(form, { answers: { skills: ['call', 'call'] } }, rules).items).toStrictEqual(kept);
  const items = [answered('skills', [coding('call'), coding('call')])];
  expect(readLogItems(form, { items }, rules).items).toStrictEqual(kept);
  expect(readLogItems(form, {}, rules).items).toBeUndefined();
  const twice = { linkId: 'one', problem: 'takes one answer' };
  expect(() => readLogItems(form, { answers: { one: ['call', 'call'] } }, rules)).toThrow(
    expect.objectContaining({ fields: { issues: [twice] } }),
  );
});
