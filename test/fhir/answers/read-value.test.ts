import type { QuestionnaireItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readInstant, readLocalDate, readTime, readValue } from '../../../src/fhir/answers/read-value.ts';
import type { AnswerValue } from '../../../src/homework/model.ts';

const system = 'urn:place';
const ucum = 'http://unitsofmeasure.org';
const item = (type: QuestionnaireItem['type'], more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: 'x',
  type,
  ...more,
});
const coding = (code: string, more: object = {}) => ({ valueCoding: { system, code, ...more } });
const unit = (name: string, valueCoding: object) => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  valueCoding,
});

const places = item('choice', { answerOption: [coding('home', { display: 'Home' }), coding('work')] });
const twoSystems = item('choice', {
  answerOption: [coding('a'), { valueCoding: { system: 'urn:other', code: 'a' } }, { valueCoding: { code: 'bare' } }],
});
const outside = item('choice', { answerValueSet: 'https://example.org/fhir/ValueSet/places' });
const open = item('open-choice', { answerOption: [coding('home', { display: 'Home' })] });
const mixed = item('choice', { answerOption: [{ valueInteger: 1 }, { valueString: 'never' }] });
const spell = item('quantity', {
  extension: [
    unit('questionnaire-unit', { system: ucum, code: 'min', display: 'minutes' }),
    unit('questionnaire-unitOption', { system: ucum, code: 'h' }),
    unit('questionnaire-unitOption', { display: 'pages' }),
  ],
});
const minutes = { unit: 'minutes', system: ucum, code: 'min' };
const dose = item('quantity');
const nothing = undefined;
const amount = (value: number, words: object = {}): AnswerValue => ({ type: 'quantity', value: { value, ...words } });
const chosen = (value: { system: string; code: string; display?: string }): AnswerValue => ({ type: 'coding', value });

describe('a JSON value as an answer', () => {
  it.each<[item: QuestionnaireItem, raw: unknown, answer: AnswerValue | undefined]>([
    [item('boolean'), true, { type: 'boolean', value: true }],
    [item('boolean'), false, { type: 'boolean', value: false }],
    [item('boolean'), 'true', nothing],
    [item('boolean'), 1, nothing],
    [item('integer'), 0, { type: 'integer', value: 0 }],
    [item('integer'), 5.5, nothing],
    [item('integer'), '5', nothing],
    [item('integer'), null, nothing],
    [item('decimal'), 5.5, { type: 'decimal', value: 5.5 }],
    [item('decimal'), Number.POSITIVE_INFINITY, nothing],
    [item('decimal'), '5.5', nothing],
    [item('string'), '', { type: 'string', value: '' }],
    [item('text'), 'two\nlines', { type: 'string', value: 'two\nlines' }],
    [item('text'), 5, nothing],
    [item('text'), { text: 'x' }, nothing],
    [item('date'), '2026-03-02', { type: 'date', value: '2026-03-02' }],
    [item('date'), '2026-02-30', nothing],
    [item('date'), 20260302, nothing],
    [item('dateTime'), '2026-03-02T10:00:00-05:00', { type: 'dateTime', value: '2026-03-02T15:00:00.000Z' }],
    [item('dateTime'), '2026-03-02', nothing],
    [item('dateTime'), 0, nothing],
    [item('time'), '22:30', { type: 'time', value: '22:30:00' }],
    [item('time'), 2230, nothing],
    [item('time'), '24:00', nothing],
    [dose, 2, amount(2)],
    [dose, { value: 2 }, amount(2)],
    [dose, { value: 2, unit: 'tablets' }, amount(2, { unit: 'tablets' })],
    [dose, { value: 2, unit: 'mg', system: ucum, code: 'mg' }, amount(2, { unit: 'mg', system: ucum, code: 'mg' })],
    [dose, { value: 2, comparator: '<' }, nothing],
    [dose, { value: 2, unit: 5 }, nothing],
    [dose, { value: '2' }, nothing],
    [dose, { value: Number.NaN }, nothing],
    [dose, { unit: 'tablets' }, nothing],
    [dose, '2', nothing],
    [dose, null, nothing],
    // without a unit, the item's own is meant; with its words or code, the unit is known whole
    [spell, 20, amount(20, minutes)],
    [spell, { value: 20, unit: 'minutes' }, amount(20, minutes)],
    [spell, { value: 20, unit: 'min' }, amount(20, minutes)],
    [spell, { value: 2, unit: 'h' }, amount(2, { unit: 'h', system: ucum, code: 'h' })],
    [spell, { value: 2, unit: 'pages' }, amount(2, { unit: 'pages' })],
    // what it does not know stays as it was said
    [spell, { value: 2, unit: 'days' }, amount(2, { unit: 'days' })],
    [spell, { value: 2, code: 'h' }, amount(2, { code: 'h' })],
    [places, 'home', chosen({ system, code: 'home', display: 'Home' })],
    [places, 'work', chosen({ system, code: 'work' })],
    [places, { system, code: 'home' }, chosen({ system, code: 'home', display: 'Home' })],
    [places, { code: 'home', display: 'my own words' }, chosen({ system, code: 'home', display: 'Home' })],
    [places, { system: 'urn:else', code: 'home' }, nothing],
    [places, { system: 5, code: 'home' }, nothing],
    [places, ['home'], nothing],
    [dose, [2], nothing],
    [places, 'moon', nothing],
    [places, { code: 5 }, nothing],
    [places, { system }, nothing],
    [places, null, nothing],
    [places, 5, nothing],
    // a code that two options have needs its system
    [twoSystems, 'a', nothing],
    [twoSystems, { system, code: 'a' }, chosen({ system, code: 'a' })],
    [twoSystems, 'bare', chosen({ system: '', code: 'bare' })],
    [outside, { system: 'urn:any', code: 'thing' }, chosen({ system: 'urn:any', code: 'thing' })],
    [outside, 'thing', nothing],
    [open, 'home', chosen({ system, code: 'home', display: 'Home' })],
    [open, 'on the moon', { type: 'string', value: 'on the moon' }],
    [mixed, 1, { type: 'integer', value: 1 }],
    [mixed, 'never', { type: 'string', value: 'never' }],
    [item('group'), {}, nothing],
    [item('attachment'), 'x', nothing],
  ])('of %j: %j', (given, raw, answer) => {
    expect(readValue(given, raw)).toStrictEqual(answer);
  });
});

describe('what is read of a text', () => {
  it.each([
    ['2026-03-02', '2026-03-02'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', nothing],
    ['2026-13-01', nothing],
    ['2026-00-10', nothing],
    ['2026-3-02', nothing],
    ['2026-03', nothing],
    ['x2026-03-02', nothing],
    ['2026-03-02T10:00:00Z', nothing],
    [' 2026-03-02', nothing],
    ['0001-01-01', '0001-01-01'],
    // no year of FHIR’s dates, though ISO 8601 and JavaScript have it
    ['0000-01-01', nothing],
  ])('as a day: %j', (text, day) => {
    expect(readLocalDate(text)).toBe(day);
  });

  it.each([
    ['2026-03-02T10:00Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:00:30+05:30', '2026-03-02T04:30:30.000Z'],
    ['2026-03-02T10:00:30.25-05:00', '2026-03-02T15:00:30.250Z'],
    ['2026-03-02T10:00:30.123456Z', '2026-03-02T10:00:30.123Z'],
    ['2026-03-02T10:00:30.5', nothing],
    ['2026-03-02T10:00:00', nothing],
    ['2026-03-02T10Z', nothing],
    ['2026-03-02', nothing],
    ['2026-02-30T10:00:00Z', nothing],
    ['2026-03-02T25:00:00Z', nothing],
    ['2026-03-02 10:00:00Z', nothing],
    ['x2026-03-02T10:00:00Z', nothing],
    ['2026-03-02T10:00:00Zx', nothing],
    ['2026-03-02T10:00:00+5:00', nothing],
    ['9999-12-31T23:00:00+02:00', '9999-12-31T21:00:00.000Z'],
    // in UTC of the year 10000, and of the year 0
    ['9999-12-31T23:00:00-02:00', nothing],
    ['0001-01-01T01:00:00+02:00', nothing],
  ])('as a moment: %j', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it.each([
    ['00:00', '00:00:00'],
    ['09:05', '09:05:00'],
    ['19:59', '19:59:00'],
    ['23:59:59', '23:59:59'],
    ['08:30:15.123', '08:30:15'],
    ['24:00', nothing],
    ['12:60', nothing],
    ['12:30:60', nothing],
    ['8:30', nothing],
    ['x08:30', nothing],
    ['08:30x', nothing],
    ['08:30:15.', nothing],
    ['', nothing],
  ])('as a time of day: %j', (text, time) => {
    expect(readTime(text)).toBe(time);
  });
});
