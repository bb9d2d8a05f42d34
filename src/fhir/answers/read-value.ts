import type { QuestionnaireItem } from 'fhir/r4';
import { isObject } from '../../foundation/is-object.ts';
import type { AnswerValue, Coding, Instant, LocalDate, Quantity } from '../../homework/model.ts';
import { answerTypes } from './answer-types.ts';
import { optionOf } from './option-of.ts';
import { meantUnit } from './units-of.ts';

// FHIR’s years begin with 0001
const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d+)?$/;

/** Reads one JSON value as an answer to an item; nothing when it is none of the types the item takes. */
export function readValue(item: QuestionnaireItem, raw: unknown): AnswerValue | undefined {
  for (const type of answerTypes(item)) {
    const value = readAs(type, item, raw);
    if (value) return value;
  }
  return undefined;
}

function readAs(type: AnswerValue['type'], item: QuestionnaireItem, raw: unknown): AnswerValue | undefined {
  switch (type) {
    case 'boolean':
      return typeof raw === 'boolean' ? { type, value: raw } : undefined;
    case 'integer':
      return typeof raw === 'number' && Number.isInteger(raw) ? { type, value: raw } : undefined;
    case 'decimal':
      return typeof raw === 'number' && Number.isFinite(raw) ? { type, value: raw } : undefined;
    case 'string':
      return typeof raw === 'string' ? { type, value: raw } : undefined;
    case 'date': {
      const value = typeof raw === 'string' ? readLocalDate(raw) : undefined;
      return value ? { type, value } : undefined;
    }
    case 'dateTime': {
      const value = typeof raw === 'string' ? readInstant(raw) : undefined;
      return value ? { type, value } : undefined;
    }
    case 'time': {
      const value = typeof raw === 'string' ? readTime(raw) : undefined;
      return value ? { type, value } : undefined;
    }
    case 'quantity': {
      const value = readQuantity(item, raw);
      return value ? { type, value } : undefined;
    }
    case 'coding': {
      const value = readCoding(item, raw);
      return value ? { type, value } : undefined;
    }
  }
}

/** A calendar day that exists, as `YYYY-MM-DD`. */
export function readLocalDate(text: string): LocalDate | undefined {
  if (!DATE.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined;
}

/** A full date and time with its zone offset, as an instant in UTC; partial ones are refused. */
export function readInstant(text: string): Instant | undefined {
  if (!DATE_TIME.test(text) || !readLocalDate(text.slice(0, 10))) return undefined;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return undefined;
  // an offset may lead out of the years that can be written: 9999-12-31T23:00:00-02:00
  const instant = at.toISOString();
  return readLocalDate(instant.slice(0, 10)) && instant;
}

/** A time of day, with its seconds: `22:30` is `22:30:00`. Fractions of a second are left out. */
export function readTime(text: string): string | undefined {
  const [, minutes, seconds = ':00'] = TIME.exec(text) ?? [];
  return minutes === undefined ? undefined : `${minutes}${seconds}`;
}

/** A number, which is in the item's own unit when it has one, or `{value, unit, system, code}`. */
function readQuantity(item: QuestionnaireItem, raw: unknown): Quantity | undefined {
  const given = typeof raw === 'number' ? { value: raw } : raw;
  if (!isObject(given)) return undefined;
  const { value, ...rest } = given;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const words: { unit?: string; system?: string; code?: string } = {};
  for (const [name, word] of Object.entries(rest)) {
    if ((name !== 'unit' && name !== 'system' && name !== 'code') || typeof word !== 'string') return undefined;
    words[name] = word;
  }
  return withUnit(item, { value, ...words });
}

/** The item's own unit where none is named, and the code of one that is named by its words. */
function withUnit(item: QuestionnaireItem, quantity: Quantity): Quantity {
  const meant = meantUnit(item, quantity);
  if (meant === undefined) return quantity;
  const words = meant.display ?? meant.code;
  return {
    value: quantity.value,
    ...(words !== undefined && { unit: words }),
    ...(meant.system !== undefined && { system: meant.system }),
    ...(meant.code !== undefined && { code: meant.code }),
  };
}

/** An option by its code, or by system and code; one from a ValueSet outside the questionnaire needs both. */
function readCoding(item: QuestionnaireItem, raw: unknown): Coding | undefined {
  const wanted: unknown = typeof raw === 'string' ? { code: raw } : raw;
  if (!isObject(wanted)) return undefined;
  const { code, system } = wanted;
  if (typeof code !== 'string' || (system !== undefined && typeof system !== 'string')) return undefined;
  const options = (item.answerOption ?? []).flatMap((option) => option.valueCoding ?? []);
  const matches = options.filter((option) => option.code === code && (system ?? option.system) === option.system);
  const meant = optionOf(item, { system: system ?? options[0]?.system ?? '', code });
  const [match = meant] = matches;
  if (match?.code && matches.length <= 1) {
    return { system: match.system ?? '', code: match.code, ...(match.display && { display: match.display }) };
  }
  return options.length === 0 && system ? { system, code } : undefined;
}
