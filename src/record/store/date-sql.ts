import type { DateCriterion, DatePrefix } from './search-criteria.ts';
import type { Statement } from './statement.ts';

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

/** Whether the stored range meets this one. */
export function dateCondition({ bind }: Statement, range: DateCriterion, low: string, high: string): string {
  const from = `${bind(range.low)}::timestamptz`;
  const to = `${bind(range.high)}::timestamptz`;
  const condition = dateTerms[range.prefix]({ low, high, from, to });
  // a bound parameter must be used, or PostgreSQL cannot tell its type
  return `(${condition} and ${from} <= ${to})`;
}

/** Whether the stored range meets any of these: two parameters for each prefix, however many ranges. */
export function anyDateCondition(statement: Statement, ranges: readonly DateCriterion[]): string {
  const [single] = ranges;
  // a single range is written out, so that the index of dates can lead to it
  if (single !== undefined && ranges.length === 1)
    return withDates(dateCondition(statement, single, 's.low', 's.high'));
  const alternatives = [...Map.groupBy(ranges, ({ prefix }) => prefix)].map(([prefix, list]) => {
    const lows = statement.bind(list.map(({ low }) => low));
    const highs = statement.bind(list.map(({ high }) => high));
    const terms = { low: 's.low', high: 's.high', from: 'd.from_at', to: 'd.to_at' };
    return `exists (select from unnest(${lows}::timestamptz[], ${highs}::timestamptz[]) as d(from_at, to_at) where ${dateTerms[prefix](terms)})`;
  });
  return withDates(`(${alternatives.join(' or ')})`);
}

const withDates = (condition: string): string => `(s.low is not null and ${condition})`;
