import type { Permit } from '../fhir/face-server.ts';
import type { FaceServer } from '../fhir/served-face.ts';
import type { FhirResource } from '../resource.ts';
import { matches } from '../search/matches.ts';
import { type Criterion, fullOffer, parseSearch } from '../search/parse-search.ts';
import { type Access, reachesPatient, reachesResource } from './access.ts';
import type { ScopeLetter } from './scope-letter.ts';
import { parseScope, type ResourceScope } from './scopes.ts';

/**
 * What a token permits at one face: its scopes, each within its level (patient in context, user, system); granular
 * conditions are checked against the resource itself.
 * @param access who authorized the token; undefined for a backend client's
 */
export function permitOf(scope: string, server: FaceServer, access?: Access): Permit {
  const scopes = scope
    .split(' ')
    .map(parseScope)
    .filter((parsed) => parsed !== undefined)
    .filter(({ level }) => level !== 'patient' || access?.patient !== undefined);
  const covering = (type: string, letter: ScopeLetter) =>
    scopes.filter((parsed) => (parsed.type === '*' || parsed.type === type) && parsed.letters.has(letter));
  return {
    user: access?.user,
    covers: (type, letter) => covering(type, letter).length > 0,
    coversPatient: (type, letter, patient) =>
      covering(type, letter).some(({ level }) => reachesPatient(level, access, patient, server)),
    coversResource: (letter, resource) =>
      covering(resource.resourceType, letter).some(
        (parsed) => reachesResource(parsed.level, access, letter, resource, server) && meets(resource, parsed, server),
      ),
  };
}

function meets(resource: FhirResource, scope: ResourceScope, server: FaceServer): boolean {
  if (scope.query === undefined) return true;
  const criteria = criteriaOf(scope.query, resource.resourceType, server);
  return criteria !== undefined && matches(resource, criteria, server);
}

/** undefined: a condition that cannot be understood permits nothing. */
function criteriaOf(query: string, type: string, server: FaceServer): Criterion[] | undefined {
  const search = parseSearch(type, new URLSearchParams(query), fullOffer(server.definitions));
  return search.unknown.length > 0 || search.criteria.length === 0 ? undefined : search.criteria;
}
