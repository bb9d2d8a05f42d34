import type { FaceServer, Permit, ScopeLetter } from '../fhir/face-server.ts';
import type { FhirResource } from '../resource.ts';
import { matches } from '../search/matches.ts';
import { type Criterion, fullOffer, parseSearch } from '../search/parse-search.ts';
import { parseSystemScope, type SystemScope } from './scopes.ts';

/** What a token's scopes permit at one face; granular conditions are checked against the resource itself. */
export function permitOf(scope: string, server: FaceServer): Permit {
  const scopes = scope
    .split(' ')
    .map(parseSystemScope)
    .filter((parsed) => parsed !== undefined);
  const covering = (type: string, letter: ScopeLetter) =>
    scopes.filter((parsed) => (parsed.type === '*' || parsed.type === type) && parsed.letters.has(letter));
  return {
    covers: (type, letter) => covering(type, letter).length > 0,
    coversResource: (letter, resource) =>
      covering(resource.resourceType, letter).some((parsed) => meets(resource, parsed, server)),
  };
}

function meets(resource: FhirResource, scope: SystemScope, server: FaceServer): boolean {
  if (scope.query === undefined) return true;
  const criteria = criteriaOf(scope.query, resource.resourceType, server);
  return criteria !== undefined && matches(resource, criteria, server);
}

/** undefined: a condition that cannot be understood permits nothing. */
function criteriaOf(query: string, type: string, server: FaceServer): Criterion[] | undefined {
  const search = parseSearch(type, new URLSearchParams(query), fullOffer(server.definitions));
  return search.unknown.length > 0 || search.criteria.length === 0 ? undefined : search.criteria;
}
