import type { Request, Response } from 'express';
import type { FhirResource } from 'fhir/r4';
import { HttpProblem } from '../http-problem.ts';
import { queryOf } from '../request-target.ts';
import { absoluteReferences } from './absolute-references.ts';

const acceptable = ['application/fhir+json', 'application/json', 'text/json'];
const formats = [...acceptable, 'json'];

/** @throws HttpProblem `not-acceptable` when the caller wants anything but JSON (`_format` wins over `Accept`) */
export function refuseOtherFormats(request: Request): void {
  const asked = queryOf(request).get('_format');
  const good =
    asked === null
      ? request.accepts(acceptable) !== false
      : // a + that was not written as %2B arrives as a space
        formats.includes((asked.split(';')[0] ?? '').trim().replace(' ', '+'));
  if (!good) throw new HttpProblem('not-acceptable', 'Only application/fhir+json is answered');
}

/** A resource with what stands beside it: its version and when that came to be. */
export interface Outgoing {
  readonly resource: FhirResource;
  readonly version: number | string;
  readonly lastUpdated: string;
}

/** A resource as it leaves: its version and time in `meta`, the EHR's references absolute. */
export function resourceOut({ resource, version, lastUpdated }: Outgoing, fhirBase: string): FhirResource {
  const { resourceType, id, meta, ...rest } = absoluteReferences(resource, fhirBase);
  const shown = { resourceType, id, meta: { versionId: String(version), lastUpdated, ...meta }, ...rest };
  return shown as FhirResource;
}

export function sendFhir(response: Response, resource: FhirResource): void {
  response.type('application/fhir+json').set('Cache-Control', 'no-store').send(JSON.stringify(resource));
}

/** True when one of the versions that the caller has (`If-None-Match`) is the current one. */
export function hasVersion(request: Request, version: number | string): boolean {
  const tags = (request.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(`"${version}"`) || tags.includes('*');
}
