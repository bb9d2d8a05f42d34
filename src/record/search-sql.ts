import type { DateCriterion, DatePrefix, SearchCriteria, SearchCriterion, SearchFilter } from './search-criteria.ts';

/** SQL in the making: text with `$n`, and the values they stand for. */
export interface Statement {
  readonly parameters: unknown[];
  /** Binds a value and answers its `$n`. */
  bind(value: unknown): string;
}

export function newStatement(): Statement {
  const parameters: unknown[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}

/** The conditions of a search on `resource r`, without those of paging. Values only ever become bound parameters. */
export function searchConditions(statement: Statement, tenantId: string, criteria: SearchCriteria): string[] {
  const { bind } = statement;
  const conditions = [`r.tenant = ${bind(tenantId)}`, `r.type = ${bind(criteria.type)}`];
  if (criteria.ids !== undefined) {
    conditions.push(`r.id in (select jsonb_array_elements_text(${bind(JSON.stringify(criteria.ids))}::jsonb))`);
  }
  for (const range of criteria.lastUpdated ?? []) {
    conditions.push(dateCondition(statement, range, 'r.last_updated', 'r.last_updated'));
  }
  for (const filter of criteria.filters) conditions.push(filterCondition(statement, filter));
  return conditions;
}

function filterCondition(statement: Statement, { param, anyOf, not }: SearchFilter): string {
  // nothing given is nothing found: an empty list of alternatives must not become "everything"
  if (anyOf.length === 0) return 'false';
  const ofParam = `from search_value s where s.tenant = r.tenant and s.type = r.type and s.id = r.id and s.param = ${statement.bind(param)}`;
  const values = anyOf.filter((one) => one.type !== 'missing').map((one) => criterionCondition(statement, one));
  const alternatives = anyOf
    .filter((one) => one.type === 'missing')
    .map(({ missing }) => `${missing ? 'not ' : ''}exists (select ${ofParam})`);
  if (values.length > 0) {
    alternatives.push(`${not ? 'not ' : ''}exists (select ${ofParam} and (${values.join(' or ')}))`);
  }
  return `(${alternatives.join(' or ')})`;
}

function criterionCondition(statement: Statement, criterion: Exclude<SearchCriterion, { type: 'missing' }>): string {
  if (criterion.type === 'date')
    return `(s.low is not null and ${dateCondition(statement, criterion, 's.low', 's.high')})`;
  const value = statement.bind(criterion.value);
  switch (criterion.match) {
    case 'exact':
    // each token is stored a second time as its bare code
    case 'code-only':
      return `s.value = ${value}`;
    case 'prefix':
      return `starts_with(s.value, ${value})`;
    case 'contains':
      return `position(${value} in s.value) > 0`;
    case 'system-only':
      return `starts_with(s.value, ${value} || '|')`;
  }
}

type DateTerms = { readonly low: string; readonly high: string; readonly from: string; readonly to: string };

/** How the stored range low…high relates to the searched one from…to, all ends included. @see https://hl7.org/fhir/R4/search.html#prefix */
const dateTerms: Record<DatePrefix, (terms: DateTerms) => string> = {
  eq: ({ low, high, from, to }) => `(${low} >= ${from} and ${high} <= ${to})`,
  ne: ({ low, high, from, to }) => `(${low} < ${from} or ${high} > ${to})`,
  gt: ({ high, to }) => `${high} > ${to}`,
  lt: ({ low, from }) => `${low} < ${from}`,
  ge: ({ low, high, from, to }) => `(${high} > ${to} or (${low} >= ${from} and ${high} <= ${to}))`,
  le: ({ low, high, from, to }) => `(${low} < ${from} or (${low} >= ${from} and ${high} <= ${to}))`,
  sa: ({ low, to }) => `${low} > ${to}`,
  eb: ({ high, from }) => `${high} < ${from}`,
  ap: ({ low, high, from, to }) => `(${low} <= ${to} and ${high} >= ${from})`,
};

function dateCondition({ bind }: Statement, range: DateCriterion, low: string, high: string): string {
  const from = `${bind(range.low)}::timestamptz`;
  const to = `${bind(range.high)}::timestamptz`;
  const condition = dateTerms[range.prefix]({ low, high, from, to });
  // a bound parameter must be used, or PostgreSQL cannot tell its type
  return `(${condition} and ${from} <= ${to})`;
}
