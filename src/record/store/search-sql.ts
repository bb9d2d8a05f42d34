import { actorKey } from '../actor.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { noReportOfOthersSafety } from '../use-cases/may-read-report.ts';
import { dateCondition } from './date-sql.ts';
import { filterConditions } from './filter-sql.ts';
import { notSomebodysDraft } from './hidden-drafts.ts';
import { seesOnly, seesSafety } from './own-reach.ts';
import type { SearchCriteria } from './search-criteria.ts';
import type { Statement } from './statement.ts';

/** Where a search looks: one tenant, and of it what one owner made, or all. */
export interface SearchScope {
  readonly tenantId: string;
  readonly owner: string | undefined;
  /** By whom a draft was written that is to be found. */
  readonly reader: string;
  /** False: without whatever tells of a patient's danger. */
  readonly safety: boolean;
}

/** Where this record's actor may look. */
export function scopeOf({ actor }: Pick<HomeworkRecord, 'actor'>, tenantId: string): SearchScope {
  return { tenantId, owner: seesOnly(actor), reader: actorKey(actor), safety: seesSafety(actor) };
}

/** The conditions of a search on `resource r`, without those of paging. Values only ever become bound parameters. */
export function searchConditions(
  statement: Statement,
  { tenantId, owner, reader, safety }: SearchScope,
  criteria: SearchCriteria,
): string[] {
  const { bind } = statement;
  const conditions = [`r.tenant = ${bind(tenantId)}`, `r.type = ${bind(criteria.type)}`];
  if (owner !== undefined) conditions.push(`r.owner = ${bind(owner)}`);
  if (!safety) conditions.push(`r.artefact <> 'safety'`);
  if (criteria.ids !== undefined) conditions.push(`r.id = any(${bind([...new Set(criteria.ids)])}::text[])`);
  for (const range of criteria.lastUpdated ?? []) {
    conditions.push(dateCondition(statement, range, 'r.last_updated', 'r.last_updated'));
  }
  conditions.push(...filterConditions(statement, criteria.filters));
  if (criteria.type === 'QuestionnaireResponse') conditions.push(notSomebodysDraft('r', bind(reader)));
  const mayHoldSafety = criteria.type === 'DocumentReference' || criteria.type === 'Provenance';
  if (mayHoldSafety && (owner !== undefined || !safety)) {
    const values = { reader: bind(reader), owner: bind(owner ?? null), safety: bind(safety) };
    conditions.push(noReportOfOthersSafety('r', values));
  }
  return conditions;
}
