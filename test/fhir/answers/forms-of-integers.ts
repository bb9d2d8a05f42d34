import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { AnswerItem } from '../../../src/homework/model.ts';

// Forms of groups and integers, and answers to them, for tests of how answers are built.
export const form = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});
export const integer = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type: 'integer',
  ...more,
});
export const group = (
  linkId: string,
  item: QuestionnaireItem[],
  more: Partial<QuestionnaireItem> = {},
): QuestionnaireItem => ({
  linkId,
  type: 'group',
  item,
  ...more,
});
export const given = (linkId: string, more: Partial<AnswerItem> = {}): AnswerItem => ({
  linkId,
  answers: [{ type: 'integer', value: 1 }],
  items: [],
  ...more,
});
export const around = (linkId: string, ...items: AnswerItem[]): AnswerItem => ({ linkId, answers: [], items });
export const repetition = (linkId: string, instance: string | undefined, ...items: AnswerItem[]): AnswerItem => ({
  ...around(linkId, ...items),
  ...(instance !== undefined && { instance }),
});

export const required = { required: true };
export const repeats = { repeats: true };
export const nested = form(
  group('outer', [group('inner', [integer('deep', required)]), integer('beside')]),
  integer('top', { item: [integer('under', required)] }),
);
export const diary = form(group('r', [integer('m', required)], repeats), integer('many', repeats), integer('single'));
