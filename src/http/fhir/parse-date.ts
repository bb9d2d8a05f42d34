import type { ReferenceBases } from '../../fhir/parse-reference.ts';
import { beginningOfTime, type DateRange, dateRange, endOfTime } from '../../fhir/search/date-range.ts';
import type { DateCriterion, DatePrefix } from '../../record/store/search-criteria.ts';

/** What the values of a search are read against. */
export interface SearchAddresses {
  /** Bases under which a reference may stand: ours and the EHR's. */
  readonly bases: ReferenceBases;
  /** The machine's time, for `ap`. */
  readonly now: Date;
  /** The tenant's zone: a date without one is a day, month or year there. */
  readonly timeZone: string;
}

const prefixes: readonly string[] = ['eq', 'ne', 'lt', 'gt', 'le', 'ge', 'sa', 'eb', 'ap'] satisfies DatePrefix[];

function isPrefix(text: string): text is DatePrefix {
  return prefixes.includes(text);
}

/** A date of a search with its prefix, as the instants that it spans; or what is wrong with it. @see https://hl7.org/fhir/R4/search.html#date */
export function parseDate(
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
