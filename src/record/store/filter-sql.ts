import { anyDateCondition } from './date-sql.ts';
import type { SearchCriterion, SearchFilter } from './search-criteria.ts';
import type { Statement } from './statement.ts';

type Matchable = Exclude<SearchCriterion, { type: 'missing' }>;

/**
 * The conditions of a search's filters on `resource r`: however often a parameter is given, its values are walked by four
 * subqueries at most (one that must find something, one for all further filters, one for `:not`, one for `:missing`). A
 * join for each filter would let PostgreSQL's planning grow with the cube of their number. Alternatives are arrays, each
 * one bound parameter.
 */
export function filterConditions(statement: Statement, filters: readonly SearchFilter[]): string[] {
  const distinct = new Map(filters.map((filter) => [JSON.stringify(filter), filter]));
  return [...Map.groupBy(distinct.values(), ({ param }) => param)].flatMap(([param, list]) =>
    // nothing given is nothing found: an empty list of alternatives must not become "everything"
    list.some(({ anyOf }) => anyOf.length === 0) ? ['false'] : paramConditions(statement, param, list),
  );
}

function paramConditions(statement: Statement, param: string, filters: readonly SearchFilter[]): string[] {
  const bound = statement.bind(param);
  const ofParam = `from search_value s where s.tenant = r.tenant and s.type = r.type and s.id = r.id and s.param = ${bound}`;
  const conditions: string[] = [];
  const wanted: string[] = [];
  const unwanted: string[] = [];
  // what an index leads to comes first
  for (const { anyOf, not } of [...filters].sort((a, b) => Number(isIndexed(b)) - Number(isIndexed(a)))) {
    const missing = new Set(
      anyOf.flatMap((searchCriterion) => (searchCriterion.type === 'missing' ? [searchCriterion.missing] : [])),
    );
    const values = anyOf.filter((searchCriterion) => searchCriterion.type !== 'missing');
    const matches = values.length === 0 ? undefined : anyValueCondition(statement, values);
    const standing = [...missing].map((isMissing) => `${isMissing ? 'not ' : ''}exists (select ${ofParam})`);
    if (matches === undefined) conditions.push(`(${standing.join(' or ')})`);
    else if (standing.length > 0)
      conditions.push(`(${standing.join(' or ')} or ${not ? 'not ' : ''}exists (select ${ofParam} and ${matches}))`);
    else (not ? unwanted : wanted).push(matches);
  }
  const [first, ...further] = wanted;
  if (first !== undefined) conditions.push(`exists (select ${ofParam} and ${first})`);
  // each filter must be met by some value, not all by the same one
  if (further.length > 0) {
    conditions.push(`(select ${further.map((matches) => `bool_or(${matches})`).join(' and ')} ${ofParam})`);
  }
  if (unwanted.length > 0) conditions.push(`not exists (select ${ofParam} and (${unwanted.join(' or ')}))`);
  return conditions;
}

const isIndexed = ({ anyOf, not }: SearchFilter): boolean =>
  not !== true &&
  anyOf.every(
    (searchCriterion) =>
      searchCriterion.type === 'value' && (searchCriterion.match === 'exact' || searchCriterion.match === 'code-only'),
  );

/** Whether a stored value meets any of these. */
function anyValueCondition(statement: Statement, alternatives: readonly Matchable[]): string {
  const texts = (...matches: readonly string[]): readonly string[] =>
    alternatives.flatMap((alternative) =>
      alternative.type === 'value' && matches.includes(alternative.match) ? [alternative.value] : [],
    );
  const any = (values: readonly string[], condition: string): string[] =>
    values.length === 0
      ? []
      : [`exists (select from unnest(${statement.bind([...new Set(values)])}::text[]) as v(text) where ${condition})`];
  // each token is stored a second time as its bare code
  const whole = [...new Set(texts('exact', 'code-only'))];
  const dates = alternatives.filter((alternative) => alternative.type === 'date');
  const conditions = [
    ...(whole.length === 0 ? [] : [`s.value = any(${statement.bind(whole)}::text[])`]),
    ...any(texts('prefix'), 'starts_with(s.value, v.text)'),
    ...any(texts('contains'), 'position(v.text in s.value) > 0'),
    ...any(texts('system-only'), `starts_with(s.value, v.text || '|')`),
    ...(dates.length === 0 ? [] : [anyDateCondition(statement, dates)]),
  ];
  return `(${conditions.join(' or ')})`;
}
