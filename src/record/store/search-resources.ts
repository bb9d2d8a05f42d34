import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { noReportOfOthersSafety } from '../use-cases/may-read-report.ts';
import { notSomebodysDraft } from './hidden-drafts.ts';
import { readTimeCursor, writeCursor } from './keyset-cursor.ts';
import { seesOnly, seesSafety } from './own-reach.ts';
import { type ResourceRow, type StoredResource, storedResource } from './read-resource.ts';
import type { IncludeRule, SearchCriteria } from './search-criteria.ts';
import { scopeOf, searchConditions } from './search-sql.ts';
import { selectSortedPage, sortCursor, sortsByDate } from './sorted-page.ts';
import { newStatement } from './statement.ts';

export interface SearchPage {
  readonly matches: readonly StoredResource[];
  /** What `_include` and `_revinclude` bring along, each once, none of the matches. */
  readonly included: readonly StoredResource[];
  /** How many match in all; only when asked for. */
  readonly total?: number;
  /** Cursor of the next page, while there is one. */
  readonly next?: string;
}

interface PageRow extends ResourceRow {
  id: string;
}

/**
 * Searches our own resources, as far as they are there for the record's actor. A page goes on right after the last one's last entry (by
 * time of change, or the date that is sorted by, and id), so what comes in between neither repeats nor hides an entry.
 * @throws `unknown-tenant`, `invalid-request` for a cursor that is none of this search's
 * @see https://hl7.org/fhir/R4/search.html
 */
export async function searchResources(
  record: HomeworkRecord,
  tenantId: string,
  criteria: SearchCriteria,
): Promise<SearchPage> {
  tenantOf(record, tenantId);
  const total =
    criteria.summaryCount || criteria.total === true ? { total: await countMatches(record, tenantId, criteria) } : {};
  if (criteria.summaryCount) return { matches: [], included: [], ...total };

  const sorted = sortsByDate(criteria) ? await selectSortedPage(record, tenantId, criteria) : undefined;
  const rows = sorted ?? (await selectPage(record, tenantId, criteria));
  const page = rows.slice(0, criteria.count);
  const last = page.at(-1);
  const lastSorted = sorted?.at(page.length - 1);
  const after = last && (lastSorted ? sortCursor(criteria, lastSorted) : writeCursor([last.last_updated, last.id]));
  const next = rows.length > page.length && after !== undefined ? { next: after } : {};
  const included = await selectIncluded(
    record,
    tenantId,
    criteria,
    page.map(({ id }) => id),
  );
  return { matches: page.map(storedResource), included, ...total, ...next };
}

async function countMatches(record: HomeworkRecord, tenantId: string, criteria: SearchCriteria): Promise<number> {
  const statement = newStatement();
  const conditions = searchConditions(statement, scopeOf(record, tenantId), criteria);
  const { rows } = await record.database.query<{ total: number }>(
    `select count(*) as total from resource r where ${conditions.join(' and ')}`,
    statement.parameters,
  );
  return rows[0]?.total ?? 0;
}

async function selectPage(record: HomeworkRecord, tenantId: string, criteria: SearchCriteria): Promise<PageRow[]> {
  const statement = newStatement();
  const conditions = searchConditions(statement, scopeOf(record, tenantId), criteria);
  const descending = criteria.sort === '-_lastUpdated';
  if (criteria.cursor !== undefined) {
    const [at, id] = readTimeCursor(criteria.cursor);
    conditions.push(
      `(r.last_updated, r.id) ${descending ? '<' : '>'} (${statement.bind(at)}::timestamptz, ${statement.bind(id)}::text)`,
    );
  }
  const order = descending ? 'r.last_updated desc, r.id desc' : 'r.last_updated, r.id';
  // one more than shown: whether there is a next page
  const { rows } = await record.database.query<PageRow>(
    `select r.id, r.content, r.version, r.last_updated from resource r
     where ${conditions.join(' and ')} order by ${order} limit ${statement.bind(criteria.count + 1)}`,
    statement.parameters,
  );
  return rows;
}

async function selectIncluded(
  record: HomeworkRecord,
  tenantId: string,
  { type, include, revinclude }: SearchCriteria,
  ids: readonly string[],
): Promise<StoredResource[]> {
  const rules = include.filter((rule) => rule.type === type);
  if (ids.length === 0 || rules.length + revinclude.length === 0) return [];
  const statement = newStatement();
  const tenant = statement.bind(tenantId);
  const matchType = statement.bind(type);
  const owner = statement.bind(seesOnly(record.actor) ?? null);
  const safety = statement.bind(seesSafety(record.actor));
  const matchIds = statement.bind(JSON.stringify(ids));
  const reader = statement.bind(actorKey(record.actor));
  const branches = [
    ...rules.map(({ param, targetType }: IncludeRule) => {
      const target = targetType === undefined ? '' : ` and t.type = ${statement.bind(targetType)}`;
      return `select t.type, t.id from search_value s join resource t on t.tenant = s.tenant and t.type || '/' || t.id = s.value
        and t.type = split_part(s.value, '/', 1) and t.id = split_part(s.value, '/', 2)
        where s.tenant = ${tenant} and s.type = ${matchType} and s.param = ${statement.bind(param)}
          and s.id in (select id from matched)${target}`;
    }),
    ...revinclude.map(
      (rule: IncludeRule) => `select s.type, s.id from search_value s
        where s.tenant = ${tenant} and s.type = ${statement.bind(rule.type)} and s.param = ${statement.bind(rule.param)}
          and s.value in (select ${matchType} || '/' || id from matched)`,
    ),
  ];
  const { rows } = await record.database.query<ResourceRow>(
    `with matched as (select jsonb_array_elements_text(${matchIds}::jsonb) as id),
       found as (select distinct type, id from (${branches.join(' union all ')}) f)
     select r.content, r.version, r.last_updated from found f
     join resource r on r.tenant = ${tenant} and r.type = f.type and r.id = f.id
     where not (r.type = ${matchType} and r.id in (select id from matched)) and ${notSomebodysDraft('r', reader)}
       and (${owner}::text is null or r.owner = ${owner}) and (${safety} or r.artefact <> 'safety')
       and ${noReportOfOthersSafety('r', { reader, owner, safety })}
     order by r.type, r.id`,
    statement.parameters,
  );
  return rows.map(storedResource);
}
