/** How a stored value must compare. Values are stored by `searchValues`: tokens as `system|code` and as the code alone, references as `Type/id`, strings in lower case. */
export type ValueMatch =
  | 'exact'
  /** Starts with: strings. */
  | 'prefix'
  | 'contains'
  /** `value` is a code, of whatever system. */
  | 'code-only'
  /** `value` is a system, with whatever code. */
  | 'system-only';

export type DatePrefix = 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge' | 'sa' | 'eb' | 'ap';

/**
 * A searched range: both ends inclusive, ISO instants to the millisecond; a day is one of the tenant's zone (`2026-03-02` in UTC →
 * `…T00:00:00.000Z` to `…T23:59:59.999Z`). For `ap` the parser has widened it.
 */
export interface DateCriterion {
  readonly prefix: DatePrefix;
  readonly low: string;
  readonly high: string;
}

export type SearchCriterion =
  | { readonly type: 'value'; readonly value: string; readonly match: ValueMatch }
  | ({ readonly type: 'date' } & DateCriterion)
  | { readonly type: 'missing'; readonly missing: boolean };

/** One parameter as given once; several filters are all to hold. */
export interface SearchFilter {
  readonly param: string;
  readonly anyOf: readonly SearchCriterion[];
  /** The `:not` modifier: no value of the resource matches. */
  readonly not?: boolean;
}

/** `_include=Task:part-of:Task`, or `_revinclude`: `type` is the resource that holds the reference. */
export interface IncludeRule {
  readonly type: string;
  readonly param: string;
  readonly targetType?: string;
}

/** A parsed FHIR search, ready for SQL. */
export interface SearchCriteria {
  readonly type: string;
  readonly filters: readonly SearchFilter[];
  /** `_id`: any of these. */
  readonly ids?: readonly string[];
  /** `_lastUpdated`: all of these. */
  readonly lastUpdated?: readonly DateCriterion[];
  /** `_lastUpdated` or a date parameter of the type, with `-` for the latest first. Default: oldest change first. */
  readonly sort?: string;
  /** Page size, 1 to 200. */
  readonly count: number;
  /** What `SearchPage.next` said. */
  readonly cursor?: string;
  readonly include: readonly IncludeRule[];
  readonly revinclude: readonly IncludeRule[];
  /** Only the number of matches is asked for. */
  readonly summaryCount: boolean;
  /** Count all matches beside the page. */
  readonly total?: boolean;
}
