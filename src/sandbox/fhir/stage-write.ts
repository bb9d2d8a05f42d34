import type { ScopeLetter } from '../auth/scope-letter.ts';
import { refuse } from '../fhir-error.ts';
import type { FhirResource, StoredResource } from '../resource.ts';
import { type Draft, newId } from '../store/draft.ts';
import type { Answer } from './answer.ts';
import { applyJsonPatch } from './apply-json-patch.ts';
import { checkReferences } from './check-references.ts';
import { checkResource } from './check-resource.ts';
import { type Call, resourceAnswer } from './face-server.ts';
import { findByCriteria } from './find-by-criteria.ts';
import type { FaceServer } from './served-face.ts';

/** Where a write will land: decided before anything is staged, so that references can be pointed at it. */
export interface Target {
  type: string;
  id: string;
  /** If-None-Exist found this one: nothing will be written. */
  existing?: StoredResource;
  /** The id was found or given by the server, so the body need not carry it. */
  assigned: boolean;
}

/**
 * Decides the id of a create; If-None-Exist may find the resource already there.
 * @throws FhirError 412 when If-None-Exist matches several
 */
export function targetOfCreate(server: FaceServer, draft: Draft, type: string, call: Call): Target {
  const conditional = server.face.types.get(type)?.conditional === true;
  if (call.ifNoneExist !== undefined && !conditional && server.face.ifNoneExist === 'refused') {
    throw refuse(412, 'not-supported', 'Conditional create is not supported here');
  }
  if (call.ifNoneExist !== undefined && conditional) {
    const existing = findByCriteria(server, draft, type, call.ifNoneExist);
    if (existing) return { type, id: existing.id, existing, assigned: true };
  }
  return { type, id: newId({ long: server.site.has('ids-beyond-r4') }), assigned: true };
}

/**
 * Decides the id of an update: the URL's, or for a conditional one the id of the match, else the body's or a new one.
 * @throws FhirError 412 when several match, 400 when the body's id contradicts the match
 */
export function targetOfUpdate(
  server: FaceServer,
  draft: Draft,
  type: string,
  id: string | undefined,
  call: Call,
): Target {
  if (id !== undefined) return { type, id, assigned: false };
  if (!server.face.types.get(type)?.conditional)
    throw refuse(405, 'not-supported', 'Conditional update is not supported here');
  const found = findByCriteria(server, draft, type, call.query);
  const sent = (call.body as FhirResource | undefined)?.id;
  if (found === undefined)
    return { type, id: sent ?? newId({ long: server.site.has('ids-beyond-r4') }), assigned: sent === undefined };
  if (sent !== undefined && sent !== found.id)
    throw refuse(400, 'invalid', 'The id in the body is not the id of the match', `${type}.id`);
  return { type, id: found.id, assigned: true };
}

/** Checks and stages a create. @throws FhirError 403, 422 */
export function stageCreate(
  server: FaceServer,
  draft: Draft,
  target: Target,
  resource: FhirResource,
  call: Call,
): Answer {
  if (target.existing) {
    if (!call.permit.coversResource('r', target.existing)) throw forbidden();
    return resourceAnswer(server, 200, target.existing);
  }
  const { id: _ignored, ...withoutId } = resource; // ids are the server's to give
  return stage(server, draft, target.id, { ...withoutId, resourceType: resource.resourceType }, call, 'c');
}

/** Checks and stages an update. @throws FhirError 403, 404, 412, 422 */
export function stageUpdate(
  server: FaceServer,
  draft: Draft,
  target: Target,
  resource: FhirResource,
  call: Call,
): Answer {
  const before = draft.current(target.type, target.id);
  if (before === undefined && !server.face.updateCreate) throw refuse(404, 'not-found', `${target.type} not found`);
  checkVersion(server, call.ifMatch, before?.resource && before.version);
  if (before?.resource && !call.permit.coversResource('u', before.resource)) throw forbidden();
  return stage(server, draft, target.id, resource, call, 'u');
}

/** Checks and stages a JSON Patch as the update that it amounts to. @throws FhirError 400, 403, 404, 409, 412, 422 */
export function stagePatch(server: FaceServer, draft: Draft, type: string, id: string, call: Call): Answer {
  const before = draft.current(type, id)?.resource;
  if (before === undefined) throw refuse(404, 'not-found', `${type} not found`);
  const patched = applyJsonPatch(before, call.body) as FhirResource;
  if (patched.id !== id || patched.resourceType !== type) {
    throw refuse(400, 'invalid', 'A patch may not change resourceType or id');
  }
  return stageUpdate(server, draft, { type, id, assigned: false }, patched, call);
}

/** Stages a deletion; deleting what is not there is no error. @throws FhirError 403, 412 */
export function stageDelete(server: FaceServer, draft: Draft, type: string, id: string, call: Call): Answer {
  const before = draft.current(type, id);
  if (before?.resource === undefined) return { status: 204 };
  checkVersion(server, call.ifMatch, before.version);
  if (!call.permit.coversResource('d', before.resource)) throw forbidden();
  draft.delete(type, id);
  return { status: 204, etag: `W/"${before.version + 1}"` };
}

function stage(
  server: FaceServer,
  draft: Draft,
  id: string,
  resource: FhirResource,
  call: Call,
  letter: ScopeLetter,
): Answer {
  const interaction = letter === 'c' ? 'create' : 'update';
  const before = interaction === 'create' ? undefined : draft.current(resource.resourceType, id)?.resource;
  const { user } = call.permit;
  const kept = keptOf(server, checkResource(server, { interaction, resource, before, user, records: draft }));
  if (!call.permit.coversResource(letter, kept)) throw forbidden();
  checkReferences(server, draft, kept, id);
  const { stored, created } = draft.put(kept, id);
  return resourceAnswer(server, created ? 201 : 200, stored);
}

/** What this EHR keeps of a resource that it takes. */
function keptOf({ site }: FaceServer, resource: FhirResource): FhirResource {
  if (resource.resourceType !== 'DocumentReference' || !site.has('note-relations-dropped')) return resource;
  const { relatesTo: _passedOver, ...kept } = resource;
  return kept;
}

/** If-Match: `W/"3"`; a stale or absent version is 412, or what the face answers instead. */
function checkVersion(server: FaceServer, ifMatch: string | undefined, version: number | undefined): void {
  if (ifMatch === undefined) return;
  const asked = /^(?:W\/)?"([^"]+)"$/.exec(ifMatch.trim())?.[1];
  if (asked === undefined) throw refuse(400, 'value', 'If-Match is not an ETag');
  if (asked !== String(version)) throw refuse(server.face.staleStatus, 'conflict', 'The resource has another version');
}

function forbidden() {
  return refuse(403, 'forbidden', 'The granted scopes do not cover this resource');
}
