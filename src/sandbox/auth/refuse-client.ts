import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Site } from '../site.ts';

/**
 * Refuses an authorization request at a site whose EHR does not take the app; the browser is sent back with the error.
 * @throws an OAuth error
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export function refuseRequest(site: Site, scope: string): void {
  if (site.has('app-unauthorized')) throw new errors.UnauthorizedClient('this app is not registered here');
  if (site.has('scope-refused')) throw new errors.InvalidScope('this app may not ask for that', scope);
}

/**
 * Answers a token request with `invalid_client` at a site whose EHR does not know who asks.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function refuseClient(ctx: KoaContextWithOIDC, site: Site): void {
  const isService = ctx.oidc.params?.grant_type === 'client_credentials';
  if (!site.has(isService ? 'service-unknown' : 'app-unknown')) return;
  ctx.status = 401;
  ctx.body = { error: 'invalid_client', error_description: 'client authentication failed' };
}
