import type { ReferenceBases } from '../../fhir/parse-reference.ts';
import { beginningOfTime, type DateRange, dateRange, endOfTime } from '../../fhir/search/date-range.ts';
import { type SearchableType, type SearchParameter, searchParameters } from '../../fhir/search/search-parameters.ts';
import { foldString } from '../../fhir/search/search-values.ts';
import type { Subset } from '../../fhir/subset-elements.ts';
import { defined } from '../../homework/defined.ts';
import { IntersessionError } from '../../homework/errors.ts';
import type {
  DateCriterion,
  DatePrefix,
  SearchCriteria,
  SearchCriterion,
  SearchFilter,
} from '../../record/store/search-criteria.ts';
import { parseInclude } from './parse-include.ts';
import { parseSort } from './parse-sort.ts';
import { parseSubset } from './parse-subset.ts';
import { referenceValue } from './reference-value.ts';
import { refuseCostly } from './search-limits.ts';

export const defaultCount = 50;
export const maximalCount = 200;

/** What no string of FHIR has. @see https://hl7.org/fhir/R4/datatypes.html#string */
const unstorable = /[^\P{Cc}\t\r\n]|\p{Cs}/u;

/** A search as it was asked, understood. */
export interface ParsedSearch {
  readonly criteria: SearchCriteria;
  /** Parameters that we don't know: ignored, or an error under `handling=strict`. */
  readonly unknown: readonly string[];
  /** Which part of each resource is wanted; absent: all of it. */
  readonly subset?: Subset;
  /** What was understood, as given, for the self and next links; without the cursor. */
  readonly understood: readonly (readonly [string, string])[];
}

export interface SearchAddresses {
  /** Bases under which a reference may stand: ours and the EHR's. */
  readonly bases: ReferenceBases;
  /** The machine's time, for `ap`. */
  readonly now: Date;
  /** The tenant's zone: a date without one is a day, month or year there. */
  readonly timeZone: string;
}

type Issue = { path: string; problem: string };
type Parameter = readonly [name: string, value: string];

/**
 * Reads the parameters of a search. A modifier, prefix or value that we can't honour is always refused: ignoring it would
 * answer another question. A parameter that we don't know is only listed.
 *
 * @throws `invalid-request`, each issue naming its parameter; `too-costly` when it asks for more than one search may
 * @see https://hl7.org/fhir/R4/search.html
 */
export function parseSearch(
  type: SearchableType,
  parameters: readonly Parameter[],
  addresses: SearchAddresses,
): ParsedSearch {
  refuseCostly(parameters);
  const issues: Issue[] = [];
  const unknown: string[] = [];
  const understood: Parameter[] = [];
  const filters: SearchFilter[] = [];
  const include: SearchCriteria['include'][number][] = [];
  const revinclude: SearchCriteria['include'][number][] = [];
  const lastUpdated: DateCriterion[] = [];
  let ids: readonly string[] | undefined;
  let paging: Pick<SearchCriteria, 'count' | 'summaryCount' | 'sort' | 'cursor' | 'total'> = {
    count: defaultCount,
    summaryCount: false,
  };

  for (const [given, value] of parameters) {
    const [name, modifier] = splitName(given);
    const refuse = (problem: string): void => void issues.push({ path: given, problem });
    if (unstorable.test(value)) {
      refuse('holds a character that is in no text: a control character, or half of a surrogate pair');
      continue;
    }
    if (name === '_cursor') {
      paging = { ...paging, cursor: value };
      continue;
    }
    if (name === '_format') continue;
    if (name === '_has' || name.includes('.') || modifier?.includes('.') === true) {
      refuse('chained and reverse chained searches are not supported');
      continue;
    }
    understood.push([given, value]);
    if (name === '_include' || name === '_revinclude') {
      const rule = parseInclude(type, name, modifier, value);
      if (typeof rule === 'string') refuse(rule);
      else (name === '_include' ? include : revinclude).push(rule);
    } else if (name === '_id' && modifier === undefined) {
      const asked = splitUnescaped(value, ',').map(unescapeValue);
      ids = ids === undefined ? asked : ids.filter((id) => asked.includes(id));
    } else if (name === '_lastUpdated' && modifier === undefined) {
      const parsed = parseDate(value, addresses);
      if (typeof parsed === 'string') refuse(parsed);
      else lastUpdated.push(parsed);
    } else if (['_count', '_sort', '_summary', '_elements', '_total', '_pretty'].includes(name)) {
      const parsed =
        modifier === undefined ? parsePaging(type, name, value) : `the modifier :${modifier} is not supported`;
      if (typeof parsed === 'string') refuse(parsed);
      else if (name === '_sort' && paging.sort !== undefined) refuse('only one key is supported, and this is another');
      else paging = { ...paging, ...parsed };
    } else {
      const parameter = searchParameters[type].find((searchParameter) => searchParameter.name === name);
      if (parameter === undefined) {
        if (name === '_id' || name === '_lastUpdated') refuse(`the modifier :${modifier} is not supported`);
        else {
          unknown.push(given);
          understood.pop();
        }
        continue;
      }
      const filter = parseFilter(parameter, modifier, value, addresses);
      if (typeof filter === 'string') refuse(filter);
      else filters.push(filter);
    }
  }
  const { subset, issues: subsetIssues } = parseSubset(type, parameters);
  issues.push(...subsetIssues);
  if (issues.length > 0) throw invalid(issues);
  const criteria: SearchCriteria = {
    type,
    filters,
    include,
    revinclude,
    ...paging,
    ...defined({ ids }),
    ...(lastUpdated.length === 0 ? {} : { lastUpdated }),
  };
  return { criteria, unknown, understood, ...defined({ subset }) };
}

export function invalid(issues: readonly Issue[]): IntersessionError {
  const words = issues.map(({ path, problem }) => `${path}: ${problem}`).join('; ');
  return new IntersessionError('invalid-request', { issues }, `The search can’t be answered: ${words}`);
}

function splitName(given: string): readonly [name: string, modifier: string | undefined] {
  const colon = given.indexOf(':');
  return colon < 0 ? [given, undefined] : [given.slice(0, colon), given.slice(colon + 1)];
}

function parsePaging(
  type: SearchableType,
  name: string,
  value: string,
): string | Partial<Pick<SearchCriteria, 'count' | 'summaryCount' | 'sort' | 'total'>> {
  switch (name) {
    case '_count': {
      if (!/^\d{1,9}$/.test(value)) return 'must be a whole number';
      // R4: _count=0 asks for the number of matches, as _summary=count does
      return Number(value) === 0 ? { summaryCount: true } : { count: Math.min(Number(value), maximalCount) };
    }
    case '_summary':
      return value === 'count' ? { summaryCount: true } : {};
    case '_elements':
    case '_pretty':
      // read where the answer is written
      return {};
    case '_total':
      if (value === 'none') return {};
      // an estimate may be exact
      return value === 'accurate' || value === 'estimate' ? { total: true } : 'must be none, estimate or accurate';
    default:
      return parseSort(type, value);
  }
}

function parseFilter(
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

const prefixes: readonly string[] = ['eq', 'ne', 'lt', 'gt', 'le', 'ge', 'sa', 'eb', 'ap'] satisfies DatePrefix[];

function isPrefix(text: string): text is DatePrefix {
  return prefixes.includes(text);
}

function parseDate(
  value: string,
  { now, timeZone }: Pick<SearchAddresses, 'now' | 'timeZone'>,
): string | DateCriterion {
  const start = value.slice(0, 2);
  const prefix = isPrefix(start) ? start : 'eq';
  // a + in a query is a space unless it is written %2B; no date holds a space
  const text = (isPrefix(start) ? value.slice(2) : value).replace(' ', '+');
  const range = dateRange(text, timeZone);
  if (range === undefined)
    return 'must be a date like 2026-03-02 or 2026-03-02T10:00:00-05:00, with eq, ne, lt, gt, le, ge, sa, eb or ap before it';
  return { prefix, ...(prefix === 'ap' ? widened(range, now) : range) };
}

/** R4: `ap` is 10 % of the distance between now and the date; the calendar that both Date and SQL have ends it. */
function widened({ low, high }: DateRange, now: Date): DateRange {
  const slack = Math.abs(now.getTime() - Date.parse(low)) / 10;
  const [first, last] = [Date.parse(beginningOfTime), Date.parse(endOfTime)];
  const moved = (instant: string, by: number): string =>
    new Date(Math.min(Math.max(Math.round(Date.parse(instant) + by), first), last)).toISOString();
  return { low: moved(low, -slack), high: moved(high, slack) };
}

/** Splits at a separator that has no backslash before it; the parts stay escaped. */
function splitUnescaped(value: string, separator: ',' | '|'): string[] {
  const parts: string[] = [''];
  for (let index = 0; index < value.length; index++) {
    const character = value[index] ?? '';
    const last = parts.length - 1;
    if (character === '\\') {
      parts[last] += character + (value[index + 1] ?? '');
      index++;
    } else if (character === separator) parts.push('');
    else parts[last] += character;
  }
  return parts;
}

/** Takes the backslash from `\,`, `\|`, `\$` and `\\`. */
function unescapeValue(value: string): string {
  return value.replace(/\\([,|$\\])/g, '$1');
}
