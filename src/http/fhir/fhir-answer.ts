import type { Request, RequestHandler, Response } from 'express';
import type { FhirResource } from 'fhir/r4';
import { absoluteReferences } from '../../fhir/absolute-references.ts';
import { queryOf } from '../request-target.ts';
import { negotiate } from './negotiate.ts';
import type { Outgoing } from './outgoing.ts';
import { resourcePage, resourcePagePolicy } from './resource-page.ts';
/** Reads how the answer is wanted before anything is done; `sendFhir` writes it so. @throws HttpProblem `not-acceptable` */
export const readWishes: RequestHandler = (request, response, next) => {
  const given = new Map([...queryOf(request)].reverse());
  wish(response, request, { format: given.get('_format'), pretty: given.get('_pretty') });
  next();
};

/** The same where `_format` and `_pretty` come in a form. @throws HttpProblem `not-acceptable` */
export function wish(
  response: Response,
  request: Request,
  { format, pretty }: { readonly format: string | undefined; readonly pretty: string | undefined },
): void {
  response.locals.form = negotiate(request, format);
  response.locals.pretty = pretty === 'true';
}

/** A resource as it leaves: its version and time in `meta`, the EHR's references absolute. */
export function resourceOut({ resource, version, lastUpdated }: Outgoing, fhirBase: string): FhirResource {
  const { resourceType, id, meta, ...rest } = absoluteReferences(resource, fhirBase);
  const shown = { resourceType, id, meta: { versionId: String(version), lastUpdated, ...meta }, ...rest };
  return shown as FhirResource;
}

/** Writes a resource as it is wanted: as JSON, indented or not, or as a page. */
export function sendFhir(response: Response, resource: FhirResource): void {
  const { form, pretty } = response.locals;
  response.set('Cache-Control', 'no-store');
  if (form === 'page') {
    const title = [resource.resourceType, resource.id].filter((part) => part !== undefined).join(' ');
    response.set('Content-Security-Policy', resourcePagePolicy).type('text/html');
    response.send(resourcePage(title, JSON.stringify(resource, null, 2)));
    return;
  }
  const text = pretty === true ? JSON.stringify(resource, null, 2) : JSON.stringify(resource);
  response.type('application/fhir+json').send(text);
}

/** True when one of the versions that the caller has (`If-None-Match`) is the current one. */
export function hasVersion(request: Request, version: number | string): boolean {
  const tags = (request.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(`"${version}"`) || tags.includes('*');
}
