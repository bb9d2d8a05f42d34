import type { QuestionnaireItem } from 'fhir/r4';
import { expect, it } from 'vitest';
import type { ScoreDeclaration } from '../../src/homework/log/score.ts';
import { withForm } from '../../src/kinds/with-form.ts';

const score = (...linkIds: string[]): ScoreDeclaration => ({
  ...{ linkId: 'score', label: 'Score', code: { system: 'urn:s', code: 's', display: 'S' } },
  ...{ calculation: { type: 'sum', linkIds }, range: { least: 0, most: 9 }, higherIs: 'worse' },
});
const weight = (name: string, value: object) => [{ url: `http://hl7.org/fhir/StructureDefinition/${name}`, ...value }];
const formOf = (item: QuestionnaireItem[], ...linkIds: string[]) => withForm([score(...linkIds)], { item })[0]?.form;

it('reads what options count, by either name and in either place; a place in the list is no figure', () => {
  const options: QuestionnaireItem['answerOption'] = [
    { valueCoding: { code: 'ordinal', extension: weight('ordinalValue', { valueDecimal: 1 }) } },
    { valueCoding: { code: 'weight', extension: weight('itemWeight', { valueDecimal: 2 }) } },
    { valueCoding: { code: 'zero', extension: weight('itemWeight', { valueDecimal: 0 }) } },
    { valueCoding: { code: 'outside' }, extension: weight('itemWeight', { valueInteger: 3 }) },
    { valueInteger: 4, extension: weight('itemWeight', { valueDecimal: 5 }) },
    { valueInteger: 5, _valueInteger: { extension: weight('itemWeight', { valueDecimal: 6 }) } },
    { valueString: 'text', extension: weight('ordinalValue', { valueDecimal: 7 }) },
    { valueCoding: { code: 'none' } },
    { valueCoding: { code: 'prefix', extension: weight('questionnaire-optionPrefix', { valueString: '3' }) } },
    { valueCoding: { display: 'without a code', extension: weight('ordinalValue', { valueDecimal: 8 }) } },
  ];
  const item: QuestionnaireItem[] = [
    { linkId: 'a', type: 'choice', answerOption: options },
    { linkId: 'b', type: 'choice', answerOption: [{ valueCoding: { code: 'none' } }] },
    { linkId: 'other', type: 'choice', answerOption: options },
  ];
  expect(formOf(item, 'a', 'b', 'nowhere')).toEqual({
    points: { a: { ordinal: 1, weight: 2, zero: 0, outside: 3, 4: 5, 5: 6, text: 7 } },
    ...{ asked: {}, around: {} },
  });
});

it('reads when items are asked, with the groups around them, and what these stand in', () => {
  const item: QuestionnaireItem[] = [
    { linkId: 'first', type: 'group', item: [{ linkId: 'gate', type: 'integer' }] },
    {
      ...{ linkId: 'g', type: 'group', enableWhen: [{ question: 'gate', operator: '>', answerInteger: 0 }] },
      item: [
        {
          ...{ linkId: 'a', type: 'integer', enableBehavior: 'any' },
          enableWhen: [
            { question: 'x', operator: '=', answerCoding: { system: 'urn:o', code: 'yes' } },
            { question: 'y', operator: 'exists', answerBoolean: false },
            { question: 'z', operator: '>=', answerDecimal: 0.5 },
            { question: 'w', operator: '=', answerString: 'walk' },
            { question: 'v', operator: '>', answerTime: '08:00:00' },
          ],
        },
      ],
    },
  ];
  expect(formOf(item, 'a', 'gate')).toEqual({
    points: {},
    asked: {
      a: [
        { behavior: 'all', conditions: [{ question: 'gate', operator: '>', value: 0 }] },
        {
          behavior: 'any',
          conditions: [
            { question: 'x', operator: '=', value: 'yes' },
            { question: 'y', operator: 'exists', value: false },
            { question: 'z', operator: '>=', value: 0.5 },
            { question: 'w', operator: '=', value: 'walk' },
            { question: 'v', operator: '>', value: undefined },
          ],
        },
      ],
    },
    around: { a: ['g'], gate: ['first'] },
  });
});
