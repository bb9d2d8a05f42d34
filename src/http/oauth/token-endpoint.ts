import type { RequestHandler } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { issueAccessToken, tokenLifeSeconds } from './access-token.ts';
import { OAuthError } from './oauth-error.ts';
import { covers, splitScopes } from './scopes.ts';
import { verifyClientAssertion } from './verify-client-assertion.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Address of a tenant's token endpoint: what an assertion must name as its audience. */
export const tokenUrl = (publicUrl: string, tenantId: string): string => `${publicUrl}/oauth/${tenantId}/token`;

/**
 * `POST /oauth/{tenant}/token`: client_credentials with a signed assertion, answered by a token of five minutes.
 * Without `scope` the client gets all it may have.
 *
 * @see https://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function tokenEndpoint(options: AppOptions, tenants: ReadonlyMap<string, HttpTenant>): RequestHandler {
  return async (request, response) => {
    const tenant = tenants.get(String(request.params.tenant));
    if (tenant === undefined) {
      const id = String(request.params.tenant);
      throw new IntersessionError('unknown-tenant', { tenant: id }, 'There is no such tenant');
    }
    const form: unknown = request.body;
    if (field(form, 'grant_type') !== 'client_credentials') {
      throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials');
    }
    if (field(form, 'client_assertion_type') !== assertionType) {
      throw new OAuthError('invalid_request', `client_assertion_type must be ${assertionType}`);
    }
    const assertion = field(form, 'client_assertion');
    if (assertion === undefined) throw new OAuthError('invalid_request', 'client_assertion is missing');
    const source = await verifyClientAssertion(options, tenant, {
      assertion,
      audience: tokenUrl(options.config.publicUrl, tenant.id),
    });
    const scope = grantedScope(source.scopes, field(form, 'scope'));
    const token = await issueAccessToken(options, { tenantId: tenant.id, clientId: source.clientId, scope });
    response
      .set('Cache-Control', 'no-store')
      .set('Pragma', 'no-cache')
      .json({ access_token: token, token_type: 'bearer', expires_in: tokenLifeSeconds, scope });
  };
}

function grantedScope(allowed: string, asked: string | undefined): string {
  if (asked === undefined || asked.trim() === '') return allowed;
  const refused = splitScopes(asked).filter((scope) => !covers(allowed, scope));
  if (refused.length > 0) {
    throw new OAuthError('invalid_scope', `Not permitted for this client: ${refused.join(' ').slice(0, 200)}`);
  }
  return splitScopes(asked).join(' ');
}

/** One field of the form; one given twice is refused, as RFC 6749 asks. */
function field(form: unknown, name: string): string | undefined {
  if (typeof form !== 'object' || form === null || !Object.hasOwn(form, name)) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(form, name)?.value;
  if (typeof value !== 'string') throw new OAuthError('invalid_request', `${name} must be given once`);
  return value;
}
