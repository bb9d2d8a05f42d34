import { type SearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';
import type { Subset } from '../../fhir/subset-elements.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { DateCriterion, SearchCriteria, SearchFilter } from '../../record/store/search-criteria.ts';
import { parseDate, type SearchAddresses } from './parse-date.ts';
import { parseFilter } from './parse-filter.ts';
import { parseInclude } from './parse-include.ts';
import { parseSort } from './parse-sort.ts';
import { parseSubset } from './parse-subset.ts';
import { refuseCostly } from './search-limits.ts';
import { splitUnescaped, unescapeValue } from './split-unescaped.ts';

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
