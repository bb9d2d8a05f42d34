import { isObject, listOf } from '../resource.ts';

const ORDER = 'http://hl7.org/fhir/StructureDefinition/humanname-assembly-order';
const familyFirstLanguage = /^(ja|zh|cmn|yue|ko|vi|hu|km)\b/i;
const familyFirstScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const uses = ['official', 'usual', undefined, 'temp', 'nickname', 'anonymous'];

/**
 * The name of a person or organization: of a person the one that is in use, never an old, maiden or expired one.
 * @see https://hl7.org/fhir/R4/datatypes.html#HumanName
 */
export function describeName(resource: Record<string, unknown>): string | undefined {
  if (typeof resource.name === 'string') return resource.name;
  const name = currentName(resource);
  if (name === undefined) return undefined;
  if (typeof name.text === 'string' && name.text.trim() !== '') return name.text;
  const given = listOf(name.given);
  const middle = isFamilyFirst(name, resource.language) ? [name.family, ...given] : [...given, name.family];
  const parts = [...listOf(name.prefix), ...middle, ...listOf(name.suffix)];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}

/** The HumanName of a person that is in use: the official one, else the usual one, else one without use, else any other. */
export function currentName(resource: Record<string, unknown>): Record<string, unknown> | undefined {
  const now = new Date().toISOString();
  const current = listOf(resource.name)
    .filter(isObject)
    .filter(({ use }) => use !== 'old' && use !== 'maiden')
    .filter(({ period }) => !isObject(period) || isNow(period, now));
  const found = uses.map((use) => current.find((name) => name.use === use)).find((name) => name !== undefined);
  return found ?? current[0];
}

/** A day, month or year is compared as far as it goes: it counts to its end. */
function isNow({ start, end }: Record<string, unknown>, now: string): boolean {
  const begun = typeof start !== 'string' || compare(start, now) <= 0;
  return begun && (typeof end !== 'string' || compare(end, now) >= 0);
}

function compare(date: string, now: string): number {
  if (date.includes('T')) return Date.parse(date) - Date.parse(now);
  const day = now.slice(0, date.length);
  return date < day ? -1 : date > day ? 1 : 0;
}

function isFamilyFirst(name: Record<string, unknown>, language: unknown): boolean {
  const order = listOf(name.extension).find((value) => isObject(value) && value.url === ORDER);
  if (isObject(order)) return order.valueCode === 'F';
  return (
    familyFirstScript.test([name.family, ...listOf(name.given)].join('')) ||
    (typeof language === 'string' && familyFirstLanguage.test(language))
  );
}
