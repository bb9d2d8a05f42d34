import type { CodeableConcept, Coding, FhirResource, Identifier, Period, Reference } from 'fhir/r4';
import { parseLiteral, relativeOf } from '../parse-reference.ts';
import { beginningOfTime, dateRange, endOfTime } from './date-range.ts';
import type { SearchElement, SearchParameter } from './search-parameter.ts';
import { isSearchableType, searchParameters } from './search-parameters.ts';

/**
 * What a resource can be found by; a row of `search_value`.
 *
 * - token: two rows, `system|code` (`|code` without a system) and the bare `code`, so that every form of a token search is an equality,
 *   and `system|` a prefix
 * - reference: `Type/id` and the bare `id`; a canonical with and without its `|version`
 * - string: lower case without accents, and as it stands under `<param>:exact`
 * - date: `low` and `high`, both included
 */
export interface SearchValue {
  readonly param: string;
  readonly value?: string;
  readonly low?: string;
  readonly high?: string;
}

/**
 * The values by which a resource can be found, for each parameter of its type in `searchParameters`; empty for a type
 * that is not searchable. References are expected relative (`Patient/sarah`). A day or month without a zone is one of `timeZone`, as
 * it is when it is searched for: else a search for a day would not find that very day.
 *
 * @see https://hl7.org/fhir/R4/search.html
 */
export function searchValues(resource: FhirResource, timeZone: string): SearchValue[] {
  if (!isSearchableType(resource.resourceType)) return [];
  const values: SearchValue[] = [];
  for (const parameter of searchParameters[resource.resourceType]) {
    const seen = new Set<string>();
    for (const element of parameter.read(resource)) {
      if (element === undefined) continue;
      for (const value of valuesOf(parameter, element, timeZone)) {
        const key = `${value.param} ${value.value ?? `${value.low}/${value.high}`}`;
        if (!seen.has(key)) values.push(value);
        seen.add(key);
      }
    }
  }
  return values;
}

/** A string as it is compared: lower case, without accents. @see https://hl7.org/fhir/R4/search.html#string */
export function foldString(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function valuesOf(
  parameter: SearchParameter,
  element: Exclude<SearchElement, undefined>,
  timeZone: string,
): SearchValue[] {
  const { name: param } = parameter;
  switch (parameter.type) {
    case 'token':
      return tokens(element, parameter.system).flatMap(({ system, code }) => [
        { param, value: `${system ?? ''}|${code}` },
        { param, value: code },
      ]);
    case 'reference':
      return references(element).map((value) => ({ param, value }));
    case 'date': {
      const range = rangeOf(element, timeZone);
      return range === undefined ? [] : [{ param, ...range }];
    }
    case 'string':
      return typeof element === 'string'
        ? [
            { param, value: foldString(element) },
            { param: `${param}:exact`, value: element },
          ]
        : [];
    case 'uri':
      return typeof element === 'string' ? [{ param, value: element }] : [];
  }
}

interface Token {
  readonly system?: string | undefined;
  readonly code: string;
}

function tokens(element: Exclude<SearchElement, undefined>, fixedSystem: string | undefined): Token[] {
  if (typeof element === 'string') return [{ system: fixedSystem, code: element }];
  if (isConcept(element)) return (element.coding ?? []).flatMap((coding) => tokens(coding, undefined));
  if (isIdentifier(element)) return [{ system: element.system, code: element.value }];
  if (isCoding(element)) return [{ system: element.system, code: element.code }];
  return [];
}

function references(element: Exclude<SearchElement, undefined>): string[] {
  if (typeof element === 'string') {
    const bar = element.indexOf('|');
    return bar < 0 ? [element] : [element, element.slice(0, bar)];
  }
  if (!isReference(element)) return [];
  const literal = parseLiteral(element.reference, {});
  return literal.form === 'local' ? [relativeOf(literal), literal.id] : [element.reference];
}

function rangeOf(
  element: Exclude<SearchElement, undefined>,
  timeZone: string,
): { low: string; high: string } | undefined {
  if (typeof element === 'string') return dateRange(element, timeZone);
  if (!isPeriod(element)) return undefined;
  const start = element.start === undefined ? undefined : dateRange(element.start, timeZone);
  const end = element.end === undefined ? undefined : dateRange(element.end, timeZone);
  return { low: start?.low ?? beginningOfTime, high: end?.high ?? endOfTime };
}

function isConcept(element: object): element is CodeableConcept {
  return 'coding' in element;
}

function isIdentifier(element: object): element is Identifier & { value: string } {
  return 'value' in element && typeof element.value === 'string';
}

function isCoding(element: object): element is Coding & { code: string } {
  return 'code' in element && typeof element.code === 'string';
}

function isReference(element: object): element is Reference & { reference: string } {
  return 'reference' in element && typeof element.reference === 'string';
}

function isPeriod(element: object): element is Period {
  return 'start' in element || 'end' in element;
}
