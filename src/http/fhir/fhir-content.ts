import type { RequestHandler } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { foreignVersion, mediaRange } from './media-ranges.ts';

const accepted = ['application/fhir+json', 'application/json'];
/** Other names under which clients send the same. */
const synonyms = ['application/json+fhir', 'text/json'];
const charsets = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Takes a resource in a body by any name that FHIR JSON goes by, with its parameters, or by none at all; then it is read
 * as JSON.
 * @throws `unsupported-media-type`, also for another character set than UTF-8 and another FHIR version than R4
 */
export const fhirContent: RequestHandler = (request, _response, next) => {
  const given = request.get('Content-Type')?.trim() ?? '';
  const range = mediaRange(given);
  if (given !== '' && ![...accepted, ...synonyms].includes(range.type)) {
    throw unsupported(accepted, `The body must be ${accepted.join(' or ')}`);
  }
  const charset = range.parameters.get('charset');
  if (charset !== undefined && !charsets.includes(charset.toLowerCase())) {
    throw unsupported(['charset=utf-8'], 'Content-Type: the body must be UTF-8, by its charset');
  }
  if (foreignVersion(range) !== undefined) {
    throw unsupported(['fhirVersion=4.0'], 'Content-Type: the body must be FHIR R4, by its fhirVersion');
  }
  request.headers['content-type'] = 'application/fhir+json';
  next();
};

function unsupported(types: readonly string[], message: string): IntersessionError {
  return new IntersessionError('unsupported-media-type', { accepted: types }, message);
}
