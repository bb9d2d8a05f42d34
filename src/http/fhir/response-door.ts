import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import { countHit } from '../../record/keys/count-hit.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { verifyResponseEndpoint } from '../../record/use-cases/response-endpoint.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import type { Tenants } from './fhir-caller.ts';

/** A form that is saved in each pause of typing comes less often, and nobody else has anything to say here. */
const perMinute = 30;

export interface ResponseEndpoint {
  readonly tenant: HttpTenant;
  readonly occurrenceId: string;
}

/** The endpoint of an address, if its signature is ours. */
export function endpointIn(
  { record }: AppOptions,
  tenants: Tenants,
  params: Readonly<Record<string, string | string[] | undefined>>,
): ResponseEndpoint | undefined {
  const occurrenceId = String(params.occurrence);
  const tenant = tenants.get(String(params.tenant));
  if (tenant === undefined) return undefined;
  const named = { tenantId: tenant.id, occurrenceId, signature: String(params.signature) };
  return verifyResponseEndpoint(record, named) ? { tenant, occurrenceId } : undefined;
}

/** A wrong signature is as unknown as an occurrence that never was: nobody learns which occurrences there are. */
export function unknownEndpoint(): IntersessionError {
  return unknownArtefact({ artefact: endpointArtefact, id: 'of this address' });
}

const endpointArtefact = 'response endpoint';

/** Whether it was an address of a response endpoint that is none. */
export function isUnknownEndpoint(error: unknown): boolean {
  return hasCode(error, 'unknown-artefact') && error.fields.artefact === endpointArtefact;
}

/**
 * Bounds the tries at a response endpoint before a body is read: at one that is ours by its own address, so that a server
 * of forms which answers for many patients is not held up by its number. Tries at any other are refusals, which
 * `throttleRefusals` counts by whoever tries.
 * @throws `rate-limited`, with `Retry-After` in seconds; `unknown-artefact`
 */
export function responseDoor(options: AppOptions, tenants: Tenants): RequestHandler {
  return async (request, _response, next) => {
    if (endpointIn(options, tenants, request.params) === undefined) throw unknownEndpoint();
    // the address is a key: only what cannot be turned back into it is stored
    const key = createHash('sha256').update(`response ${request.path}`).digest('base64url');
    const { hits, resetAfterMs } = await countHit(options.record.database, options.record.clock, key);
    if (hits > (options.doorsPerMinute ?? perMinute)) {
      const retryAfterSeconds = Math.max(1, Math.ceil(resetAfterMs / 1000));
      throw new IntersessionError('rate-limited', { retryAfterSeconds }, 'Too many responses at this address.');
    }
    next();
  };
}
