import type { Request, Response } from 'express';
import { isSearchableType, type SearchableType } from '../../fhir/search/search-parameters.ts';
import { IntersessionError } from '../../homework/errors.ts';
import { actorKey } from '../../record/actor.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { HttpProblem } from '../http-problem.ts';
import { readAccessToken } from '../oauth/access-token.ts';
import { type Permission, permits } from '../oauth/scopes.ts';

export type Tenants = ReadonlyMap<string, HttpTenant>;

/** The tenant in the address. @throws `unknown-tenant` */
export function tenantIn(request: Request, tenants: Tenants): HttpTenant {
  const id = String(request.params.tenant);
  const tenant = tenants.get(id);
  if (tenant === undefined) throw new IntersessionError('unknown-tenant', { tenant: id }, 'There is no such tenant');
  return tenant;
}

/** The resource type of that name. @throws HttpProblem `not-found` when we have none of it */
export function typeNamed(type: string): SearchableType {
  if (!isSearchableType(type)) throw new HttpProblem('not-found', 'There is no such resource type here');
  return type;
}

/**
 * Reads the token of a call to a tenant's endpoint.
 * @returns its scopes; whose it is stands in `response.locals.clientId` then
 * @throws `invalid-token`; `forbidden` for another tenant's token, or when it lacks the scope
 */
export async function authorizeFhir(
  options: AppOptions,
  request: Request,
  tenant: HttpTenant,
  permission: Permission,
): Promise<string> {
  const { tenantId, clientId, scope } = await readAccessToken(options, request.get('Authorization'));
  if (tenantId !== tenant.id) {
    throw new IntersessionError(
      'forbidden',
      { needed: 'a token of this tenant' },
      'The access token is another tenant’s',
    );
  }
  if (!permits(scope, permission)) {
    const needed = `system/${permission.type}.${permission.action}`;
    throw new IntersessionError('forbidden', { needed }, `This needs the scope ${needed}`);
  }
  if (request.res !== undefined) request.res.locals.clientId = clientId;
  return scope;
}

/** The client that `authorizeFhir` has found, as the record keeps who made what. */
export function readerKey({ locals }: Response): string {
  return actorKey({ type: 'source', clientId: String(locals.clientId) });
}
