import type { Definitions, SearchParameter } from '../definitions.ts';
import { refuse } from '../fhir-error.ts';

/** One `name[:modifier]=a,b` of a search: values are alternatives. */
export interface Criterion {
  parameter: SearchParameter;
  modifier: string | undefined;
  values: string[];
}

/** `Source:parameter[:Target]` of an _include or _revinclude. */
export interface Include {
  source: string;
  parameter: SearchParameter;
  target: string | undefined;
  iterate: boolean;
}

/** A search as understood; what was not understood is named. */
export interface Search {
  type: string;
  criteria: Criterion[];
  includes: Include[];
  reverseIncludes: Include[];
  sort: { parameter: SearchParameter; descending: boolean }[];
  count: number;
  offset: number;
  summaryCount: boolean;
  showTotal: boolean;
  /** Names this face does not know, as sent. */
  unknown: string[];
  /** name/value pairs that were used, for the self and next links. */
  used: [string, string][];
}

/** Which parameters and includes a face offers for a type. */
export interface SearchOffer {
  parameter(type: string, code: string): SearchParameter | undefined;
  includes: boolean;
}

const DEFAULT_COUNT = 50;
const MAX_COUNT = 500;
const MODIFIERS: Record<SearchParameter['type'], readonly string[]> = {
  token: ['not', 'text', 'missing'],
  string: ['exact', 'contains', 'missing'],
  reference: ['identifier', 'missing'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  uri: ['below', 'missing'],
  composite: ['missing'],
};

/** The offer of a face that knows every R4 parameter. */
export function fullOffer(definitions: Definitions): SearchOffer {
  return { includes: true, parameter: (type, code) => definitions.searchParameters(type).get(code) };
}

/**
 * Reads a query string.
 * @throws FhirError 400 for a value or modifier that cannot be used
 * @see https://hl7.org/fhir/R4/search.html
 */
export function parseSearch(type: string, query: URLSearchParams, offer: SearchOffer): Search {
  const search: Search = {
    type,
    criteria: [],
    includes: [],
    reverseIncludes: [],
    sort: [],
    count: DEFAULT_COUNT,
    offset: 0,
    summaryCount: false,
    showTotal: true,
    unknown: [],
    used: [],
  };
  for (const [name, value] of query) {
    const known = readControl(search, name, value, offer) ?? readCriterion(search, name, value, offer);
    if (known) search.used.push([name, value]);
    else search.unknown.push(name);
  }
  return search;
}

/** true/false: understood or not; undefined: no control parameter of that name. */
function readControl(search: Search, name: string, value: string, offer: SearchOffer): boolean | undefined {
  switch (name) {
    case '_format':
    case '_pretty':
      return true;
    case '_count':
      search.count = Math.min(wholeNumber(name, value), MAX_COUNT);
      if (search.count === 0) search.summaryCount = true;
      return true;
    case '_offset':
      search.offset = wholeNumber(name, value);
      return true;
    case '_summary':
      search.summaryCount = value === 'count';
      return value === 'count' || value === 'false';
    case '_total':
      if (!['none', 'estimate', 'accurate'].includes(value)) throw refuse(400, 'value', '_total: not a known mode');
      search.showTotal = value !== 'none';
      return true;
    case '_sort':
      return readSort(search, value, offer);
    case '_include':
    case '_include:iterate':
      return readInclude(search.includes, name, value, offer);
    case '_revinclude':
    case '_revinclude:iterate':
      return readInclude(search.reverseIncludes, name, value, offer);
    default:
      return undefined;
  }
}

function readSort(search: Search, value: string, offer: SearchOffer): boolean {
  const keys = value.split(',').map((key) => {
    const descending = key.startsWith('-');
    return { descending, parameter: offer.parameter(search.type, descending ? key.slice(1) : key) };
  });
  let known = true;
  for (const { parameter, descending } of keys) {
    if (parameter) search.sort.push({ parameter, descending });
    else known = false;
  }
  return known;
}

function readInclude(into: Include[], name: string, value: string, offer: SearchOffer): boolean {
  const [source = '', code = '', target] = value.split(':');
  const parameter = offer.includes ? offer.parameter(source, code) : undefined;
  if (parameter?.type !== 'reference') return false;
  into.push({ source, parameter, target, iterate: name.endsWith(':iterate') });
  return true;
}

function readCriterion(search: Search, name: string, value: string, offer: SearchOffer): boolean {
  const [code = '', modifier] = name.split(':');
  const parameter = offer.parameter(search.type, code);
  if (parameter === undefined) return false;
  const typed = parameter.type === 'reference' && modifier !== undefined && /^[A-Z]/.test(modifier);
  if (modifier !== undefined && !typed && !MODIFIERS[parameter.type].includes(modifier)) {
    throw refuse(400, 'not-supported', `Modifier of ${code} is not supported`);
  }
  const values = typed
    ? splitEscaped(value, ',').map((id) => (id.includes('/') ? id : `${modifier}/${id}`))
    : splitEscaped(value, ',');
  if (values.some((alternative) => alternative === '')) throw refuse(400, 'value', `${code}: empty value`);
  search.criteria.push({ parameter, modifier: typed ? undefined : modifier, values });
  return true;
}

/** Splits at a separator that is not escaped; the escapes themselves stay for the next level. */
export function splitEscaped(value: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < value.length; index++) {
    const character = value[index] as string;
    if (character === '\\' && index + 1 < value.length) part += character + value[++index];
    else if (character === separator) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  parts.push(part);
  return parts;
}

/** Takes the escapes of search values (`\,` `\|` `\$` `\\`) away. */
export function unescapeValue(value: string): string {
  return value.replace(/\\(.)/g, '$1');
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw refuse(400, 'value', `${name}: not a whole number`);
  return Number(value);
}
