import type { HomeworkRecord } from '../homework-record.ts';
import { invalidCursor, isInstant, readCursor, writeCursor } from './keyset-cursor.ts';
import type { ResourceRow } from './read-resource.ts';
import type { SearchCriteria } from './search-criteria.ts';
import { scopeOf, searchConditions } from './search-sql.ts';
import { newStatement } from './statement.ts';

export interface SortedRow extends ResourceRow {
  id: string;
  /** To the microsecond; null: it has no such date. */
  sort_key: string | null;
}

/** Whether a search is sorted by a date of the resource, and not by when it last changed. */
export function sortsByDate({ sort }: SearchCriteria): boolean {
  return sort !== undefined && !sort.endsWith('_lastUpdated');
}

/**
 * A page in the order of a date parameter: by its beginning, then by id; what has no such date comes last either way.
 * One row more than a page holds tells that there is a next one.
 */
export async function selectSortedPage(
  record: HomeworkRecord,
  tenantId: string,
  criteria: SearchCriteria,
): Promise<SortedRow[]> {
  const { param, descending } = orderOf(criteria);
  const statement = newStatement();
  const conditions = searchConditions(statement, scopeOf(record, tenantId), criteria);
  const name = statement.bind(param);
  const none = descending ? '-infinity' : 'infinity';
  const key = `coalesce(k.low, '${none}'::timestamptz)`;
  if (criteria.cursor !== undefined) {
    const { at, id } = readSortCursor(criteria.cursor, criteria.sort ?? '');
    const after = `(${statement.bind(at === '' ? none : at)}::timestamptz, ${statement.bind(id)}::text)`;
    conditions.push(`(${key}, r.id) ${descending ? '<' : '>'} ${after}`);
  }
  const direction = descending ? ' desc' : '';
  // a resource has one date of each sort at most, so the join makes no row twice
  const { rows } = await record.database.query<SortedRow>(
    `select r.id, r.content, r.version, r.last_updated,
       to_char(k.low at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sort_key
     from resource r left join search_value k
       on k.tenant = r.tenant and k.type = r.type and k.id = r.id and k.param = ${name} and k.low is not null
     where ${conditions.join(' and ')}
     order by ${key}${direction}, r.id${direction} limit ${statement.bind(criteria.count + 1)}`,
    statement.parameters,
  );
  return rows;
}

/** Where the page after this row begins; it holds for this order alone. */
export function sortCursor(criteria: SearchCriteria, { sort_key: at, id }: SortedRow): string {
  return writeCursor([criteria.sort ?? '', at ?? '', id]);
}

function orderOf({ sort = '' }: SearchCriteria): { param: string; descending: boolean } {
  return sort.startsWith('-') ? { param: sort.slice(1), descending: true } : { param: sort, descending: false };
}

function readSortCursor(cursor: string, sort: string): { at: string; id: string } {
  const [of, at = '', id = ''] = readCursor(cursor, 3);
  const isTime = /\.\d{6}Z$/.test(at) && isInstant(`${at.slice(0, -4)}Z`);
  if (of !== sort || (at !== '' && !isTime) || !/^[\w.-]{1,255}$/.test(id)) throw invalidCursor();
  return { at, id };
}
