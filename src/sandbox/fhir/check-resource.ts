import type { IncomingWrite } from '../faces.ts';
import { FhirError, refuse } from '../fhir-error.ts';
import { type FhirResource, isResource } from '../resource.ts';
import type { FaceServer } from './served-face.ts';
import { textIssues } from './text-issues.ts';

/**
 * The body as a resource of the type that the URL names.
 * @throws FhirError 400 when it is no resource, another type, or carries an id other than the URL's
 */
export function resourceFromBody(body: unknown, type: string, id: string | undefined): FhirResource {
  if (!isResource(body)) throw refuse(400, 'structure', 'The body is not a FHIR resource');
  if (body.resourceType !== type) throw refuse(400, 'invalid', `resourceType is not ${type}`, 'resourceType');
  if (id !== undefined && body.id !== id)
    throw refuse(400, 'invalid', 'The id in the body is not the id in the URL', `${type}.id`);
  return body;
}

/**
 * R4 structure and required codes, for some faces each single text, then this face's own limits.
 * @returns what the face keeps of the resource
 * @throws FhirError 422 and whatever the face answers
 */
export function checkResource(server: FaceServer, write: Omit<IncomingWrite, 'rows'>): FhirResource {
  const issues = server.definitions.structuralIssues(write.resource);
  if (issues.length > 0) throw new FhirError(422, issues);
  if (server.site.has('strict-strings')) {
    const unfit = textIssues(write.resource, write.resource.resourceType);
    if (unfit.length > 0) throw new FhirError(422, unfit);
  }
  return server.face.receive({ ...write, rows: server.site.rows() });
}
