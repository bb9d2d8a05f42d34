import { refuse } from '../fhir-error.ts';
import type { StoredResource } from '../resource.ts';
import { checkValues, matches } from '../search/matches.ts';
import { parseSearch } from '../search/parse-search.ts';
import type { Draft } from '../store/draft.ts';
import { lagsBehind, searchOffer } from './face-server.ts';
import type { FaceServer } from './served-face.ts';

/**
 * The one resource that a conditional write or a conditional reference means, undefined when there is none.
 * @param criteria a query string such as `identifier=https://example.org/id|7`
 * @throws FhirError 412 when several match or nothing selects; 400 for a parameter that is not known (it would match all)
 */
export function findByCriteria(
  server: FaceServer,
  draft: Draft,
  type: string,
  criteria: string | URLSearchParams,
): StoredResource | undefined {
  const text = typeof criteria === 'string' ? criteria.replace(/^\?/, '') : criteria;
  const search = parseSearch(type, new URLSearchParams(text), searchOffer(server));
  if (search.unknown.length > 0) throw refuse(400, 'not-supported', `Unknown search parameter ${search.unknown[0]}`);
  if (search.criteria.length === 0) throw refuse(412, 'business-rule', 'The condition selects nothing in particular');
  checkValues(search.criteria);
  const found: StoredResource[] = [];
  for (const resource of draft.list(type)) {
    if (!lagsBehind(server, resource) && matches(resource, search.criteria, server)) found.push(resource);
  }
  if (found.length > 1) throw refuse(412, 'multiple-matches', 'Several resources match the condition');
  return found[0];
}
