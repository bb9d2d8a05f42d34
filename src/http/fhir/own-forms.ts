import type { HomeworkRecord } from '../../record/homework-record.ts';
import type { StoredResource } from '../../record/store/read-resource.ts';
import type { SearchCriteria } from '../../record/store/search-criteria.ts';
import { searchResources } from '../../record/store/search-resources.ts';
import { permits } from '../oauth/scopes.ts';

/**
 * Whether a token may read the forms that plans have of their own: what they name is the patient's, so it takes what it takes to read the
 * Task that asks for one. What comes with the program is anybody's who may read a Questionnaire.
 */
export function mayReadOwnForms(type: string, scope: string): boolean {
  return type === 'Questionnaire' && permits(scope, { type: 'Task', action: 'r' });
}

/** Those of these canonicals that are forms of plans' own, as far as they are there for the record's actor. */
export async function ownFormsNamed(
  record: HomeworkRecord,
  tenantId: string,
  canonicals: ReadonlySet<string>,
): Promise<readonly StoredResource[]> {
  if (canonicals.size === 0) return [];
  const anyOf = [...canonicals].map((value) => ({ type: 'value', value, match: 'exact' }) as const);
  const criteria: SearchCriteria = {
    ...{ type: 'Questionnaire', filters: [{ param: 'url', anyOf }], count: canonicals.size },
    ...{ include: [], revinclude: [], summaryCount: false },
  };
  return (await searchResources(record, tenantId, criteria)).matches;
}
