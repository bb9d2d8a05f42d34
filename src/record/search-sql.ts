import { dateCondition } from './date-sql.ts';
import { filterConditions } from './filter-sql.ts';
import { nobody, notSomebodysDraft } from './hidden-drafts.ts';
import type { SearchCriteria } from './search-criteria.ts';
import type { Statement } from './statement.ts';

/** The conditions of a search on `resource r`, without those of paging. Values only ever become bound parameters. */
export function searchConditions(statement: Statement, tenantId: string, criteria: SearchCriteria): string[] {
  const { bind } = statement;
  const conditions = [`r.tenant = ${bind(tenantId)}`, `r.type = ${bind(criteria.type)}`];
  if (criteria.ids !== undefined) conditions.push(`r.id = any(${bind([...new Set(criteria.ids)])}::text[])`);
  for (const range of criteria.lastUpdated ?? []) {
    conditions.push(dateCondition(statement, range, 'r.last_updated', 'r.last_updated'));
  }
  conditions.push(...filterConditions(statement, criteria.filters));
  if (criteria.type === 'QuestionnaireResponse')
    conditions.push(notSomebodysDraft('r', bind(criteria.reader ?? nobody)));
  return conditions;
}
