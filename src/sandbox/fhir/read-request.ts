import type { Request } from 'express';
import { refuse } from '../fhir-error.ts';
import type { Call, Permit } from './face-server.ts';

/** Media types a resource may be sent as. */
export const jsonTypes = ['application/fhir+json', 'application/json'];

/** Media type of a JSON Patch. */
export const patchType = 'application/json-patch+json';

/** The request as the interactions take it. */
export function callOf(request: Request, permit: Permit, requestId: string): Call {
  const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  const form = typeof request.body === 'string' && request.path.endsWith('/_search') ? request.body : '';
  for (const [name, value] of new URLSearchParams(form)) query.append(name, value);
  return {
    query,
    body: request.body,
    ifMatch: request.get('if-match'),
    ifNoneMatch: request.get('if-none-match'),
    ifNoneExist: request.get('if-none-exist'),
    strict: prefers(request, 'handling=strict'),
    requestId,
    permit,
  };
}

/** True when the Prefer header holds the preference. */
export function prefers(request: Request, preference: string): boolean {
  return (request.get('prefer') ?? '').split(/[,;]/).some((part) => part.trim() === preference);
}

/** @throws FhirError 415 for a body that is not JSON (or a form, for _search), 406 when JSON is not accepted */
export function checkMediaTypes(request: Request): void {
  const search = request.path.endsWith('/_search');
  const sends = request.method === 'POST' || request.method === 'PUT' || request.method === 'PATCH';
  const plain = request.method === 'PATCH' ? [patchType] : jsonTypes;
  const accepted = search ? 'application/x-www-form-urlencoded' : plain;
  if (sends && !request.is(accepted) && !(search && request.get('content-length') === '0')) {
    throw refuse(415, 'not-supported', `Send ${request.method === 'PATCH' ? patchType : 'application/fhir+json'}`);
  }
  const format = new URLSearchParams(request.originalUrl.split('?')[1] ?? '').get('_format');
  const known = format === null || ['json', ...jsonTypes].includes(format.replace(' ', '+'));
  if (!known || request.accepts(jsonTypes) === false) throw refuse(406, 'not-supported', 'Only JSON is offered');
}
