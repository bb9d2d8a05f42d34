import type { Coding as FhirCoding, QuestionnaireItem } from 'fhir/r4';
import { isBlank, isPlain } from '../../foundation/plain-text.ts';
import type { AnswerValue, Quantity } from '../../homework/model.ts';
import { answerTypes } from './answer-types.ts';
import { optionOf } from './option-of.ts';
import { unitsOf } from './units-of.ts';
import { valueLimits } from './value-limits.ts';

/** @see https://hl7.org/fhir/R4/datatypes.html#integer */
const [SMALLEST_INTEGER, LARGEST_INTEGER] = [-2_147_483_648, 2_147_483_647];

const typeNames: Readonly<Record<AnswerValue['type'], string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  decimal: 'a number',
  string: 'text',
  date: 'a date (YYYY-MM-DD)',
  dateTime: 'a date and time with its zone offset',
  time: 'a time of day (HH:MM)',
  quantity: 'a number, or an amount with its unit',
  coding: 'one of its options',
};

/** What an item wants, in words: `must be a whole number from 0 to 100`. */
export function wantedAnswer(item: QuestionnaireItem): string {
  const types = answerTypes(item);
  if (types.length === 0) return item.type === 'group' ? 'is a group: it has no answer of its own' : 'takes no answer';
  const { min, max } = valueLimits(item);
  const range =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : min !== undefined
        ? ` of ${min} or more`
        : max !== undefined
          ? ` of ${max} or less`
          : '';
  return `must be ${types.map((type) => typeNames[type]).join(' or ')}${range}`;
}

/**
 * Says what is wrong with one value of an item, or nothing: type, limits, length, option.
 * Options that stand in a ValueSet outside the questionnaire cannot be seen from here, and pass.
 *
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item
 */
export function checkValue(item: QuestionnaireItem, answer: AnswerValue): string | undefined {
  if (!answerTypes(item).includes(answer.type)) return wantedAnswer(item);
  switch (answer.type) {
    case 'integer':
      if (!Number.isInteger(answer.value) || answer.value < SMALLEST_INTEGER || answer.value > LARGEST_INTEGER) {
        return wantedAnswer(item);
      }
      return outsideLimits(item, answer.value) ? wantedAnswer(item) : checkOption(item, answer);
    case 'decimal':
      if (!Number.isFinite(answer.value) || outsideLimits(item, answer.value)) return wantedAnswer(item);
      return undefined;
    case 'quantity':
      if (!Number.isFinite(answer.value.value) || outsideLimits(item, answer.value.value)) return wantedAnswer(item);
      return checkUnit(item, answer.value);
    case 'date':
    case 'dateTime':
    case 'time':
      return outsideLimits(item, answer.value) ? wantedAnswer(item) : checkOption(item, answer);
    case 'string':
      return checkText(item, answer.value) ?? checkOption(item, answer);
    case 'coding':
      return checkOption(item, answer);
    case 'boolean':
      return undefined;
  }
}

function outsideLimits(item: QuestionnaireItem, value: number | string): boolean {
  const { min, max } = valueLimits(item);
  const at = comparable(value);
  return (min !== undefined && at < comparable(min)) || (max !== undefined && at > comparable(max));
}

/** Numbers as they are; dates, instants in whatever zone, and times of day as milliseconds. */
export function comparable(value: number | string): number {
  if (typeof value === 'number') return value;
  return Date.parse(/^\d\d:/.test(value) ? `1970-01-01T${value}Z` : value);
}

/** An item that names its units takes no other; a unit is text that FHIR can hold. */
function checkUnit(item: QuestionnaireItem, { unit, system, code }: Quantity): string | undefined {
  const problem = [unit, system, code]
    .map((text) => text && checkText({ ...item, maxLength: 255 }, text))
    .find(Boolean);
  if (problem) return `has a unit that ${problem}`;
  const units = unitsOf(item);
  if (units.length === 0 || (code === undefined && unit === undefined)) return undefined;
  const known = units.some((coding) =>
    code === undefined ? unit === coding.display : sameUnit(coding, { system, code }),
  );
  return known ? undefined : `must be in ${units.map((unit) => unit.display ?? unit.code).join(' or ')}`;
}

function sameUnit(coding: FhirCoding, other: { system: string | undefined; code: string }): boolean {
  return coding.code === other.code && (other.system === undefined || coding.system === other.system);
}

function checkText(item: QuestionnaireItem, text: string): string | undefined {
  if (isBlank(text)) return 'must not be empty: leave it out instead';
  if (!isPlain(text)) return 'must not contain control characters';
  if (item.maxLength !== undefined && text.length > item.maxLength) {
    return `must be at most ${item.maxLength} characters long`;
  }
  return undefined;
}

function checkOption(item: QuestionnaireItem, answer: AnswerValue): string | undefined {
  const options = item.answerOption ?? [];
  if (options.length === 0 || (item.type === 'open-choice' && answer.type === 'string')) return undefined;
  if (answer.type === 'coding' && optionOf(item, answer.value) !== undefined) return undefined;
  const known = options.some((option) => {
    return [option.valueString, option.valueInteger, option.valueDate, option.valueTime].some(
      (value) => value === answer.value,
    );
  });
  return known ? undefined : `must be one of ${optionNames(item).join(', ')}`;
}

function optionNames(item: QuestionnaireItem): string[] {
  return (item.answerOption ?? []).map((option) =>
    String(
      option.valueCoding?.code ?? option.valueString ?? option.valueInteger ?? option.valueDate ?? option.valueTime,
    ),
  );
}
