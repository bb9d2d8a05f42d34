import type { Extension, QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { answerTypes } from '../../../src/fhir/answers/answer-types.ts';
import { checkValue, comparable, wantedAnswer } from '../../../src/fhir/answers/check-value.ts';
import { sameCode } from '../../../src/fhir/answers/option-of.ts';
import { unitsOf } from '../../../src/fhir/answers/units-of.ts';
import { valueLimits } from '../../../src/fhir/answers/value-limits.ts';
import type { AnswerValue, Quantity } from '../../../src/homework/model.ts';

type Type = QuestionnaireItem['type'];
type Option = NonNullable<QuestionnaireItem['answerOption']>[number];

const ucum = 'http://unitsofmeasure.org';
const item = (type: Type, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({ linkId: 'x', type, ...more });
const choice = (...answerOption: Option[]) => item('choice', { answerOption });
const limit = (name: 'minValue' | 'maxValue', value: Omit<Extension, 'url'>): Extension => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  ...value,
});
const limited = (type: Type, ...extension: Extension[]) => item(type, { extension });
const unit = (name: 'questionnaire-unit' | 'questionnaire-unitOption', code: string, display?: string): Extension => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  valueCoding: { system: ucum, code, ...(display !== undefined && { display }) },
});
const places = choice(
  { valueCoding: { system: 'urn:place', code: 'home' } },
  { valueCoding: { system: 'urn:place', code: 'work' } },
  { valueCoding: { code: 'bare' } },
);

describe('what an item wants', () => {
  it.each<[item: QuestionnaireItem, types: AnswerValue['type'][], words: string]>([
    [item('boolean'), ['boolean'], 'must be true or false'],
    [item('integer'), ['integer'], 'must be a whole number'],
    [item('decimal'), ['decimal'], 'must be a number'],
    [item('string'), ['string'], 'must be text'],
    [item('text'), ['string'], 'must be text'],
    [item('date'), ['date'], 'must be a date (YYYY-MM-DD)'],
    [item('dateTime'), ['dateTime'], 'must be a date and time with its zone offset'],
    [item('time'), ['time'], 'must be a time of day (HH:MM)'],
    [item('quantity'), ['quantity'], 'must be a number, or an amount with its unit'],
    [item('open-choice'), ['coding', 'string'], 'must be one of its options or text'],
    [item('choice'), ['coding'], 'must be one of its options'],
    [places, ['coding'], 'must be one of its options'],
    [choice({ valueString: 'a' }, { valueString: 'b' }), ['string'], 'must be text'],
    [choice({ valueInteger: 0 }), ['integer'], 'must be a whole number'],
    [choice({ valueDate: '2026-03-02' }), ['date'], 'must be a date (YYYY-MM-DD)'],
    [choice({ valueTime: '08:00:00' }), ['time'], 'must be a time of day (HH:MM)'],
    [
      choice({ valueCoding: { code: 'a' } }, { valueString: 'b' }),
      ['coding', 'string'],
      'must be one of its options or text',
    ],
    [item('group'), [], 'is a group: it has no answer of its own'],
    [item('display'), [], 'takes no answer'],
    [item('url'), [], 'takes no answer'],
    [item('attachment'), [], 'takes no answer'],
    [item('reference'), [], 'takes no answer'],
    [
      limited('integer', limit('minValue', { valueInteger: 0 }), limit('maxValue', { valueInteger: 100 })),
      ['integer'],
      'must be a whole number from 0 to 100',
    ],
    [limited('decimal', limit('minValue', { valueDecimal: 0.5 })), ['decimal'], 'must be a number of 0.5 or more'],
    [
      limited('date', limit('maxValue', { valueDate: '2026-12-31' })),
      ['date'],
      'must be a date (YYYY-MM-DD) of 2026-12-31 or less',
    ],
  ])('%j', (given, types, words) => {
    expect(answerTypes(given)).toStrictEqual(types);
    expect(wantedAnswer(given)).toBe(words);
  });
});

describe('limits and units', () => {
  it.each<[value: Omit<Extension, 'url'>, limit: number | string]>([
    [{ valueInteger: 0 }, 0],
    [{ valueDecimal: 0.5 }, 0.5],
    [{ valueDate: '2026-03-02' }, '2026-03-02'],
    [{ valueDateTime: '2026-03-02T10:00:00Z' }, '2026-03-02T10:00:00Z'],
    [{ valueTime: '08:00:00' }, '08:00:00'],
  ])('a limit may be %j', (value, read) => {
    expect(valueLimits(limited('integer', limit('minValue', value)))).toStrictEqual({ min: read });
    expect(valueLimits(limited('integer', limit('maxValue', value)))).toStrictEqual({ max: read });
  });

  it('are none where the questionnaire says none', () => {
    expect(valueLimits(item('integer'))).toStrictEqual({});
    expect(valueLimits(limited('integer', { url: 'urn:else', valueInteger: 1 }))).toStrictEqual({});
    expect(unitsOf(item('quantity'))).toStrictEqual([]);
    expect(unitsOf(limited('quantity', { url: 'urn:else', valueCoding: { code: 'm' } }))).toStrictEqual([]);
    expect(
      unitsOf(limited('quantity', { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit' })),
    ).toStrictEqual([]);
  });

  it('has the item’s own unit first, whatever the order in the questionnaire', () => {
    const extension = [unit('questionnaire-unitOption', 'h', 'hours'), unit('questionnaire-unit', 'min', 'minutes')];
    expect(unitsOf(item('quantity', { extension }))).toStrictEqual([
      { system: ucum, code: 'min', display: 'minutes' },
      { system: ucum, code: 'h', display: 'hours' },
    ]);
  });

  it.each([
    [5, 5],
    ['1970-01-02', 86_400_000],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T00:00:01.500Z', 1500],
    ['08:00:00', 28_800_000],
  ])('%j compares as %d', (value, at) => {
    expect(comparable(value)).toBe(at);
  });

  it('a code counts with its system, absent or empty', () => {
    const home = { system: 'urn:place', code: 'home', display: 'Home' };
    expect(sameCode({ system: 'urn:place', code: 'home' }, home)).toBe(true);
    expect(sameCode({ system: 'urn:place', code: 'work' }, home)).toBe(false);
    expect(sameCode({ code: 'home' }, home)).toBe(false);
    expect(sameCode({ code: 'home' }, { ...home, system: '' })).toBe(true);
  });
});

describe('one value of an item', () => {
  const number = (type: 'integer' | 'decimal', value: number): AnswerValue => ({ type, value });
  const amount = (value: Quantity): AnswerValue => ({ type: 'quantity', value });
  const text = (value: string): AnswerValue => ({ type: 'string', value });
  const coding = (system: string, code: string): AnswerValue => ({ type: 'coding', value: { system, code } });

  const percent = ['minValue', 'maxValue'] as const;
  const from0to100 = percent.map((name, at) => limit(name, { valueInteger: at * 100 }));
  const scale = limited('integer', ...from0to100);
  const wantedOfScale = 'must be a whole number from 0 to 100';
  const share = limited('decimal', ...from0to100);
  const wantedOfShare = 'must be a number from 0 to 100';
  const spell = limited(
    'quantity',
    ...from0to100,
    unit('questionnaire-unit', 'min', 'minutes'),
    unit('questionnaire-unitOption', 'h'),
  );
  const wantedOfSpell = 'must be a number, or an amount with its unit from 0 to 100';
  const wantedUnit = 'must be in minutes or h';
  const dose = item('quantity');
  const day = limited(
    'date',
    limit('minValue', { valueDate: '2026-03-01' }),
    limit('maxValue', { valueDate: '2026-03-31' }),
  );
  const wantedDay = 'must be a date (YYYY-MM-DD) from 2026-03-01 to 2026-03-31';
  const moment = limited('dateTime', limit('minValue', { valueDateTime: '2026-03-01T00:00:00-05:00' }));
  const wantedMoment = 'must be a date and time with its zone offset of 2026-03-01T00:00:00-05:00 or more';
  const evening = limited('time', limit('minValue', { valueTime: '18:00:00' }));
  const wantedEvening = 'must be a time of day (HH:MM) of 18:00:00 or more';
  const note = item('text', { maxLength: 5 });
  const score = choice({ valueInteger: 0 }, { valueInteger: 3 });
  const meal = choice({ valueTime: '08:00:00' }, { valueTime: '12:00:00' });
  const visit = choice({ valueDate: '2026-03-02' }, { valueDate: '2026-03-09' });
  const word = choice({ valueString: 'often' }, { valueString: 'never' });
  const open = item('open-choice', { answerOption: [{ valueCoding: { system: 'urn:place', code: 'home' } }] });
  const valueSet = item('choice', { answerValueSet: 'https://example.org/fhir/ValueSet/places' });

  it.each<[item: QuestionnaireItem, answer: AnswerValue, problem: string | undefined]>([
    [item('boolean'), { type: 'boolean', value: false }, undefined],
    [item('boolean'), text('true'), 'must be true or false'],
    [scale, number('integer', 0), undefined],
    [scale, number('integer', 100), undefined],
    [scale, number('integer', -1), wantedOfScale],
    [scale, number('integer', 101), wantedOfScale],
    [scale, number('integer', 5.5), wantedOfScale],
    [scale, number('decimal', 5), wantedOfScale],
    [item('integer'), number('integer', 2 ** 31 - 1), undefined],
    [item('integer'), number('integer', -(2 ** 31)), undefined],
    [item('integer'), number('integer', 2 ** 31), 'must be a whole number'],
    [item('integer'), number('integer', -(2 ** 31) - 1), 'must be a whole number'],
    [share, number('decimal', 0), undefined],
    [share, number('decimal', 99.5), undefined],
    [share, number('decimal', 100.1), wantedOfShare],
    [share, number('decimal', Number.NaN), wantedOfShare],
    [item('decimal'), number('decimal', Number.POSITIVE_INFINITY), 'must be a number'],
    [spell, amount({ value: 20 }), undefined],
    [spell, amount({ value: 101 }), wantedOfSpell],
    [spell, amount({ value: Number.NaN }), wantedOfSpell],
    [spell, amount({ value: 20, unit: 'minutes' }), undefined],
    [spell, amount({ value: 20, unit: 'min' }), wantedUnit],
    [spell, amount({ value: 20, code: 'min' }), undefined],
    [spell, amount({ value: 20, system: ucum, code: 'h', unit: 'Stunden' }), undefined],
    [spell, amount({ value: 20, system: 'urn:else', code: 'min' }), wantedUnit],
    [spell, amount({ value: 20, system: ucum, code: 'd', unit: 'minutes' }), wantedUnit],
    [spell, amount({ value: 20, unit: 'pages' }), wantedUnit],
    [dose, amount({ value: 2, unit: 'tablets' }), undefined],
    [dose, amount({ value: Number.NaN }), 'must be a number, or an amount with its unit'],
    [dose, amount({ value: 2, unit: ' ' }), 'has a unit that must not be empty: leave it out instead'],
    [dose, amount({ value: 2, system: 'urn:\u0000' }), 'has a unit that must not contain control characters'],
    [dose, amount({ value: 2, code: 'x'.repeat(255) }), undefined],
    [dose, amount({ value: 2, code: 'x'.repeat(256) }), 'has a unit that must be at most 255 characters long'],
    [day, { type: 'date', value: '2026-03-01' }, undefined],
    [day, { type: 'date', value: '2026-03-31' }, undefined],
    [day, { type: 'date', value: '2026-02-28' }, wantedDay],
    [day, { type: 'date', value: '2026-04-01' }, wantedDay],
    [moment, { type: 'dateTime', value: '2026-03-01T05:00:00.000Z' }, undefined],
    [moment, { type: 'dateTime', value: '2026-03-01T04:59:59.999Z' }, wantedMoment],
    [evening, { type: 'time', value: '18:00:00' }, undefined],
    [evening, { type: 'time', value: '09:30:00' }, wantedEvening],
    [note, text('12345'), undefined],
    [note, text('123456'), 'must be at most 5 characters long'],
    [note, text(''), 'must not be empty: leave it out instead'],
    [note, text('\u0007'), 'must not be empty: leave it out instead'],
    [note, text('a\u0007'), 'must not contain control characters'],
    [score, number('integer', 3), undefined],
    [score, number('integer', 2), 'must be one of 0, 3'],
    [meal, { type: 'time', value: '12:00:00' }, undefined],
    [meal, { type: 'time', value: '12:30:00' }, 'must be one of 08:00:00, 12:00:00'],
    [visit, { type: 'date', value: '2026-03-09' }, undefined],
    [visit, { type: 'date', value: '2026-03-10' }, 'must be one of 2026-03-02, 2026-03-09'],
    [word, text('often'), undefined],
    [word, text('Often'), 'must be one of often, never'],
    [places, coding('urn:place', 'work'), undefined],
    [places, coding('', 'bare'), undefined],
    [places, coding('urn:place', 'moon'), 'must be one of home, work, bare'],
    [places, coding('urn:else', 'home'), 'must be one of home, work, bare'],
    [places, text('home'), 'must be one of its options'],
    [open, coding('urn:place', 'home'), undefined],
    [open, coding('urn:place', 'moon'), 'must be one of home'],
    [open, text('on the moon'), undefined],
    [open, text(''), 'must not be empty: leave it out instead'],
    [valueSet, coding('urn:any', 'thing'), undefined],
    [item('display'), text('x'), 'takes no answer'],
  ])('of %j: %j', (given, answer, problem) => {
    expect(checkValue(given, answer)).toBe(problem);
  });
});
