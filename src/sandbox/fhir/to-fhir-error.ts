import { FhirError, refuse } from '../fhir-error.ts';
import { isObject } from '../resource.ts';

/** Any error as the refusal a client is told; what is not ours to explain becomes a plain 500. */
export function toFhirError(error: unknown): FhirError {
  if (error instanceof FhirError) return error;
  switch (isObject(error) ? error.type : undefined) {
    case 'entity.parse.failed':
      return refuse(400, 'structure', 'The body is not well-formed JSON');
    case 'entity.too.large':
      return refuse(413, 'too-long', 'The body is larger than 1 MB');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return refuse(415, 'not-supported', 'Encoding or charset is not supported');
    case 'request.aborted':
    case 'request.size.invalid':
      return refuse(400, 'incomplete', 'The body did not arrive in full');
    default:
      return refuse(500, 'exception', 'An internal error');
  }
}
