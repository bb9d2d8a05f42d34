import { answeredInstead } from '../change-patient.ts';
import { refuse } from '../fhir-error.ts';
import type { Current } from '../store/resource-store.ts';
import type { Answer } from './answer.ts';
import { binaryOf } from './attachments.ts';
import { type Call, resourceAnswer } from './face-server.ts';
import { readerOf } from './made-up-visits.ts';
import type { FaceServer } from './served-face.ts';
import { shown } from './shown.ts';

/** Reads the current version. @throws FhirError 403, 404, 410 */
export function read(server: FaceServer, type: string, id: string, call: Call): Answer {
  const instead = answeredInstead(server, type, id) ?? id;
  const current = readerOf(server).current(type, instead) ?? derivedBinary(server, type, id, call);
  const refused = current === undefined ? server.reviews.refusal(type, id) : undefined;
  if (refused !== undefined) throw refuse(410, 'deleted', refused);
  if (current === undefined) throw refuse(404, 'not-found', `${type} not found`);
  if (current.resource === undefined) throw refuse(410, 'deleted', `${type} was deleted`);
  if (!call.permit.coversResource('r', current.resource)) throw hidden();
  const { body, location: _ofWrites, ...headers } = resourceAnswer(server, 200, current.resource);
  return call.ifNoneMatch === headers.etag ? { ...headers, status: 304 } : { ...headers, ...(body ? { body } : {}) };
}

/** An attachment that is shown as a Binary, for whoever may read the document it belongs to. */
function derivedBinary(server: FaceServer, type: string, id: string, call: Call): Current | undefined {
  const found = type === 'Binary' ? binaryOf(server, id) : undefined;
  if (found === undefined) return undefined;
  if (!call.permit.coversResource('r', found.document)) throw hidden();
  const { versionId, lastUpdated } = found.binary.meta;
  return { version: Number(versionId), lastUpdated, resource: found.binary };
}

/** Reads one version. @throws FhirError 403, 404, 410 */
export function vread(server: FaceServer, type: string, id: string, version: string, call: Call): Answer {
  const row = server.store.history(type, id).find((candidate) => String(candidate.version) === version);
  if (row === undefined) throw refuse(404, 'not-found', 'No such version');
  if (row.resource === undefined) throw refuse(410, 'deleted', 'Deleted in this version');
  if (!call.permit.coversResource('r', row.resource)) throw hidden();
  const { location: _ofWrites, ...answer } = resourceAnswer(server, 200, row.resource);
  return answer;
}

/** All versions of one resource as a history Bundle, newest first. @throws FhirError 404 */
export function historyInstance(server: FaceServer, type: string, id: string, call: Call): Answer {
  const rows = server.store.history(type, id);
  if (rows.length === 0) throw refuse(404, 'not-found', `${type} not found`);
  if (rows.some(({ resource }) => resource && !call.permit.coversResource('r', resource))) throw hidden();
  const oldest = rows.at(-1)?.version;
  const entry = rows.map(({ version, lastUpdated, resource }) => {
    const method = resource === undefined ? 'DELETE' : version === oldest ? 'POST' : 'PUT';
    return {
      fullUrl: `${server.base}/${type}/${id}`,
      ...(resource ? { resource: shown(server, resource) } : {}),
      request: { method, url: method === 'POST' ? type : `${type}/${id}` },
      response: {
        status: method === 'POST' ? '201 Created' : method === 'PUT' ? '200 OK' : '204 No Content',
        etag: `W/"${version}"`,
        lastModified: lastUpdated,
      },
    };
  });
  const link = [{ relation: 'self', url: `${server.base}/${type}/${id}/_history` }];
  return {
    status: 200,
    body: { resourceType: 'Bundle', type: 'history', total: rows.length, link, entry } as Answer['body'] & object,
  };
}

function hidden() {
  return refuse(403, 'forbidden', 'The granted scopes do not cover this resource');
}
