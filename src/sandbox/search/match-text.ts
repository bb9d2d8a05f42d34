import { isObject } from '../resource.ts';
import { unescapeValue } from './parse-search.ts';

/**
 * Whether any string of an element (a string, HumanName, Address) starts with, equals or contains the value.
 * @see https://hl7.org/fhir/R4/search.html#string
 */
export function matchesString(element: unknown, value: string, modifier: string | undefined): boolean {
  const asked = unescapeValue(value);
  return stringsOf(element).some((text) => {
    if (modifier === 'exact') return text === asked;
    if (modifier === 'contains') return fold(text).includes(fold(asked));
    return fold(text).startsWith(fold(asked));
  });
}

/** Whether a uri equals the value or, `:below`, starts with it. */
export function matchesUri(element: unknown, value: string, modifier: string | undefined): boolean {
  const asked = unescapeValue(value);
  if (typeof element !== 'string') return false;
  return modifier === 'below'
    ? element === asked || element.startsWith(`${asked.replace(/\/$/, '')}/`)
    : element === asked;
}

function stringsOf(element: unknown): string[] {
  if (typeof element === 'string') return [element];
  if (Array.isArray(element)) return element.flatMap(stringsOf);
  return isObject(element) ? Object.values(element).flatMap(stringsOf) : [];
}

/** Case and accents don't count in a string search. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
