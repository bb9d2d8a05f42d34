import type { SearchParameter } from '../../fhir/search/search-parameter.ts';
import { foldString } from '../../fhir/search/search-values.ts';
import type { SearchCriterion, SearchFilter } from '../../record/store/search-criteria.ts';
import { parseDate, type SearchAddresses } from './parse-date.ts';
import { referenceValue } from './reference-value.ts';
import { splitUnescaped, unescapeValue } from './split-unescaped.ts';

/** One search parameter with its modifier and values, understood; or what is wrong with it. @see https://hl7.org/fhir/R4/search.html#modifiers */
export function parseFilter(
  parameter: SearchParameter,
  modifier: string | undefined,
  value: string,
  addresses: SearchAddresses,
): string | SearchFilter {
  const { name, type } = parameter;
  if (value === '') return 'a value is missing';
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') return 'must be "true" or "false"';
    return { param: name, anyOf: [{ type: 'missing', missing: value === 'true' }] };
  }
  const notSupported = `the modifier :${modifier} is not supported`;
  const values = splitUnescaped(value, ',');
  if (type === 'date') {
    if (modifier !== undefined) return notSupported;
    const dates = values.map((value) => parseDate(value, addresses));
    const problem = dates.find((date) => typeof date === 'string');
    return (
      problem ?? {
        param: name,
        anyOf: dates.flatMap((date) => (typeof date === 'string' ? [] : [{ type: 'date', ...date }])),
      }
    );
  }
  if (type === 'string') {
    const match =
      modifier === undefined ? 'prefix' : modifier === 'contains' || modifier === 'exact' ? modifier : undefined;
    if (match === undefined) return notSupported;
    return {
      param: match === 'exact' ? `${name}:exact` : name,
      anyOf: values.map((value) => {
        const text = unescapeValue(value);
        return { type: 'value', value: match === 'exact' ? text : foldString(text), match };
      }),
    };
  }
  if (type === 'token') {
    if (modifier !== undefined && modifier !== 'not') return notSupported;
    const anyOf = values.map(tokenCriterion);
    return { param: name, anyOf, ...(modifier === 'not' ? { not: true } : {}) };
  }
  if (type === 'uri') {
    if (modifier !== undefined) return notSupported;
    return { param: name, anyOf: values.map((value) => exact(unescapeValue(value))) };
  }
  const targets = parameter.targets ?? [];
  if (modifier !== undefined && !targets.includes(modifier)) {
    return /^[A-Z]/.test(modifier) ? `it never refers to ${modifier}` : notSupported;
  }
  const read = values.map((value) => referenceValue(unescapeValue(value), { targets, type: modifier, ...addresses }));
  const wrong = read.find((entry) => 'problem' in entry);
  if (wrong !== undefined) return wrong.problem;
  return { param: name, anyOf: read.flatMap((entry) => ('value' in entry ? [exact(entry.value)] : [])) };
}

const exact = (value: string): SearchCriterion => ({ type: 'value', value, match: 'exact' });

/** `code`, `system|code`, `|code` or `system|`. */
function tokenCriterion(raw: string): SearchCriterion {
  const parts = splitUnescaped(raw, '|');
  const [system = '', code = ''] = parts.map(unescapeValue);
  if (parts.length === 1) return { type: 'value', value: system, match: 'code-only' };
  if (code === '') return { type: 'value', value: system, match: 'system-only' };
  return exact(`${system}|${code}`);
}
