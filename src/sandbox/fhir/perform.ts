import { derivedTypes, servedTypes } from '../faces.ts';
import { type FhirError, refuse } from '../fhir-error.ts';
import { Draft } from '../store/draft.ts';
import type { Answer } from './answer.ts';
import { checkUnreferenced } from './check-references.ts';
import { resourceFromBody } from './check-resource.ts';
import { type Call, letterOf, type Permit } from './face-server.ts';
import { historyInstance, read, vread } from './read.ts';
import type { Route } from './route-interaction.ts';
import { searchType } from './search-type.ts';
import type { FaceServer } from './served-face.ts';
import { stageCreate, stageDelete, stagePatch, stageUpdate, targetOfCreate, targetOfUpdate } from './stage-write.ts';

/** A route that concerns one resource type. */
export type TypeRoute = Extract<Route, { type: string; interaction: keyof typeof letterOf }>;

/**
 * Refuses what the face does not offer.
 * @throws FhirError 404 for a type that does not exist here at all, 405 for an interaction that is not offered
 */
export function checkOffered(
  server: FaceServer,
  route: Route,
): asserts route is Exclude<Route, { interaction: 'other' }> {
  if (route.interaction === 'other') throw unsupported(server, route.name);
  if (route.interaction === 'bundle') {
    if (server.face.system.length === 0) throw unsupported(server, 'A Bundle');
    return;
  }
  if (!('type' in route)) return;
  const offer = server.face.types.get(route.type);
  // beside a vendor's statement there is nothing: each type it leaves out is an interaction that is not advertised
  const stated = server.face.statedBy !== undefined;
  if (!stated && offer === undefined && ![...servedTypes, ...derivedTypes].some((type) => type === route.type)) {
    throw refuse(404, 'not-supported', `No resource type ${route.type} here`);
  }
  if (!offer?.interactions.includes(route.interaction)) {
    throw unsupported(server, `${route.interaction} on ${route.type}`);
  }
  server.site.checkRefusals(route.type, route.interaction);
}

/** The refusal of what the face does not offer; it names where that is known from. */
export function unsupported({ face }: FaceServer, what: string): FhirError {
  const source = face.statedBy === undefined ? '' : ` (source: ${face.statedBy})`;
  return refuse(405, 'not-supported', `${what} is not supported here${source}`);
}

/** @throws FhirError 403 when no granted scope covers the interaction on the type */
export function checkPermitted(route: TypeRoute, permit: Permit): void {
  if (!permit.covers(route.type, letterOf[route.interaction])) {
    throw refuse(403, 'forbidden', `The granted scopes do not cover ${route.interaction} on ${route.type}`);
  }
}

/**
 * Carries out one interaction on one type and commits it.
 * @throws FhirError with the status the client is to see
 */
export function perform(server: FaceServer, route: TypeRoute, call: Call): Answer {
  checkOffered(server, route);
  checkPermitted(route, call.permit);
  const { type } = route;
  switch (route.interaction) {
    case 'search-type':
      return searchType(server, type, call);
    case 'read':
      return read(server, type, route.id ?? '', call);
    case 'vread':
      return vread(server, type, route.id, route.version, call);
    case 'history-instance':
      return historyInstance(server, type, route.id ?? '', call);
  }
  const draft = new Draft(server.store);
  const answer = performWrite(server, draft, route, call);
  if (server.site.holds(type)) return server.reviews.hold(server, draft, call.requestId) ?? answer;
  draft.commit(call.requestId);
  return answer;
}

function performWrite(server: FaceServer, draft: Draft, route: TypeRoute, call: Call): Answer {
  const { type } = route;
  const id = 'id' in route ? route.id : undefined;
  if (route.interaction === 'delete') {
    const answer = stageDelete(server, draft, type, id ?? '', call);
    checkUnreferenced(server, draft, type, id ?? '');
    return answer;
  }
  if (route.interaction === 'patch') return stagePatch(server, draft, type, id ?? '', call);
  const resource = resourceFromBody(call.body, type, route.interaction === 'update' ? id : undefined);
  if (route.interaction === 'create') {
    return stageCreate(server, draft, targetOfCreate(server, draft, type, call), resource, call);
  }
  return stageUpdate(server, draft, targetOfUpdate(server, draft, type, id, call), resource, call);
}
