import type { Request } from 'express';
import { isSearchableType, type SearchableType } from '../../fhir/search/search-parameters.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { AppOptions, HttpTenant } from '../app-options.ts';
import { HttpProblem } from '../http-problem.ts';
import { type Permission, permits } from '../oauth/scopes.ts';
import { type SourceCaller, sourceCaller } from '../oauth/source-caller.ts';

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
 * @returns who calls
 * @throws `invalid-token`; `forbidden` for another tenant's token, or when it lacks the scope
 */
export async function authorizeFhir(
  { options, tenants }: { readonly options: AppOptions; readonly tenants: Tenants },
  request: Request,
  { tenant, ...permission }: Permission & { readonly tenant: HttpTenant },
): Promise<SourceCaller> {
  const caller = await sourceCaller(options, tenants, request.get('Authorization'));
  if (caller.tenant.id !== tenant.id) {
    throw new IntersessionError(
      'forbidden',
      { needed: 'a token of this tenant' },
      'The access token is another tenant’s',
    );
  }
  if (!permits(caller.scope, permission)) {
    const needed = `system/${permission.type}.${permission.action}`;
    throw new IntersessionError('forbidden', { needed }, `This needs the scope ${needed}`);
  }
  return caller;
}
