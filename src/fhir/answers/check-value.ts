import type { QuestionnaireItem } from 'fhir/r4';
import type { AnswerValue, Coding } from '../../homework/model.ts';
import { isBlank, isPlain } from '../../homework/plain-text.ts';
import { answerTypes } from './answer-types.ts';
import { valueLimits } from './value-limits.ts';

const LARGEST_INTEGER = 2_147_483_647;

const typeNames: Readonly<Record<AnswerValue['type'], string>> = {
  boolean: 'true or false',
  integer: 'a whole number',
  decimal: 'a number',
  string: 'text',
  date: 'a date (YYYY-MM-DD)',
  dateTime: 'a date and time with its zone offset',
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
      if (!Number.isInteger(answer.value) || Math.abs(answer.value) > LARGEST_INTEGER) return wantedAnswer(item);
      return outsideLimits(item, answer.value) ? wantedAnswer(item) : checkOption(item, answer);
    case 'decimal':
      if (!Number.isFinite(answer.value) || outsideLimits(item, answer.value)) return wantedAnswer(item);
      return undefined;
    case 'date':
    case 'dateTime':
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

/** Numbers as they are; dates and instants, in whatever zone, as milliseconds. */
function comparable(value: number | string): number {
  return typeof value === 'number' ? value : Date.parse(value);
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
  const known = options.some((option) => {
    if (answer.type === 'coding') return option.valueCoding !== undefined && sameCode(option.valueCoding, answer.value);
    return [option.valueString, option.valueInteger, option.valueDate].some((value) => value === answer.value);
  });
  return known ? undefined : `must be one of ${optionNames(item).join(', ')}`;
}

/** Code and system decide; a display is only for reading. */
export function sameCode(one: { system?: string | undefined; code?: string | undefined }, other: Coding): boolean {
  return one.code === other.code && (one.system ?? '') === other.system;
}

function optionNames(item: QuestionnaireItem): string[] {
  return (item.answerOption ?? []).map((option) =>
    String(option.valueCoding?.code ?? option.valueString ?? option.valueInteger ?? option.valueDate),
  );
}
