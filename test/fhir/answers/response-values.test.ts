import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { indexItems } from '../../../src/fhir/answers/index-items.ts';
import { isMasked, maskedAnswer } from '../../../src/fhir/answers/masked.ts';
import { optionOf } from '../../../src/fhir/answers/option-of.ts';
import { fromResponseItems } from '../../../src/fhir/answers/read-items.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';

const option = { system: 'urn:place', code: 'home', display: 'Home' };
const questionnaire = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});
const q: QuestionnaireItem = { linkId: 'q', type: 'choice', repeats: true, answerOption: [{ valueCoding: option }] };
const below: QuestionnaireItem = { linkId: 'below', type: 'integer' };
const form = questionnaire(
  { ...q, text: 'Where?', item: [below] },
  { linkId: 'g', type: 'group', item: [{ linkId: 'in', type: 'integer' }] },
);

const reason = (valueCode: string, url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason') => ({
  extension: [{ url, valueCode }],
});
const masked = reason('masked');

describe('a value', () => {
  it.each<[domain: AnswerValue, fhir: QuestionnaireResponseItemAnswer]>([
    [{ type: 'boolean', value: false }, { valueBoolean: false }],
    [{ type: 'integer', value: 0 }, { valueInteger: 0 }],
    [{ type: 'decimal', value: 5.5 }, { valueDecimal: 5.5 }],
    [{ type: 'string', value: 'rain' }, { valueString: 'rain' }],
    [{ type: 'date', value: '2026-03-02' }, { valueDate: '2026-03-02' }],
    [{ type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }, { valueDateTime: '2026-03-02T15:00:00.000Z' }],
    [{ type: 'time', value: '22:30:00' }, { valueTime: '22:30:00' }],
    [{ type: 'quantity', value: { value: 2 } }, { valueQuantity: { value: 2 } }],
    [
      { type: 'quantity', value: { value: 2, unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' } },
      { valueQuantity: { value: 2, unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' } },
    ],
    [{ type: 'coding', value: option }, { valueCoding: option }],
    [{ type: 'coding', value: { system: '', code: 'bare' } }, { valueCoding: { code: 'bare' } }],
  ])('is written and read: %j', (value, answer) => {
    const items = [{ linkId: 'q', answers: [value], items: [] }];
    const written = [{ linkId: 'q', text: 'Where?', answer: [answer] }];
    expect(toResponseItems(form, items, 'none')).toStrictEqual(written);
    expect(fromResponseItems(form, written)).toStrictEqual({ items, withheld: [], issues: [] });
  });

  it.each<[fhir: QuestionnaireResponseItemAnswer, domain: AnswerValue]>([
    [{ valueDateTime: '2026-03-02T10:00:00-05:00' }, { type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }],
    [{ valueTime: '22:30:15.5' }, { type: 'time', value: '22:30:15' }],
    // words of the option, where a form filler sends the code alone; its own words, where it sends them
    [{ valueCoding: { system: 'urn:place', code: 'home' } }, { type: 'coding', value: option }],
    [{ valueCoding: { ...option, display: 'at home' } }, { type: 'coding', value: { ...option, display: 'at home' } }],
    [
      { valueCoding: { system: 'urn:else', code: 'home' } },
      { type: 'coding', value: { system: 'urn:else', code: 'home' } },
    ],
  ])('is read as %j', (answer, value) => {
    expect(fromResponseItems(form, [{ linkId: 'q', answer: [answer] }]).items).toStrictEqual([
      { linkId: 'q', answers: [value], items: [] },
    ]);
  });

  const twoSystems: QuestionnaireItem = {
    ...q,
    answerOption: [{ valueCoding: option }, { valueCoding: { ...option, system: 'urn:else', display: 'Casa' } }],
  };
  const sameSystem: QuestionnaireItem = {
    ...q,
    answerOption: [{ valueCoding: option }, { valueCoding: { system: 'urn:place', code: 'out' } }],
  };
  const bareToo: QuestionnaireItem = {
    ...q,
    answerOption: [{ valueCoding: option }, { valueCoding: { code: 'home', display: 'Bare' } }],
  };
  const numbers: QuestionnaireItem = { ...q, answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }] };
  const ofType = (type: QuestionnaireItem['type']): QuestionnaireItem => ({ linkId: 'q', type });

  it.each<[what: string, item: QuestionnaireItem, fhir: QuestionnaireResponseItemAnswer, domain: AnswerValue]>([
    [
      'a code alone that one option has',
      sameSystem,
      { valueCoding: { code: 'home' } },
      { type: 'coding', value: option },
    ],
    [
      'a code alone that two options have',
      twoSystems,
      { valueCoding: { code: 'home' } },
      { type: 'coding', value: { system: '', code: 'home' } },
    ],
    [
      'a code alone that an option without a system has',
      bareToo,
      { valueCoding: { code: 'home' } },
      { type: 'coding', value: { system: '', code: 'home', display: 'Bare' } },
    ],
    [
      'a code alone that no option has',
      sameSystem,
      { valueCoding: { code: 'moon' } },
      { type: 'coding', value: { system: '', code: 'moon' } },
    ],
    ['a whole decimal for an integer', ofType('integer'), { valueDecimal: 2 }, { type: 'integer', value: 2 }],
    ['a part of one for an integer', ofType('integer'), { valueDecimal: 2.5 }, { type: 'decimal', value: 2.5 }],
    ['a whole decimal for options that are numbers', numbers, { valueDecimal: 2 }, { type: 'integer', value: 2 }],
    ['an integer for a decimal', ofType('decimal'), { valueInteger: 2 }, { type: 'decimal', value: 2 }],
    ['a decimal for words', ofType('string'), { valueDecimal: 2 }, { type: 'decimal', value: 2 }],
    ['an integer for an amount', ofType('quantity'), { valueInteger: 2 }, { type: 'integer', value: 2 }],
  ])('of a form filler is read as its item takes it: %s', (_what, item, answer, value) => {
    expect(fromResponseItems(questionnaire(item), [{ linkId: 'q', answer: [answer] }]).items).toStrictEqual([
      { linkId: 'q', answers: [value], items: [] },
    ]);
  });

  it.each<[answer: QuestionnaireResponseItemAnswer]>([
    [{ valueDate: '2026-02-30' }],
    [{ valueDateTime: '2026-03-02' }],
    [{ valueTime: '25:00:00' }],
    [{ valueQuantity: { unit: 'h' } }],
    [{ valueQuantity: { value: 2, comparator: '<' } }],
    [{ valueCoding: { system: 'urn:place' } }],
    [{ valueUri: 'urn:x' }],
    [{ valueReference: { reference: 'Patient/sarah' } }],
    [{ valueAttachment: { title: 'x' } }],
  ])('is named when it cannot be read: %j', (answer) => {
    expect(fromResponseItems(form, [{ linkId: 'q', answer: [answer] }])).toStrictEqual({
      items: [],
      withheld: [],
      issues: [{ linkId: 'q', problem: 'has a value that cannot be read' }],
    });
  });

  it('is absent where an answer has none', () => {
    const absent = fromResponseItems(form, [
      { linkId: 'q', answer: [{ id: 'a' }, { valueInteger: 1 }] },
      { linkId: 'in' },
    ]);
    expect(absent).toStrictEqual({
      items: [{ linkId: 'q', answers: [{ type: 'integer', value: 1 }], items: [] }],
      withheld: [],
      issues: [],
    });
  });
});

describe('a masked answer', () => {
  it.each<[type: QuestionnaireItem['type'] | undefined, answer: object]>([
    ['boolean', { _valueBoolean: masked }],
    ['string', { _valueString: masked }],
    ['text', { _valueString: masked }],
    ['integer', masked],
    ['decimal', masked],
    ['date', masked],
    ['dateTime', masked],
    ['time', masked],
    ['quantity', masked],
    ['choice', masked],
    ['open-choice', masked],
    // of an item that nobody knows
    [undefined, { _valueString: masked }],
  ])('of %s says so', (type, answer) => {
    const made = maskedAnswer(type && { linkId: 'x', type });
    expect(made).toStrictEqual(answer);
    expect(isMasked(made)).toBe(true);
  });

  it.each<[answer: QuestionnaireResponseItemAnswer]>([
    [masked],
    [{ _valueBoolean: masked }],
    [{ _valueInteger: masked }],
    [{ _valueDecimal: masked }],
    [{ _valueString: masked }],
    [{ _valueDate: masked }],
    [{ _valueDateTime: masked }],
    [{ _valueTime: masked }],
    [{ valueQuantity: masked }],
    [{ valueCoding: masked }],
    [{ extension: [{ url: 'urn:x', valueCode: 'masked' }, ...masked.extension] }],
  ])('is known wherever the reason stands: %j', (answer) => {
    expect(isMasked(answer)).toBe(true);
  });

  it.each<[answer: QuestionnaireResponseItemAnswer]>([
    [{ valueInteger: 1 }],
    [{}],
    [{ valueInteger: 1, extension: [] }],
    [reason('asked-declined')],
    [reason('masked', 'urn:x')],
    [{ _valueString: reason('unknown') }],
  ])('is none: %j', (answer) => {
    expect(isMasked(answer)).toBe(false);
  });

  it('hides all answers of its item, and names it once', () => {
    expect(fromResponseItems(form, [{ linkId: 'q', answer: [{ valueInteger: 1 }, masked, masked] }])).toStrictEqual({
      items: [{ linkId: 'q', answers: [], items: [] }],
      withheld: ['q'],
      issues: [],
    });
  });
});

describe('items', () => {
  const one = { valueInteger: 1 };
  const integer = (linkId: string): AnswerItem => ({ linkId, answers: [{ type: 'integer', value: 1 }], items: [] });

  it('below a question belong to its first answer', () => {
    const item = { linkId: 'below', answer: [one] };
    const issues = (given: object) => fromResponseItems(form, [{ linkId: 'q', ...given }]).issues;
    expect(issues({ answer: [{ ...one, item: [item] }, one] })).toStrictEqual([]);
    expect(issues({ answer: [one], item: [item] })).toStrictEqual([
      { linkId: 'q', problem: 'is a question: items below it belong to its answer' },
    ]);
    expect(issues({ answer: [one, { ...one, item: [item] }] })).toStrictEqual([
      { linkId: 'q', problem: 'may have items only below its first answer' },
    ]);
    expect(issues({ answer: [one, { ...one, item: [] }], item: [] })).toStrictEqual([]);
    expect(fromResponseItems(form, [{ linkId: 'g', item: [{ linkId: 'in', answer: [one] }] }]).issues).toStrictEqual(
      [],
    );
    // what is unknown is not judged here
    expect(
      fromResponseItems(form, [{ linkId: 'new', answer: [one], item: [{ linkId: 'in', answer: [one] }] }]),
    ).toStrictEqual({
      items: [{ ...integer('new'), items: [integer('in')] }],
      withheld: [],
      issues: [],
    });
  });

  it('are told apart by their id in a repeating group only', () => {
    const repeating = questionnaire(
      { linkId: 'g', type: 'group', repeats: true, item: [below] },
      { ...q, repeats: true },
    );
    const item = [{ linkId: 'below', answer: [one] }];
    const read = (form: Questionnaire, linkId: string) =>
      fromResponseItems(form, [{ linkId, id: 'r1', item }]).items[0]?.instance;
    expect(read(repeating, 'g')).toBe('r1');
    expect(read(questionnaire({ linkId: 'g', type: 'group', item: [below] }), 'g')).toBeUndefined();
    expect(read(repeating, 'q')).toBeUndefined();
    expect(read(repeating, 'new')).toBeUndefined();
  });

  it('that nobody knows are written last, without a text', () => {
    expect(toResponseItems(form, [integer('new'), integer('q')], 'none')).toStrictEqual([
      { linkId: 'q', text: 'Where?', answer: [one] },
      { linkId: 'new', answer: [one] },
    ]);
    expect(toResponseItems({ resourceType: 'Questionnaire', status: 'active' }, [integer('q')], 'none')).toStrictEqual([
      { linkId: 'q', answer: [one] },
    ]);
  });

  it('of a group have no answer of its own; several answers of a question carry what stands below on the first', () => {
    const group = { linkId: 'g', answers: [{ type: 'integer', value: 9 }], items: [integer('in')] } as const;
    expect(toResponseItems(form, [group], 'none')).toStrictEqual([
      { linkId: 'g', item: [{ linkId: 'in', answer: [one] }] },
    ]);
    const two: AnswerItem = {
      ...integer('q'),
      answers: [...integer('q').answers, { type: 'integer', value: 2 }],
      items: [integer('below')],
    };
    const inside = [{ linkId: 'below', answer: [one] }];
    expect(toResponseItems(form, [two], [])[0]?.answer).toStrictEqual([{ ...one, item: inside }, { valueInteger: 2 }]);
    expect(toResponseItems(form, [two], ['q'])[0]?.answer).toStrictEqual([
      { ...masked, item: [{ linkId: 'below', answer: [masked] }] },
    ]);
  });
});

describe('a questionnaire', () => {
  it('is known by linkId at whatever depth, with what each item stands in', () => {
    const index = indexItems(
      questionnaire({ linkId: 'a', type: 'group', item: [{ linkId: 'b', type: 'group', item: [below] }] }, q),
    );
    expect([...index].map(([linkId, { item, parents }]) => [linkId, item.linkId, parents])).toStrictEqual([
      ['a', 'a', []],
      ['b', 'b', ['a']],
      ['below', 'below', ['a', 'b']],
      ['q', 'q', []],
    ]);
    expect(indexItems({ resourceType: 'Questionnaire', status: 'active' }).size).toBe(0);
  });

  it('says the option that a code stands for', () => {
    expect(optionOf(q, { system: 'urn:place', code: 'home' })).toStrictEqual(option);
    expect(optionOf(q, { system: 'urn:place', code: 'moon' })).toBeUndefined();
    expect(optionOf({ ...q, answerOption: [{ valueString: 'home' }, { valueCoding: option }] }, option)).toStrictEqual(
      option,
    );
    expect(optionOf(below, option)).toBeUndefined();
    expect(optionOf(undefined, option)).toBeUndefined();
  });
});
