import type { FhirResource } from 'fhir/r4';
import { searchParameters } from '../../fhir/search/search-parameters.ts';
import type { SearchCriteria } from '../../record/store/search-criteria.ts';
import { permits } from '../oauth/scopes.ts';

/** What a Provenance tells of, by the types that it may have. */
const targetTypes = searchParameters.Provenance.find(({ name }) => name === 'target')?.targets ?? [];

/** Whether a token may know who told this: of what it may not read, it is not told that there is such a thing. */
export function mayReadTargetsOf(resource: FhirResource, scope: string): boolean {
  if (resource.resourceType !== 'Provenance') return true;
  return resource.target.every(({ reference = '' }) =>
    permits(scope, { type: reference.slice(0, reference.indexOf('/')), action: 'r' }),
  );
}

/** The same of a search: only of what the token may read as well. */
export function withinScope(criteria: SearchCriteria, scope: string): SearchCriteria {
  if (criteria.type !== 'Provenance') return criteria;
  const readable = targetTypes.filter((type) => permits(scope, { type, action: 'r' }));
  if (readable.length === targetTypes.length) return criteria;
  const anyOf = readable.map((type) => ({ type: 'value', value: `${type}/`, match: 'prefix' }) as const);
  // no alternative at all finds nothing
  return { ...criteria, filters: [...criteria.filters, { param: 'target', anyOf }] };
}
